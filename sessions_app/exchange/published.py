"""The newest release as the exports show it, read in a handful of queries whatever its size."""

import datetime as dt
import re
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import F, Q, Window
from django.db.models.functions import Lag

from accounts.codes import ALPHABET
from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance, Session
from sessions_app.timetable.models import Release, Room, Slot


@dataclass(slots=True)
class Show:
    """A session in its room and time (in UTC), and since which release it stands there."""

    session: Session
    room: Room
    starts_at: dt.datetime
    ends_at: dt.datetime
    day: dt.date
    changed_in: int
    changed_at: dt.datetime
    appearances: list[Appearance] = field(default_factory=list)


@dataclass(slots=True)
class Published:
    """An edition's newest release; without one, no shows."""

    edition: Edition
    release: Release | None
    shows: list[Show]

    @property
    def held(self) -> list[Show]:
        """The shows that were not cancelled."""
        return [show for show in self.shows if not show.session.cancelled_at]

    @property
    def days(self) -> list[dt.date]:
        """The edition's days, and those beside them on which something takes place."""
        return sorted({*self.edition.days, *(show.day for show in self.shows)})


def newest_programme(edition: Edition, *, only: Q | None = None) -> Published:
    """Read the newest release; `only` narrows its slots. The number of queries is constant."""
    release = Release.objects.filter(edition=edition).order_by("-number").first()
    if release is None:
        return Published(edition, None, [])
    slots = Slot.objects.filter(only or Q(), release=release)
    slots = slots.select_related("session__track", "room").order_by(
        "during", "room__position", "pk"
    )
    rows = list(slots.distinct())
    sessions = [slot.session_id for slot in rows]
    people: dict[int, list[Appearance]] = defaultdict(list)
    appearances = Appearance.objects.filter(session__in=sessions).select_related("speaker")
    for appearance in appearances.order_by("position", "pk"):
        people[appearance.session_id].append(appearance)
    changes = _last_changes(edition, sessions)
    shows = []
    for slot in rows:
        slot.session.edition = edition
        number, moment = changes[slot.session_id]
        start, end = slot.during.lower, slot.during.upper
        show = Show(slot.session, slot.room, start, end, edition.day_of(start), number, moment)
        show.appearances = people[slot.session_id]
        for appearance in show.appearances:
            appearance.session = slot.session
        shows.append(show)
    return Published(edition, release, shows)


def _last_changes(edition: Edition, sessions: list[int]) -> dict[int, tuple[int, dt.datetime]]:
    """Tell for each session the release in which its room or time last changed, and when."""

    def before(column: str) -> Window:
        return Window(Lag(column), partition_by=F("session"), order_by="release__number")

    rows = Slot.objects.filter(session__in=sessions, release__edition=edition).annotate(
        room_before=before("room"),
        during_before=before("during"),
        shared_before=before("room_shared"),
    )
    changed = rows.filter(
        Q(room_before__isnull=True)
        | ~Q(room_before=F("room"))
        | ~Q(during_before=F("during"))
        | ~Q(shared_before=F("room_shared"))
    )
    found: dict[int, tuple[int, dt.datetime]] = {}
    for session, number, moment in changed.order_by("release__number").values_list(
        "session", "release__number", "release__published_at"
    ):
        found[session] = (number, moment)
    return found


def number_of(code: str) -> int:
    """Make the whole number that the format wants of a code: always the same, no row's id."""
    if code and set(code) <= set(ALPHABET):
        number = 0
        for sign in code:
            number = number * len(ALPHABET) + ALPHABET.index(sign)
        return number + 1
    return int(re.sub(r"[^0-9A-Za-z]", "", code) or "0", 36) + 1


def acronym_of(edition: Edition) -> str:
    """Make the format's acronym: four or more of a-z, 0-9 and underscore."""
    acronym = re.sub(r"[^a-z0-9_]", "_", edition.slug.lower())
    return acronym if len(acronym) >= 4 else f"forum{acronym}"


def slug_of(show: Show) -> str:
    """Make the format's slug of a session, which no other has."""
    code = re.sub(r"[^a-z0-9]", "", show.session.code.lower()) or "0"
    return f"{acronym_of(show.session.edition)}-{code:0>4}"


def guid_of_room(edition: Edition, room: Room) -> uuid.UUID:
    """Return the room's guid, or one that follows from its code."""
    return room.guid or derived_guid(edition, f"rooms/{room.code}")


def derived_guid(edition: Edition, path: str) -> uuid.UUID:
    """Make the same guid each time for a thing of an edition."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.BASE_URL}/{edition.slug}/{path}")


def address_of(show: Show, language: str) -> str:
    """Return the session's page; its address is fixed, because other people's tools keep it."""
    slug = show.session.edition.slug
    return f"{settings.BASE_URL}/{language}/{slug}/programme/{show.session.code}/"
