"""Tells the desk's page of needs which sessions people gather in, and who comes to each."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from accounts.names import translated
from forum.editions.models import Edition
from forum.needs.gatherings import Gathering, Source, Tallies, Tally
from forum.templatetags.content import wording
from sessions_app.seats.models import Seat
from sessions_app.sessions.models import Kind
from sessions_app.timetable.access import newest_release
from sessions_app.timetable.models import Slot

FOR_EVERYBODY = (Kind.PLENARY, Kind.CEREMONY)
COLUMNS = (
    "during",
    "session_id",
    "session__has_seats",
    "session__code",
    *translated("session__title"),
    *translated("room__name"),
    "session__working_languages",
    "session__interpretation_languages",
    "session__sign_language",
    "session__hearing_loop",
)


def gatherings_of(edition: Edition) -> Iterator[Gathering]:
    """Give the published sessions that everybody comes to, and those with seats."""
    release = newest_release(edition)
    if release is None:
        return
    known = Q(session__kind__in=FOR_EVERYBODY) | Q(session__has_seats=True)
    slots = Slot.objects.filter(known, release=release, session__cancelled_at=None)
    for row in slots.order_by("during", "pk").values(*COLUMNS):
        yield _gathering(edition, row)


def tallies_of_seats(edition: Edition, sessions: Collection[int]) -> Tallies:
    """Count those who hold a seat in the sessions with these ids."""
    held = Seat.objects.taken().filter(
        session__in=sessions, session__edition=edition, registration__holds=True
    )
    columns = ("session_id", "registration__languages", "registration__needs")
    found: Tallies = defaultdict(list)
    for row in held.order_by().values(*columns).annotate(count=Count("pk")):
        found[row["session_id"]].append(
            Tally(
                count=row["count"],
                languages=frozenset(row["registration__languages"]),
                needs=frozenset(row["registration__needs"]),
            )
        )
    return found


SESSIONS = Source(gatherings_of, tallies_of_seats)


def _gathering(edition: Edition, row: dict[str, Any]) -> Gathering:
    begins = row["during"].lower
    return Gathering(
        title=wording(row.__getitem__, "session__title"),
        address=reverse("session", args=[edition.slug, row["session__code"]]),
        day=edition.day_of(begins),
        starts_at=begins,
        place=wording(row.__getitem__, "room__name"),
        working_languages=frozenset(row["session__working_languages"]),
        interpretation=frozenset(row["session__interpretation_languages"]),
        sign_language=row["session__sign_language"],
        hearing_loop=row["session__hearing_loop"],
        group=row["session_id"] if row["session__has_seats"] else None,
    )
