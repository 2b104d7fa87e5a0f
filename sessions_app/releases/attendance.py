"""Who attends which sessions: each way of attending registers a function that tells.

So a feature that stands above, such as seats in breakouts, makes its people be told of changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import Protocol

from forum.editions.models import Edition
from sessions_app.sessions.models import Kind
from sessions_app.timetable.draft import Entry

FOR_EVERYBODY = frozenset({Kind.PLENARY, Kind.CEREMONY, Kind.CHECK_IN})
"""Kinds of session to which everybody comes who comes at all."""


class Attendance(Protocol):
    """Yields people's ids, each with those of `sessions` (by id) that the person attends."""

    def __call__(
        self, edition: Edition, sessions: Mapping[int, Entry]
    ) -> Iterable[tuple[int, Set[int]]]: ...


_ways: list[Attendance] = []


def attends(way: Attendance) -> Attendance:
    """Register a way of attending; in an app's `ready`, or as a decorator."""
    if way not in _ways:
        _ways.append(way)
    return way


def attendants_of(edition: Edition, sessions: Mapping[int, Entry]) -> dict[int, frozenset[int]]:
    """Tell who attends any of `sessions`, and which of them."""
    if not sessions:
        return {}
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    for way in _ways:
        for person, attended in way(edition, sessions):
            # Thousands share the same few sets: none is made anew for each of them.
            found[person] = found[person] | attended if found[person] else frozenset(attended)
    return found


@attends
def everybody(edition: Edition, sessions: Mapping[int, Entry]) -> Iterable[tuple[int, Set[int]]]:
    """Yield who holds a place at the forum, with the sessions for everybody."""
    common = frozenset(pk for pk, entry in sessions.items() if entry.kind in FOR_EVERYBODY)
    if not common:
        return
    confirmed = edition.registrations.confirmed().order_by().values_list("person", flat=True)
    for person in confirmed.iterator(chunk_size=5_000):
        yield person, common
