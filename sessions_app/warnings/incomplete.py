"""What a session still lacks, wherever it stands."""

from collections import defaultdict
from collections.abc import Iterator

from sessions_app.sessions.models import Kind
from sessions_app.warnings.models import Rule
from sessions_app.warnings.problems import Problem
from sessions_app.warnings.snapshot import Snapshot, leads

MODERATED = frozenset({Kind.PANEL, Kind.BREAKOUT, Kind.DIALOGUE, Kind.ROUND_TABLE})
"""Kinds of session that somebody has to lead."""


def not_placed(draft: Snapshot) -> Iterator[Problem]:
    """Find the sessions without room and time."""
    for session in draft.sessions.values():
        if session.place is None:
            yield Problem(Rule.NOT_PLACED, (session.pk,))


def without_moderator(draft: Snapshot) -> Iterator[Problem]:
    """Find the sessions that somebody should lead, and nobody does."""
    for session in draft.sessions.values():
        if session.kind in MODERATED and not any(leads(session)):
            yield Problem(Rule.NO_MODERATOR, (session.pk,))


def without_kazakh_title(draft: Snapshot) -> Iterator[Problem]:
    """Find the sessions that have no title in Kazakh."""
    return _untitled(draft, Rule.NO_KAZAKH_TITLE, "title_kk")


def without_russian_title(draft: Snapshot) -> Iterator[Problem]:
    """Find the sessions that have no title in Russian."""
    return _untitled(draft, Rule.NO_RUSSIAN_TITLE, "title_ru")


def unconfirmed_speakers(draft: Snapshot) -> Iterator[Problem]:
    """Find the speakers of some session who have not said yes; one problem a person."""
    sessions: dict[int, list[int]] = defaultdict(list)
    for session in draft.sessions.values():
        for part in session.parts:
            sessions[part.speaker].append(session.pk)
    for person in draft.people.values():
        if not person.confirmed and sessions[person.pk]:
            yield Problem(Rule.SPEAKER_UNCONFIRMED, tuple(sessions[person.pk]), speaker=person.pk)


def _untitled(draft: Snapshot, rule: Rule, column: str) -> Iterator[Problem]:
    for session in draft.sessions.values():
        if not session.titles[column]:
            yield Problem(rule, (session.pk,))
