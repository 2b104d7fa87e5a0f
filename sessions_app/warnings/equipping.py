"""Whether a room has what a session needs, and enough seats."""

from collections.abc import Iterator

from sessions_app.warnings.absence import whole_time
from sessions_app.warnings.models import Rule
from sessions_app.warnings.problems import Candidate, Hindrance, Problem
from sessions_app.warnings.snapshot import PlannedRoom, PlannedSession, Snapshot


def rooms_lacking(draft: Snapshot) -> Iterator[Problem]:
    """Find the sessions in rooms that lack something; all of it in one."""
    for session, place in draft.placed:
        yield from _lacking(session, draft.rooms[place.room])


def rooms_too_small(draft: Snapshot) -> Iterator[Problem]:
    """Find the sessions to which more people are expected than the room holds."""
    for session, place in draft.placed:
        yield from _too_small(session, draft.rooms[place.room])


def rooms_short_of_seats(draft: Snapshot) -> Iterator[Problem]:
    """Find the sessions in which more people hold seats than the room has."""
    for session, place in draft.placed:
        yield from _short_of_seats(session, draft.rooms[place.room])


def unequipped_rooms(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find the rooms that lack what the session needs."""
    for room in draft.rooms.values():
        for problem in _lacking(what.session, room):
            yield Hindrance(problem, *whole_time(draft), room=room.pk)


def small_rooms(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find the rooms with too few seats for the session."""
    for room in draft.rooms.values():
        for problem in _too_small(what.session, room):
            yield Hindrance(problem, *whole_time(draft), room=room.pk)


def rooms_with_too_few_seats(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find the rooms with fewer seats than are held in the session."""
    for room in draft.rooms.values():
        for problem in _short_of_seats(what.session, room):
            yield Hindrance(problem, *whole_time(draft), room=room.pk)


def _lacking(session: PlannedSession, room: PlannedRoom) -> Iterator[Problem]:
    if missing := session.needs - room.offers:
        yield Problem(Rule.ROOM_LACKS, (session.pk,), room=room.pk, lacking=missing)


def _too_small(session: PlannedSession, room: PlannedRoom) -> Iterator[Problem]:
    if session.audience and room.capacity is not None and session.audience > room.capacity:
        yield Problem(
            Rule.ROOM_TOO_SMALL,
            (session.pk,),
            room=room.pk,
            needed=session.audience,
            given=room.capacity,
        )


def _short_of_seats(session: PlannedSession, room: PlannedRoom) -> Iterator[Problem]:
    if room.capacity is not None and len(session.seated) > room.capacity:
        yield Problem(
            Rule.SEATS_SHORT,
            (session.pk,),
            room=room.pk,
            needed=len(session.seated),
            given=room.capacity,
        )
