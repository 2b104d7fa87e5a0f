"""Who attends which sessions: each way of attending registers a function that tells.

So a feature that stands above, such as seats in breakouts, makes its people be told of changes.
"""

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple, Protocol

from forum.editions.models import Edition
from sessions_app.sessions.models import Kind
from sessions_app.timetable.draft import Entry

FOR_EVERYBODY = frozenset({Kind.PLENARY, Kind.CEREMONY, Kind.CHECK_IN})
"""Kinds of session to which everybody comes who comes at all."""


class Attendant(NamedTuple):
    """Somebody whose account is active, and which of the sessions they attend."""

    person: int
    language: str
    sessions: Set[int]


class Attendance(Protocol):
    """Yields who attends any of `sessions` (by id)."""

    def __call__(self, edition: Edition, sessions: Mapping[int, Entry]) -> Iterable[Attendant]: ...


_ways: list[Attendance] = []


def attends(way: Attendance) -> Attendance:
    """Register a way of attending; in an app's `ready`, or as a decorator."""
    if way not in _ways:
        _ways.append(way)
    return way


def attendants_of(edition: Edition, sessions: Mapping[int, Entry]) -> dict[int, Attendant]:
    """Tell who attends any of `sessions`, by the person's id."""
    found: dict[int, Attendant] = {}
    for way in _ways if sessions else ():
        for one in way(edition, sessions):
            # Thousands share the same few sets: none is made anew for each of them.
            known = found.get(one.person)
            found[one.person] = (
                one._replace(sessions=one.sessions | known.sessions) if known else one
            )
    return found


@attends
def everybody(edition: Edition, sessions: Mapping[int, Entry]) -> Iterable[Attendant]:
    """Yield who holds a place at the forum, with the sessions for everybody."""
    common = frozenset(pk for pk, entry in sessions.items() if entry.kind in FOR_EVERYBODY)
    if not common:
        return
    confirmed = edition.registrations.confirmed().filter(person__is_active=True).order_by()
    people = confirmed.values_list("person", "person__language")
    for person, language in people.iterator(chunk_size=5_000):
        yield Attendant(person, language, common)
