"""Reads and writes the planted instances: JSON in which a whole timetable is hidden."""

import json
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from .problem import BadProblem, Place, Problem, Room, Session, Span, Speaker, Timetable, Weights


def read_problem(text: str) -> Problem:
    try:
        data = json.loads(text)
        return as_problem(data)
    except BadProblem:
        raise
    except KeyError as missing:
        raise BadProblem(f"The file lacks {missing}.") from missing
    except (ValueError, TypeError, AttributeError) as error:
        raise BadProblem(f"The file is not a problem in JSON: {error}.") from error


def read_timetable(text: str) -> dict[str, Place]:
    try:
        rows = json.loads(text)["assignments"]
        return {name: Place(int(start), str(room)) for name, (start, room) in rows.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadProblem('A timetable is {"assignments": {session: [start, room]}}.') from error


def write_timetable(timetable: Timetable) -> str:
    rows = {name: [place.start, place.room] for name, place in sorted(timetable.items())}
    return json.dumps({"assignments": rows}, indent=1, ensure_ascii=False) + "\n"


def as_problem(data: dict[str, Any]) -> Problem:
    sessions = tuple(as_session(row) for row in data["sessions"])
    listed = tuple(Speaker(row["id"], spans(row["windows"])) for row in data["speakers"])
    return Problem(
        rooms=tuple(
            Room(row["id"], int(row["capacity"]), frozenset(row["features"]), spans(row["windows"]))
            for row in data["rooms"]
        ),
        speakers=listed + unlisted(sessions, listed),
        sessions=sessions,
        blocks=spans(data["blocks"]),
        units_a_day=int(data["units_a_day"]),
        min_gap=int(data["min_gap"]),
        before=tuple((first, second) for first, second in data["before"]),
        max_parallel={track: int(most) for track, most in data["max_parallel"].items()},
        wishes=counted(data["wishes"]),
        weights=Weights(**data["weights"]),
    )


def as_session(row: dict[str, Any]) -> Session:
    return Session(
        id=row["id"],
        duration=int(row["duration"]),
        plenary=row["kind"] == "plenary",
        track=row["track"],
        speakers=tuple(row["speakers"]),
        audience=int(row["audience"]),
        features=frozenset(row["features"]),
        pin_start=row["pin_start"],
        pin_room=row["pin_room"],
    )


def spans(rows: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(int(start), int(end)) for start, end in rows)


def unlisted(sessions: tuple[Session, ...], listed: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
    """The files list only speakers who are bound by windows; the others are always there."""
    there = {speaker.id for speaker in listed}
    named = {name: None for session in sessions for name in session.speakers}
    return tuple(Speaker(name) for name in named if name not in there)


def counted(wishes: Iterable[Iterable[str]]) -> dict[tuple[str, str], int]:
    """How many delegates wish both of a pair, the pair in the alphabet's order."""
    pairs: Counter[tuple[str, str]] = Counter()
    for wished in wishes:
        pairs.update(combinations(sorted(set(wished)), 2))
    return dict(sorted(pairs.items()))
