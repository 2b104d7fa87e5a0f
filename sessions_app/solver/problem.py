"""What is to be placed where, in whole units of a grid that begins at the first day's midnight.

Dates and zones are the caller's: it turns aware datetimes into units before, and back afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

# What a proposal may hold at most: beyond, it would neither fit memory nor end within its minutes.
MAX_SESSIONS = 1500
MAX_ROOMS = 60
MAX_DAYS = 14
MAX_SECONDS = 600


class BadProblem(ValueError):
    """What was asked cannot be read as a timetable's problem; the text says why."""


class Span(NamedTuple):
    """From its first unit up to, without, its end."""

    start: int
    end: int


class Place(NamedTuple):
    start: int
    room: str


Timetable = Mapping[str, Place]


@dataclass(frozen=True)
class Room:
    id: str
    capacity: int
    features: frozenset[str] = frozenset()
    windows: tuple[Span, ...] = ()  # none: always open


@dataclass(frozen=True)
class Speaker:
    id: str
    windows: tuple[Span, ...] = ()  # none: always there


@dataclass(frozen=True)
class Session:
    id: str
    duration: int
    plenary: bool = False  # nothing may be beside it
    track: str | None = None
    speakers: tuple[str, ...] = ()
    audience: int = 0
    features: frozenset[str] = frozenset()
    pin_start: int | None = None
    pin_room: str | None = None


@dataclass(frozen=True)
class Weights:
    """What a broken wish costs. The defaults are those of the published research instances."""

    clash: int = 5  # a delegate wishes two sessions that overlap
    overflow: int = 1  # for each started overflow_unit seats that a room is too small
    overflow_unit: int = 5
    track_parallel: int = 10  # two sessions of a track overlap
    track_rooms: int = 10  # each further room of a track on a day
    speaker_days: int = 15  # each further day of a speaker
    moved_time: int = 30  # against the published timetable
    moved_room: int = 10


@dataclass(frozen=True)
class Problem:
    """Delegates come as counts of who wishes both of a pair of sessions, never as persons."""

    rooms: tuple[Room, ...]
    speakers: tuple[Speaker, ...]
    sessions: tuple[Session, ...]
    blocks: tuple[Span, ...]
    units_a_day: int
    min_gap: int = 0
    before: tuple[tuple[str, str], ...] = ()
    max_parallel: Mapping[str, int] = field(default_factory=dict)
    wishes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    published: Timetable = field(default_factory=dict)
    weights: Weights = Weights()

    def __post_init__(self) -> None:
        refuse_limits(self)
        refuse_unknown(self)


def refuse_limits(problem: Problem) -> None:
    days = max((block.end for block in problem.blocks), default=0) / max(problem.units_a_day, 1)
    for what, count, limit in (
        ("sessions", len(problem.sessions), MAX_SESSIONS),
        ("rooms", len(problem.rooms), MAX_ROOMS),
        ("days", days, MAX_DAYS),
    ):
        if count > limit:
            raise BadProblem(f"A timetable has at most {limit} {what}; this one has {count:g}.")
    if problem.units_a_day < 1:
        raise BadProblem("A day has at least one unit.")
    if problem.min_gap < 0 or problem.weights.overflow_unit < 1:
        raise BadProblem("The gap is 0 or more, and the unit of seats 1 or more.")


def refuse_unknown(problem: Problem) -> None:
    """Names must be there once, and what is named must exist: a typing error is not a free pass."""
    rooms = known("room", [room.id for room in problem.rooms])
    speakers = known("speaker", [speaker.id for speaker in problem.speakers])
    sessions = known("session", [session.id for session in problem.sessions])
    for session in problem.sessions:
        if session.duration < 1:
            raise BadProblem(f"Session {session.id} must last at least one unit.")
        if session.pin_room is not None and session.pin_room not in rooms:
            raise BadProblem(
                f"Session {session.id} is pinned to the unknown room {session.pin_room}."
            )
        for speaker in session.speakers:
            if speaker not in speakers:
                raise BadProblem(f"Session {session.id} names the unknown speaker {speaker}.")
    for first, second in problem.before:
        if first == second:
            raise BadProblem(f"Session {first} cannot come before itself.")
    for pair in (*problem.before, *problem.wishes):
        for name in pair:
            if name not in sessions:
                raise BadProblem(f"A rule names the unknown session {name}.")


def known(kind: str, names: list[str]) -> frozenset[str]:
    unique = frozenset(names)
    if len(unique) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadProblem(f"The {kind} {twice} is there twice.")
    return unique
