"""Who holds seats is told of changes, and organisers read beforehand what a release brings them."""

from collections.abc import Collection, Iterator, Sequence, Set
from itertools import pairwise

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import ngettext

from sessions_app.releases.attendance import Attendant, SeatColumns
from sessions_app.releases.changes import Change, Standing, What
from sessions_app.seats.models import Seat
from sessions_app.seats.querysets import SeatQuerySet

MOVED = frozenset({What.MOVED, What.ROOM, What.REVIVED})
OFF = frozenset({What.CANCELLED, What.TAKEN_OUT})


def _sessions(seats: SeatQuerySet) -> ArraySubquery:
    mine = seats.filter(registration=OuterRef("pk")).order_by()
    return ArraySubquery(mine.values("session_id"))


SEATS = SeatColumns(
    held=_sessions(Seat.objects.taken()), to_choose=_sessions(Seat.objects.to_choose())
)
"""Stars make no letters: a star says what somebody wants to see, and keeps them from nothing."""

HOLDERS = ArraySubquery(
    Seat.objects.taken().filter(session=OuterRef("pk")).order_by().values("registration_id")
)
"""For a row of Session, who holds a seat in it; the timetable's warnings ask."""


def foretell_seats(
    changes: Sequence[Change], after: Standing, attendants: Collection[Attendant]
) -> Iterator[str]:
    """Say how many people with seats are moved, would clash, or lose their session."""
    held = [one.held for one in attendants if one.held]
    if count := _concerned(held, moved := _of_kind(changes, MOVED)):
        yield ngettext(
            "%(count)s person has a seat in a session that moves, and keeps it.",
            "%(count)s people have seats in sessions that move, and keep them.",
            count,
        ) % {"count": count}
    if count := sum(_clashes(seats, moved, after) for seats in held):
        yield ngettext(
            "%(count)s person would have two seats at the same time, and is asked to choose.",
            "%(count)s people would have two seats at the same time, and are asked to choose.",
            count,
        ) % {"count": count}
    if count := _concerned(held, _of_kind(changes, OFF)):
        yield ngettext(
            "%(count)s person has a seat in a session that will not take place.",
            "%(count)s people have seats in sessions that will not take place.",
            count,
        ) % {"count": count}


def _of_kind(changes: Sequence[Change], whats: Set[What]) -> set[int]:
    return {one.entry.session_id for one in changes if not whats.isdisjoint(one.whats)}


def _concerned(held: Sequence[Set[int]], sessions: set[int]) -> int:
    return sum(not seats.isdisjoint(sessions) for seats in held)


def _clashes(seats: Set[int], moved: Set[int], after: Standing) -> bool:
    """Whether two of the seats would overlap since one of them moves: before, none did."""
    if seats.isdisjoint(moved):
        return False
    entries = [entry for seat in seats if (entry := after.get(seat)) and not entry.cancelled]
    entries.sort(key=lambda entry: entry.starts_at)
    return any(later.starts_at < earlier.ends_at for earlier, later in pairwise(entries))
