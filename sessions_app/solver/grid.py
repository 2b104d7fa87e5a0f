"""The problem compiled for the search: numbers for names, bits for sets of units and sessions.

Candidate starts follow "normal patterns": a block's start plus sums of durations. Whoever shifts
each session left until it touches another loses no packing by it, and has a third of the starts
to look at.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from .problem import Problem, Room, Session, Span, Timetable

# Up to so many sessions a start right after a speaker's pause is a candidate, too; larger ones
# would have many more starts to look at, and have other sessions' ends behind the pause.
PAUSES_UP_TO = 50


@dataclass(frozen=True)
class Slot:
    """A start that a session may have, with what its span touches."""

    start: int
    day: int
    mask: int  # its units
    wide: int  # its units and the gap that a speaker needs around them, within the day
    points: tuple[int, ...]  # the candidate starts of anyone within its span, by number
    cost: int


@dataclass(frozen=True)
class Grid:
    problem: Problem
    points: tuple[int, ...]
    slots: tuple[dict[int, Slot], ...]  # of each session: start -> slot
    starts: tuple[tuple[int, ...], ...]
    room_costs: tuple[dict[int, int], ...]  # of each session: room -> what it costs
    rooms: tuple[tuple[int, ...], ...]
    closed: tuple[int, ...]  # of each room: the units in which it is closed
    speakers: tuple[tuple[int, ...], ...]
    speaks: tuple[tuple[int, ...], ...]  # of each speaker: the sessions
    tracks: tuple[int, ...]  # -1: none
    track_masks: tuple[int, ...]
    track_most: tuple[int, ...]
    plenaries: int
    wished: tuple[int, ...]  # of each session: with which others delegates wish it
    clashes: tuple[dict[int, int], ...]
    earlier: tuple[tuple[int, ...], ...]
    later: tuple[tuple[int, ...], ...]


def compile_grid(problem: Problem, start: Timetable | None = None) -> Grid:
    """Each start that stands in `start` is a candidate, too, so that it can be adopted."""
    points = normal_starts(problem, start or {})
    session_number = {session.id: index for index, session in enumerate(problem.sessions)}
    room_number = {room.id: index for index, room in enumerate(problem.rooms)}
    speaker_number = {speaker.id: index for index, speaker in enumerate(problem.speakers)}
    tracks = sorted({session.track for session in problem.sessions if session.track is not None})
    track_number = {track: index for index, track in enumerate(tracks)}
    of_track = [-1 if s.track is None else track_number[s.track] for s in problem.sessions]
    slots = slots_of(problem, points)
    room_costs = tuple(
        {
            room_number[room.id]: room_cost(problem, session, room)
            for room in problem.rooms
            if may_use(session, room)
        }
        for session in problem.sessions
    )
    clashes = clash_costs(problem, session_number)
    speakers = tuple(
        tuple(sorted({speaker_number[name] for name in s.speakers})) for s in problem.sessions
    )
    speaks: list[list[int]] = [[] for _ in problem.speakers]
    for index, names in enumerate(speakers):
        for speaker in names:
            speaks[speaker].append(index)
    earlier: list[list[int]] = [[] for _ in problem.sessions]
    later: list[list[int]] = [[] for _ in problem.sessions]
    for first, second in problem.before:
        earlier[session_number[second]].append(session_number[first])
        later[session_number[first]].append(session_number[second])
    return Grid(
        problem=problem,
        points=tuple(points),
        slots=slots,
        starts=tuple(tuple(sorted(mine)) for mine in slots),
        room_costs=room_costs,
        rooms=tuple(tuple(sorted(mine)) for mine in room_costs),
        closed=tuple(closed_units(problem, room.windows) for room in problem.rooms),
        speakers=speakers,
        speaks=tuple(map(tuple, speaks)),
        tracks=tuple(of_track),
        track_masks=tuple(
            bits(index for index, track in enumerate(of_track) if track == mine)
            for mine in range(len(tracks))
        ),
        track_most=tuple(
            problem.max_parallel.get(track, len(problem.sessions)) for track in tracks
        ),
        plenaries=bits(index for index, s in enumerate(problem.sessions) if s.plenary),
        wished=tuple(bits(mine) for mine in clashes),
        clashes=clashes,
        earlier=tuple(map(tuple, earlier)),
        later=tuple(map(tuple, later)),
    )


def bits(numbers: Iterable[int]) -> int:
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


def normal_starts(problem: Problem, start: Timetable) -> list[int]:
    """Sums of durations from each block's start, each window's opening and what is fixed."""
    steps = sorted({session.duration for session in problem.sessions})
    if len(problem.sessions) <= PAUSES_UP_TO:
        steps = sorted({*steps, *(step + problem.min_gap for step in steps)})
    windows = [window for room in problem.rooms for window in room.windows]
    windows += [window for speaker in problem.speakers for window in speaker.windows]
    fixed = [s.pin_start for s in problem.sessions if s.pin_start is not None]
    fixed += [place.start for held in (problem.published, start) for place in held.values()]
    # A plenary that ends inside a block, or a speaker's pause, may be where the next begins.
    fixed += [s.pin_start + s.duration for s in problem.sessions if s.pin_start is not None]
    found: dict[int, None] = {}
    for block in problem.blocks:
        edges = [block.start, *fixed, *(window.start for window in windows)]
        waiting = [edge for edge in edges if block.start <= edge < block.end]
        while waiting:
            at = waiting.pop()
            if at in found:
                continue
            found[at] = None
            waiting.extend(at + d for d in steps if at + d < block.end)
    return sorted(found)


def slots_of(problem: Problem, points: list[int]) -> tuple[dict[int, Slot], ...]:
    """Of each session; sessions of equal length share their slots, which are most of the memory."""
    away = {one.id: closed_units(problem, one.windows) for one in problem.speakers}
    made: dict[tuple[int, int, int], Slot | None] = {}
    found = []
    for session in problem.sessions:
        absent = 0
        for name in session.speakers:
            absent |= away[name]
        published = problem.published.get(session.id)
        mine: dict[int, Slot] = {}
        for start in points if session.pin_start is None else [session.pin_start]:
            moved = published is not None and published.start != start
            key = (start, session.duration, problem.weights.moved_time if moved else 0)
            if key not in made:
                made[key] = slot_at(problem, points, *key)
            slot = made[key]
            if slot is not None and not slot.mask & absent:
                mine[start] = slot
        found.append(mine)
    return tuple(found)


def slot_at(
    problem: Problem, points: list[int], start: int, duration: int, cost: int
) -> Slot | None:
    """None where no block holds it."""
    end = start + duration
    if not any(block.start <= start and end <= block.end for block in problem.blocks):
        return None
    day = start // problem.units_a_day
    low = max(start - problem.min_gap, day * problem.units_a_day)
    high = min(end + problem.min_gap, max(end, (day + 1) * problem.units_a_day))
    return Slot(
        start=start,
        day=day,
        mask=((1 << duration) - 1) << start,
        wide=((1 << (high - low)) - 1) << low,
        points=tuple(range(bisect_left(points, start), bisect_left(points, end))),
        cost=cost,
    )


def may_use(session: Session, room: Room) -> bool:
    return session.features <= room.features and session.pin_room in (None, room.id)


def room_cost(problem: Problem, session: Session, room: Room) -> int:
    weights = problem.weights
    lacking = max(0, session.audience - room.capacity)
    published = problem.published.get(session.id)
    moved = published is not None and published.room != room.id
    return weights.overflow * -(-lacking // weights.overflow_unit) + weights.moved_room * moved


def closed_units(problem: Problem, windows: tuple[Span, ...]) -> int:
    if not windows:
        return 0
    last = max(block.end for block in problem.blocks) if problem.blocks else 0
    closed = (1 << last) - 1
    for window in windows:
        start, end = max(0, window.start), min(last, window.end)
        if start < end:
            closed &= ~(((1 << (end - start)) - 1) << start)
    return closed


def clash_costs(problem: Problem, number: dict[str, int]) -> tuple[dict[int, int], ...]:
    costs: tuple[dict[int, int], ...] = tuple({} for _ in problem.sessions)
    for (first, second), count in problem.wishes.items():
        a, b = number[first], number[second]
        if a != b and count:
            costs[a][b] = costs[a].get(b, 0) + count * problem.weights.clash
            costs[b][a] = costs[a][b]
    return costs
