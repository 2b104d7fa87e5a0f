"""Who attends which sessions: each way of attending registers a function that tells.

So a feature that stands above, such as seats in breakouts, makes its people be told of changes.
"""

import enum
from collections.abc import Iterable, Mapping, Set
from typing import Any, NamedTuple, Protocol

from forum.editions.models import Edition
from sessions_app.sessions.models import Kind
from sessions_app.timetable.draft import Entry

FOR_EVERYBODY = frozenset({Kind.PLENARY, Kind.CEREMONY, Kind.CHECK_IN})
"""Kinds of session to which everybody comes who comes at all."""


class Seats(enum.IntEnum):
    """Whether an attendant holds seats, and has to choose between some since a session moved."""

    NONE = 0
    HELD = 1
    TO_CHOOSE = 2


class Attendant(NamedTuple):
    """Somebody whose account is active, and which of the sessions they attend.

    `held` are all sessions in which they hold a seat, also those that nobody asked for.
    """

    person: int
    language: str
    sessions: Set[int]
    held: Set[int] = frozenset()
    must_choose: bool = False

    @property
    def seats(self) -> Seats:
        """What a letter about `sessions` says of their seats."""
        if self.must_choose:
            return Seats.TO_CHOOSE
        return Seats.NONE if self.held.isdisjoint(self.sessions) else Seats.HELD


class Attendance(Protocol):
    """Yields who attends any of `sessions` (by id)."""

    def __call__(self, edition: Edition, sessions: Mapping[int, Entry]) -> Iterable[Attendant]: ...


class SeatColumns(NamedTuple):
    """For a row of Registration, expressions of arrays: the sessions in which seats are held, and
    those between which the delegate has to choose."""

    held: Any
    to_choose: Any


_ways: list[Attendance] = []
_seats: list[SeatColumns] = []


def attends(way: Attendance) -> Attendance:
    """Register a way of attending; in an app's `ready`, or as a decorator."""
    if way not in _ways:
        _ways.append(way)
    return way


def tells_seats(columns: SeatColumns) -> None:
    """Register how seats are read; one way, so that delegates are asked for with one query."""
    _seats[:] = [columns]


def attendants_of(edition: Edition, sessions: Mapping[int, Entry]) -> dict[int, Attendant]:
    """Tell who attends any of `sessions`, by the person's id."""
    found: dict[int, Attendant] = {}
    for way in _ways if sessions else ():
        for one in way(edition, sessions):
            # Thousands share the same few sets: none is made anew for each of them.
            known = found.get(one.person)
            found[one.person] = (
                known._replace(sessions=one.sessions | known.sessions) if known else one
            )
    return found


@attends
def delegates(edition: Edition, sessions: Mapping[int, Entry]) -> Iterable[Attendant]:
    """Yield who has a place at the forum: with the sessions for everybody, and their seats."""
    common = frozenset(pk for pk, entry in sessions.items() if entry.kind in FOR_EVERYBODY)
    if not common and not _seats:
        return
    columns = {name: each for one in _seats for name, each in one._asdict().items()}
    confirmed = edition.registrations.confirmed().filter(person__is_active=True).order_by()
    rows = confirmed.annotate(**columns).values_list("person", "person__language", *columns)
    if not common:
        rows = rows.filter(held__overlap=list(sessions))  # type: ignore[misc]
    nothing: frozenset[int] = frozenset()
    for person, language, *seats in rows.iterator(chunk_size=5_000):
        held, to_choose = seats or ((), ())
        mine = common.union(one for one in held if one in sessions) if held else common
        yield Attendant(
            person, language, mine, frozenset(held) if held else nothing, bool(to_choose)
        )
