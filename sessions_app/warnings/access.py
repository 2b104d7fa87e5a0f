"""What is wrong with an edition's draft, as sentences, and where a session could not go."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from forum.editions.models import Edition
from sessions_app.sessions.models import Session
from sessions_app.timetable.moves import Move
from sessions_app.warnings.finding import hindrances_of, problems_of
from sessions_app.warnings.hints import hint_of
from sessions_app.warnings.links import Link, Links
from sessions_app.warnings.models import Level, Rule
from sessions_app.warnings.problems import Candidate
from sessions_app.warnings.reading import read_snapshot
from sessions_app.warnings.sentences import sentence_of
from sessions_app.warnings.snapshot import Place, Snapshot
from sessions_app.warnings.words import Words

BLOCKING = (Level.BLOCKS_RELEASE, Level.BLOCKS_PLACING)


@dataclass(frozen=True, slots=True)
class Finding:
    """What breaks a rule: which sessions are concerned, in words, and where it is mended.

    `key` is the same as long as the problem lasts, to compare before and after.
    """

    rule: Rule
    level: Level
    sessions: tuple[int, ...]
    codes: tuple[str, ...]
    sentence: str
    links: tuple[Link, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A start within [starts, ends) in `room` (None: in every room) would break `rule`."""

    room: int | None
    starts: dt.datetime
    ends: dt.datetime
    level: Level
    rule: Rule
    sentence: str


def findings_of(edition: Edition) -> list[Finding]:
    """Find all that is wrong with the draft, the most severe first, without what is ignored."""
    return _findings(*read_snapshot(edition))


def findings_if(edition: Edition, moves: Iterable[Move]) -> list[Finding]:
    """Find what would be wrong after `moves`, without making them.

    A move of what is cancelled, or into a room of another edition, is passed over.
    """
    draft, levels = read_snapshot(edition)
    places = {
        one.session.pk: Place(one.to.room.pk, one.to.starts_at, one.to.ends_at) if one.to else None
        for one in moves
        if one.to is None or one.to.room.pk in draft.rooms
    }
    return _findings(draft.moved(places), levels)


def blocking_release(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that keep the draft from being published."""
    return [finding for finding in findings if finding.level in BLOCKING]


def concerning(edition: Edition, findings: Iterable[Finding], typed: str) -> list[Finding]:
    """Return those about a session whose code, title or speaker is `typed`, in any spelling."""
    typed = typed.replace("\0", "").strip()
    sessions = Session.objects.filter(edition=edition)
    named = sessions.matching(typed) | sessions.filter(code__iexact=typed)
    matching = set(named.values_list("pk", flat=True))
    return [finding for finding in findings if not matching.isdisjoint(finding.sessions)]


def obstacles_for(edition: Edition, session: Session, minutes: int) -> list[Obstacle]:
    """List where `session` could not go with that length, or only with a warning, and why.

    None for a cancelled session: no rule looks at it.
    """
    draft, levels = read_snapshot(edition)
    if session.pk not in draft.sessions:
        return []
    what = Candidate(draft.sessions[session.pk], dt.timedelta(minutes=minutes))
    words = Words(draft)
    return [
        Obstacle(
            room=found.room,
            starts=words.local(found.start),
            ends=words.local(found.end),
            level=levels[found.problem.rule],
            rule=found.problem.rule,
            sentence=hint_of(words, found.problem),
        )
        for found in hindrances_of(draft, what, levels)
    ]


def _findings(draft: Snapshot, levels: dict[Rule, Level]) -> list[Finding]:
    words = Words(draft)
    links = Links(words)
    return [
        Finding(
            rule=problem.rule,
            level=levels[problem.rule],
            sessions=problem.sessions,
            codes=tuple(draft.sessions[session].code for session in problem.sessions),
            sentence=sentence_of(words, problem),
            links=links.of(problem),
            key=problem.key,
        )
        for problem in problems_of(draft, levels)
    ]
