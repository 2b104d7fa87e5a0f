"""A draft as the rules see it: plain, frozen, read once, and changed by hypothesis in no time."""

import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from sessions_app.sessions.models import Kind, Role


class Window(NamedTuple):
    """From `start` until just before `end`."""

    start: dt.datetime
    end: dt.datetime


class Need(NamedTuple):
    """What a session needs and a room may have; of interpretation, the language too."""

    what: str
    language: str = ""


class Part(NamedTuple):
    """A speaker's being in a session."""

    speaker: int
    role: str
    exclusive: bool


class Place(NamedTuple):
    """Where and when a session stands."""

    room: int
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session that is not cancelled. Its title stands in `titles`, by column: title_kk, …

    `seated` are the registrations that hold a seat in it.
    """

    pk: int
    code: str
    kind: Kind
    track: int | None
    titles: Mapping[str, str]
    needs: frozenset[Need]
    audience: int | None
    parts: tuple[Part, ...]
    place: Place | None
    seated: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedRoom:
    """A room; without `windows` it can be used at any time."""

    pk: int
    names: Mapping[str, str]
    shared: bool
    capacity: int | None
    building: int | None
    offers: frozenset[Need]
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker; without `windows` they can come at any time. `names` has the names' columns."""

    pk: int
    names: Any
    confirmed: bool
    declined: bool
    windows: tuple[Window, ...]


@dataclass(frozen=True)
class Snapshot:
    """All that the rules ask for. `days` begins with the first day and ends with the last."""

    zone: zoneinfo.ZoneInfo
    slug: str
    days: Window
    sessions: Mapping[int, PlannedSession]
    rooms: Mapping[int, PlannedRoom]
    people: Mapping[int, Person]
    walks: Mapping[frozenset[int], dt.timedelta]

    def moved(self, places: Mapping[int, Place | None]) -> "Snapshot":
        """Return the draft as it would be with the sessions of `places` there."""
        changed = {
            pk: replace(self.sessions[pk], place=place)
            for pk, place in places.items()
            if pk in self.sessions
        }
        return replace(self, sessions={**self.sessions, **changed})

    @cached_property
    def placed(self) -> list[tuple[PlannedSession, Place]]:
        """Every session that stands somewhere, in order of time."""
        found = [(one, one.place) for one in self.sessions.values() if one.place]
        return sorted(found, key=lambda pair: (pair[1].start, pair[1].end, pair[0].pk))

    @cached_property
    def engagements(self) -> dict[int, list[tuple[PlannedSession, Place]]]:
        """The placed sessions of each speaker who cannot be elsewhere meanwhile, in order."""
        found: dict[int, list[tuple[PlannedSession, Place]]] = defaultdict(list)
        for session, place in self.placed:
            for part in session.parts:
                if part.exclusive:
                    found[part.speaker].append((session, place))
        return found

    def walk(self, one: int, other: int) -> dt.timedelta:
        """Return how long it takes from room to room; what nobody told takes no time."""
        houses = frozenset(
            house for room in (one, other) if (house := self.rooms[room].building) is not None
        )
        return self.walks.get(houses, dt.timedelta()) if len(houses) == 2 else dt.timedelta()


def joined(windows: Iterable[tuple[dt.datetime, dt.datetime]]) -> tuple[Window, ...]:
    """Join windows that overlap or touch, in order."""
    found: list[Window] = []
    for start, end in sorted(windows):
        if found and start <= found[-1].end:
            found[-1] = Window(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Window(start, end))
    return tuple(found)


def lies_within(place: Place, windows: tuple[Window, ...]) -> bool:
    """Whether a session lies in one of the joined `windows`, or there are none."""
    return not windows or any(start <= place.start and place.end <= end for start, end in windows)


def leads(session: PlannedSession) -> Iterator[Part]:
    """Yield the parts of a session's moderators."""
    return (part for part in session.parts if part.role == Role.MODERATOR)
