"""One's registration with what my forum needs beside it, read with one query."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import User
from forum.editions.models import Edition
from forum.registrations.access import own_registrations
from forum.registrations.models import Registration
from sessions_app.timetable.models import Release


@dataclass(frozen=True)
class Releases:
    """Between which two releases a delegate is told what changed; each by id."""

    known: int
    newest: int
    newest_number: int


@dataclass(frozen=True)
class Mine:
    """A registration of one's own, and the releases; None while there is none."""

    registration: Registration
    releases: Releases | None


def find_mine(edition: Edition, *, person: User) -> Mine | None:
    """Return the registration of `person`, with my forum's row.

    Known is the release which they said they had seen, else the newest at the time when they
    registered, else the edition's first.
    """
    releases = Release.objects.filter(edition=edition).order_by("-number")
    by_then = releases.filter(published_at__lte=OuterRef("registered_at")).values("pk")
    first = releases.reverse().values("pk")
    known = Coalesce("my_forum__seen_release", Subquery(by_then[:1]), Subquery(first[:1]))
    newest = releases.values_list(JSONObject(pk="pk", number="number"))
    mine = own_registrations(edition, person=person).select_related("my_forum")
    found = mine.annotate(known=known, newest=Subquery(newest[:1])).first()
    if found is None:
        return None
    found.edition = edition
    known_id, told = found.known, found.newest
    return Mine(found, Releases(known_id, told["pk"], told["number"]) if told else None)
