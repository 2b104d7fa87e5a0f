"""What must not be at the same time: in one room, with one speaker, of one track, or a plenary."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from sessions_app.sessions.models import Kind
from sessions_app.timetable.clashes import Stay, overlaps
from sessions_app.warnings.models import Rule
from sessions_app.warnings.problems import GRAIN, Candidate, Hindrance, Problem
from sessions_app.warnings.snapshot import Place, PlannedSession, Snapshot

PLENARY = frozenset({Kind.PLENARY, Kind.CEREMONY})
BESIDE_THE_POINT = frozenset({Kind.BREAK, Kind.FAIR, Kind.CHECK_IN, Kind.BROADCAST})
"""What a delegate need not attend, and so does not keep anybody from a plenary session."""
FEWEST = 3
"""People with seats in two sessions of whom one is told: fewer could be recognised."""


def rooms_twice(draft: Snapshot) -> Iterator[Problem]:
    """Find every two sessions in one room that is not shared."""
    stays = (
        Stay(place.room, place.start, place.end, session.pk)
        for session, place in draft.placed
        if not draft.rooms[place.room].shared
    )
    for earlier, later in overlaps(stays):
        both = (earlier.holder, later.holder)
        yield Problem(Rule.ROOM_TWICE, both, at=later.start, room=later.place)


def speakers_twice(draft: Snapshot) -> Iterator[Problem]:
    """Find every two sessions that want one person, who cannot be elsewhere meanwhile."""
    stays = (
        Stay(speaker, place.start, place.end, session.pk)
        for speaker, engagements in draft.engagements.items()
        for session, place in engagements
    )
    for earlier, later in overlaps(stays):
        both = (earlier.holder, later.holder)
        yield Problem(Rule.SPEAKER_TWICE, both, at=later.start, speaker=later.place)


def tracks_twice(draft: Snapshot) -> Iterator[Problem]:
    """Find every two sessions of one track between which its people would have to choose."""
    stays = (
        Stay(session.track, place.start, place.end, session.pk)
        for session, place in draft.placed
        if session.track
    )
    for earlier, later in overlaps(stays):
        yield Problem(Rule.TRACK_TWICE, (earlier.holder, later.holder), at=later.start)


def seats_twice(draft: Snapshot) -> Iterator[Problem]:
    """Find every two sessions between which people who hold seats in both would have to choose."""
    stays = (
        Stay(0, place.start, place.end, session.pk)
        for session, place in draft.placed
        if len(session.seated) >= FEWEST
    )
    for earlier, later in overlaps(stays):
        both = (earlier.holder, later.holder)
        if (people := _shared(*(draft.sessions[one] for one in both))) >= FEWEST:
            yield Problem(Rule.SEATS_TWICE, both, at=later.start, needed=people)


def beside_plenaries(draft: Snapshot) -> Iterator[Problem]:
    """Find what delegates should attend and cannot, since all are at a plenary session."""
    attended = [pair for pair in draft.placed if pair[0].kind not in BESIDE_THE_POINT]
    plenaries = [pair for pair in attended if pair[0].kind in PLENARY]
    seen: set[int] = set()
    for plenary, whole in plenaries:
        seen.add(plenary.pk)
        for session, place in attended:
            if place.start >= whole.end:
                break
            if session.pk not in seen and place.end > whole.start:
                start = max(place.start, whole.start)
                yield Problem(Rule.BESIDE_PLENARY, (plenary.pk, session.pk), at=start)


def rooms_taken(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find when each room is taken."""
    for session, place in draft.placed:
        if session.pk != what.session.pk and not draft.rooms[place.room].shared:
            told = _beside(Rule.ROOM_TWICE, session, place)
            yield Hindrance(told, *_starts(place, what), room=place.room)


def speakers_taken(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find when each of the session's people is in another session."""
    for part in what.session.parts:
        if not part.exclusive:
            continue
        for session, place in draft.engagements.get(part.speaker, ()):
            if session.pk != what.session.pk:
                told = _beside(Rule.SPEAKER_TWICE, session, place, speaker=part.speaker)
                yield Hindrance(told, *_starts(place, what))


def track_taken(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find when another session of the session's track takes place."""
    if what.session.track:
        yield from _others(
            draft, what, Rule.TRACK_TWICE, lambda other: other.track == what.session.track
        )


def plenaries_beside(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find when all are at a plenary session; for one, when delegates should be elsewhere."""
    if what.session.kind in BESIDE_THE_POINT:
        return
    avoided = PLENARY if what.session.kind not in PLENARY else set(Kind) - BESIDE_THE_POINT
    yield from _others(draft, what, Rule.BESIDE_PLENARY, lambda other: other.kind in avoided)


def seats_beside(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find when people with seats in the session have seats in another one."""
    for session, place in draft.placed:
        if session.pk == what.session.pk:
            continue
        if (people := _shared(session, what.session)) >= FEWEST:
            told = _beside(Rule.SEATS_TWICE, session, place)
            yield Hindrance(replace(told, needed=people), *_starts(place, what))


def _shared(one: PlannedSession, other: PlannedSession) -> int:
    return len(one.seated & other.seated)


def _others(
    draft: Snapshot, what: Candidate, rule: Rule, clashes: Callable[[PlannedSession], bool]
) -> Iterator[Hindrance]:
    for session, place in draft.placed:
        if session.pk != what.session.pk and clashes(session):
            yield Hindrance(_beside(rule, session, place), *_starts(place, what))


def _beside(
    rule: Rule, session: PlannedSession, place: Place, speaker: int | None = None
) -> Problem:
    return Problem(
        rule, (session.pk,), at=place.start, until=place.end, room=place.room, speaker=speaker
    )


def _starts(place: Place, what: Candidate) -> tuple[dt.datetime, dt.datetime]:
    """Return from when until when a start would overlap `place`."""
    return place.start - what.length + GRAIN, place.end
