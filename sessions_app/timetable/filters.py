"""The programme's filters: read from the address, leniently; what is unknown filters nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from sessions_app.sessions.models import Kind, Track
from sessions_app.timetable.access import Showing
from sessions_app.timetable.models import Room

PARAMETERS = ("day", "track", "kind", "room", "language", "q")
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader wants to see; an empty one does not filter."""

    day: str = ""
    track: str = ""
    kind: str = ""
    room: str = ""
    language: str = ""
    q: str = ""

    def __bool__(self) -> bool:
        return any(self.as_dict().values())

    def as_dict(self) -> dict[str, str]:
        """Return those that filter, as they stand in the address."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in told.items() if value}

    def query(self, **changed: str) -> str:
        """Write the address's query with some of them changed: "?day=…", or "?" with none."""
        return "?" + urlencode(replace(self, **changed).as_dict())


def read_filters(
    asked: Mapping[str, str],
    *,
    days: list[dt.date],
    tracks: Mapping[int, Track],
    rooms: Mapping[int, Room],
    languages: list[str],
) -> Filters:
    """Take over the values that this programme has; leave out the rest without a word."""
    allowed = {
        "day": {day.isoformat() for day in days},
        "track": {track.code for track in tracks.values()},
        "kind": set(Kind.values),
        "room": {room.code for room in rooms.values()},
        "language": set(languages),
    }
    told = {
        name: value for name in allowed if (value := asked.get(name, "")) and value in allowed[name]
    }
    return Filters(**told, q=asked.get("q", "").strip()[:LONGEST_SEARCH])


def apply(
    filters: Filters,
    shown: list[Showing],
    *,
    tracks: Mapping[int, Track],
    rooms: Mapping[int, Room],
    found: set[int] | None,
) -> list[Showing]:
    """Return those that pass every filter; `found` are the search's sessions, None without one."""

    def passes(showing: Showing) -> bool:
        track = tracks.get(showing.track_id) if showing.track_id else None
        spoken = {*showing.working_languages, *showing.interpretation_languages}
        return (
            filters.day in {"", showing.day.isoformat()}
            and filters.track in {"", track.code if track else None}
            and filters.kind in {"", showing.kind}
            and filters.room in {"", rooms[showing.room_id].code}
            and (not filters.language or filters.language in spoken)
            and (found is None or showing.session_id in found)
        )

    return [showing for showing in shown if passes(showing)]
