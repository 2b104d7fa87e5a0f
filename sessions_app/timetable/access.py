"""What the public reads: an edition's newest release, never the draft."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from accounts.languages import Language
from accounts.names import translated
from forum.editions.models import Edition
from forum.templatetags.content import Wording, wording
from sessions_app.sessions.models import Session, Track
from sessions_app.timetable.models import Release, Room, Slot

COLUMNS = (
    "session_id",
    "room_id",
    "during",
    "session__code",
    *translated("session__title"),
    "session__kind",
    "session__track_id",
    "session__working_languages",
    "session__interpretation_languages",
    "session__sign_language",
    "session__cancelled_at",
    "session__has_seats",
    "session__seating__state",
    "titles",
    "cancelled",
)


@dataclass(slots=True)
class Showing:
    """One session of a release, in the edition's zone.

    `seats` is the state of its seats as of today (SeatsState); "" where none are taken in it.
    """

    session_id: int
    room_id: int
    code: str
    title: Wording
    kind: str
    track_id: int | None
    working_languages: list[str]
    interpretation_languages: list[str]
    sign_language: bool
    cancelled: bool
    seats: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    day: dt.date


def newest_release(edition: Edition) -> Release | None:
    """Return what the public reads; None before anything was published."""
    return Release.objects.filter(edition=edition).newest().first()


def showings(edition: Edition, release: Release, *, by_then: bool = False) -> list[Showing]:
    """Read the whole release with one query, in order of time, then of room.

    With titles and cancellings of today; `by_then`, with those that were published.
    """
    rows = Slot.objects.filter(release=release).values(*COLUMNS)
    rows = rows.order_by("during", "room__position", "pk")
    found = [_showing(edition, _by_then(row) if by_then else row) for row in rows]
    return sorted(found, key=lambda showing: showing.starts_at)


def matching_ids(edition: Edition, typed: str) -> set[int]:
    """Return the sessions that match what was typed, in any spelling."""
    found = Session.objects.filter(edition=edition).matching(typed)
    return set(found.values_list("pk", flat=True))


def rooms_of(edition: Edition) -> dict[int, Room]:
    """Return the rooms by id, in their order."""
    return {room.pk: room for room in Room.objects.filter(edition=edition)}


def tracks_of(edition: Edition) -> dict[int, Track]:
    """Return the tracks by id, in their order."""
    return {track.pk: track for track in Track.objects.filter(edition=edition)}


def _by_then(row: dict[str, Any]) -> dict[str, Any]:
    """Put the release's own words in the place of the session's; one of old has none."""
    titles = {f"session__title_{code}": row["titles"].get(code) for code in Language.values}
    cancelled = {"session__cancelled_at": row["cancelled"] or None, "session__has_seats": False}
    return row | (titles if row["titles"] else {}) | cancelled


def _showing(edition: Edition, row: dict[str, Any]) -> Showing:
    start, end = (row["during"].lower, row["during"].upper)
    zone = edition.zone
    return Showing(
        session_id=row["session_id"],
        room_id=row["room_id"],
        code=row["session__code"],
        title=wording(row.__getitem__, "session__title"),
        kind=row["session__kind"],
        track_id=row["session__track_id"],
        working_languages=row["session__working_languages"],
        interpretation_languages=row["session__interpretation_languages"],
        sign_language=row["session__sign_language"],
        cancelled=row["session__cancelled_at"] is not None,
        seats=(row["session__has_seats"] and row["session__seating__state"]) or "",
        starts_at=start.astimezone(zone),
        ends_at=end.astimezone(zone),
        day=edition.day_of(start),
    )
