"""When people and rooms are not there, and what lies outside the forum's days."""

import datetime as dt
from collections.abc import Iterator

from sessions_app.sessions.models import Role
from sessions_app.warnings.models import Rule
from sessions_app.warnings.problems import GRAIN, Candidate, Hindrance, Problem
from sessions_app.warnings.snapshot import Snapshot, Window, lies_within

FAR = dt.timedelta(days=366)
"""How far beside the forum's days somebody might try to place a session."""


def speakers_away(draft: Snapshot) -> Iterator[Problem]:
    """Find the sessions to which a speaker cannot come."""
    return _away(draft, Rule.SPEAKER_AWAY)


def moderators_away(draft: Snapshot) -> Iterator[Problem]:
    """Find the sessions to which the moderator cannot come."""
    return _away(draft, Rule.MODERATOR_AWAY)


def rooms_away(draft: Snapshot) -> Iterator[Problem]:
    """Find the sessions in rooms that cannot be used then."""
    for session, place in draft.placed:
        if not lies_within(place, draft.rooms[place.room].windows):
            yield Problem(
                Rule.ROOM_AWAY, (session.pk,), at=place.start, until=place.end, room=place.room
            )


def outside_days(draft: Snapshot) -> Iterator[Problem]:
    """Find what begins before the forum's first day or after its last."""
    for session, place in draft.placed:
        if not draft.days.start <= place.start < draft.days.end:
            yield Problem(Rule.OUTSIDE_DAYS, (session.pk,), at=place.start, until=place.end)


def hours_without_speakers(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find when one of the session's speakers, or its moderator, cannot come."""
    for part in what.session.parts:
        told = Problem(_rule(part.role), (what.session.pk,), speaker=part.speaker)
        windows = draft.people[part.speaker].windows
        yield from (Hindrance(told, *gap) for gap in _gaps(draft, windows, what.length))


def hours_without_rooms(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find when each room cannot be used."""
    for room in draft.rooms.values():
        told = Problem(Rule.ROOM_AWAY, (what.session.pk,), room=room.pk)
        for gap in _gaps(draft, room.windows, what.length):
            yield Hindrance(told, *gap, room=room.pk)


def other_days(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find what lies before the first day and after the last."""
    told = Problem(Rule.OUTSIDE_DAYS, (what.session.pk,))
    yield Hindrance(told, draft.days.start - FAR, draft.days.start)
    yield Hindrance(told, draft.days.end, draft.days.end + FAR)


def whole_time(draft: Snapshot) -> Window:
    """Return the time in which anybody might place something."""
    return Window(draft.days.start - FAR, draft.days.end + FAR)


def _away(draft: Snapshot, rule: Rule) -> Iterator[Problem]:
    for session, place in draft.placed:
        for part in session.parts:
            if _rule(part.role) != rule:
                continue
            if not lies_within(place, draft.people[part.speaker].windows):
                yield Problem(
                    rule, (session.pk,), at=place.start, until=place.end, speaker=part.speaker
                )


def _rule(role: str) -> Rule:
    return Rule.MODERATOR_AWAY if role == Role.MODERATOR else Rule.SPEAKER_AWAY


def _gaps(
    draft: Snapshot, windows: tuple[Window, ...], length: dt.timedelta
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield from when until when a start would not lie, with its length, in one of `windows`."""
    if not windows:
        return
    whole = whole_time(draft)
    free_from = whole.start
    for start, end in windows:
        if end - start < length:
            continue
        if free_from < start:
            yield free_from, start
        free_from = end - length + GRAIN
    yield free_from, whole.end
