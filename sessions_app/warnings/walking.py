"""Whether a speaker gets from one house to another in time."""

import datetime as dt
from collections.abc import Iterator, Sequence

from sessions_app.warnings.models import Rule
from sessions_app.warnings.problems import GRAIN, Candidate, Hindrance, Problem
from sessions_app.warnings.snapshot import Place, PlannedSession, Snapshot

MINUTE = dt.timedelta(minutes=1)


def short_changes(draft: Snapshot) -> Iterator[Problem]:
    """Find who has too little time between a session and the next one."""
    if not draft.walks:
        return
    for speaker, engagements in draft.engagements.items():
        for session, place in engagements:
            for after, then in _next(engagements, place.end):
                walk, pause = draft.walk(place.room, then.room), then.start - place.end
                if pause < walk:
                    yield Problem(
                        Rule.CHANGE_OF_ROOM,
                        (session.pk, after.pk),
                        at=place.end,
                        until=then.start,
                        speaker=speaker,
                        needed=walk // MINUTE,
                        given=pause // MINUTE,
                    )


def walks_to(draft: Snapshot, what: Candidate) -> Iterator[Hindrance]:
    """Find, room by room, when a speaker would come too late, or leave too early."""
    if not draft.walks:
        return
    for part in what.session.parts:
        if not part.exclusive:
            continue
        others = [
            pair
            for pair in draft.engagements.get(part.speaker, [])
            if pair[0].pk != what.session.pk
        ]
        for session, place in others:
            for room in draft.rooms:
                if walk := draft.walk(place.room, room):
                    told = Problem(
                        Rule.CHANGE_OF_ROOM,
                        (session.pk,),
                        at=place.start,
                        until=place.end,
                        speaker=part.speaker,
                        needed=walk // MINUTE,
                    )
                    for span in _near(place, walk, others, what.length):
                        yield Hindrance(told, *span, room=room)


def _next(
    engagements: Sequence[tuple[PlannedSession, Place]], end: dt.datetime
) -> Iterator[tuple[PlannedSession, Place]]:
    """Yield what begins first at `end` or later; several where they begin together."""
    first = None
    for session, place in engagements:
        if place.start >= end and (first is None or place.start == first):
            first = place.start
            yield session, place


def _near(
    place: Place,
    walk: dt.timedelta,
    others: Sequence[tuple[PlannedSession, Place]],
    length: dt.timedelta,
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield the starts too soon after `place`, and those too late before it.

    Only as far as nothing else stands between: then the way from there is what counts.
    """
    starts = [other.start for _session, other in others]
    following = min((start for start in starts if start >= place.end), default=None)
    until = place.end + walk
    yield place.end, until if following is None else min(until, following + GRAIN)
    before = max((start for start in starts if start < place.start), default=None)
    ends_from = place.start - walk + GRAIN
    if before is not None:
        ends_from = max(ends_from, before + GRAIN)
    yield ends_from - length, place.start - length + GRAIN
