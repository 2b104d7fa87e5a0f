"""What a rule finds: facts, before they become a sentence."""

import datetime as dt
from dataclasses import dataclass

from sessions_app.warnings.models import Rule
from sessions_app.warnings.snapshot import Need, PlannedSession


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the sessions named, and what the sentence about it has to say."""

    rule: Rule
    sessions: tuple[int, ...]
    at: dt.datetime | None = None
    until: dt.datetime | None = None
    room: int | None = None
    speaker: int | None = None
    lacking: frozenset[Need] = frozenset()
    needed: int = 0
    given: int = 0

    @property
    def key(self) -> str:
        """Name the problem the same as long as it lasts.

        Two that clash keep their key while one is pushed about and they still clash; a session
        that moves to another hour at which its speaker is away has a new problem.
        """
        moment = self.at.isoformat() if self.at and len(self.sessions) == 1 else ""
        concerned = ",".join(map(str, sorted(self.sessions)))
        return f"{self.rule}:{concerned}:{self.room or ''}:{self.speaker or ''}:{moment}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A session that somebody is about to place, and how long it would be."""

    session: PlannedSession
    length: dt.timedelta


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Starting within [start, end) in `room` (None: in any) would cause `problem`."""

    problem: Problem
    start: dt.datetime
    end: dt.datetime
    room: int | None = None


GRAIN = dt.timedelta(seconds=1)
"""A start just after a moment that is still allowed: nobody places to less than a second."""
