"""Judges a timetable by the rules' words alone, sharing nothing with the search that made it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from .problem import Place, Problem, Room, Session, Span, Timetable


@dataclass(frozen=True)
class Breach:
    """A hard rule that is broken, by which sessions, rooms or speakers."""

    rule: str
    objects: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    unplaced: tuple[str, ...]
    breaches: tuple[Breach, ...]
    costs: dict[str, int]

    @property
    def cost(self) -> int:
        return sum(self.costs.values())

    @property
    def whole(self) -> bool:
        return not self.unplaced and not self.breaches


@dataclass(frozen=True)
class Placed:
    session: Session
    place: Place
    day: int

    @property
    def end(self) -> int:
        return self.place.start + self.session.duration


def evaluate(problem: Problem, timetable: Timetable) -> Verdict:
    rooms = {room.id: room for room in problem.rooms}
    names = {session.id for session in problem.sessions}
    strangers = [Breach("unknown_session", (name,)) for name in timetable if name not in names]
    placed: list[Placed] = []
    for session in problem.sessions:
        place = timetable.get(session.id)
        if place is None:
            continue
        if place.room not in rooms:
            strangers.append(Breach("unknown_room", (session.id, place.room)))
            continue
        placed.append(Placed(session, place, place.start // problem.units_a_day))
    beside = list(overlapping(placed))
    breaches = (
        *strangers,
        *alone(problem, placed, rooms),
        *together(beside),
        *speaking(problem, placed),
        *ordered(problem, placed),
        *crowded(problem, placed),
    )
    unplaced = tuple(s.id for s in problem.sessions if s.id not in timetable)
    return Verdict(unplaced, breaches, price(problem, placed, beside, rooms))


def overlapping(placed: list[Placed]) -> Iterator[tuple[Placed, Placed]]:
    by_start = sorted(placed, key=lambda one: (one.place.start, one.session.id))
    for index, first in enumerate(by_start):
        for second in by_start[index + 1 :]:
            if second.place.start >= first.end:
                break
            yield first, second


def inside(start: int, end: int, windows: tuple[Span, ...]) -> bool:
    """Windows that touch count as one: a day's end and the next one's beginning are no closure."""
    units = [any(w.start <= unit < w.end for w in windows) for unit in range(start, end)]
    return not windows or all(units)


def alone(problem: Problem, placed: list[Placed], rooms: dict[str, Room]) -> Iterator[Breach]:
    speakers = {speaker.id: speaker for speaker in problem.speakers}
    for one in placed:
        session, (start, room) = one.session, one.place
        if not any(block.start <= start and one.end <= block.end for block in problem.blocks):
            yield Breach("outside_blocks", (session.id,))
        if not inside(start, one.end, rooms[room].windows):
            yield Breach("room_closed", (session.id, room))
        if not session.features <= rooms[room].features:
            yield Breach("room_lacks", (session.id, room))
        if session.pin_start not in (None, start):
            yield Breach("pinned_start", (session.id,))
        if session.pin_room not in (None, room):
            yield Breach("pinned_room", (session.id,))
        for name in session.speakers:
            if not inside(start, one.end, speakers[name].windows):
                yield Breach("speaker_away", (session.id, name))


def together(beside: list[tuple[Placed, Placed]]) -> Iterator[Breach]:
    for first, second in beside:
        pair = (first.session.id, second.session.id)
        if first.place.room == second.place.room:
            yield Breach("room_twice", (*pair, first.place.room))
        if first.session.plenary or second.session.plenary:
            yield Breach("beside_plenary", pair)


def speaking(problem: Problem, placed: list[Placed]) -> Iterator[Breach]:
    of: dict[str, list[Placed]] = {}
    for one in placed:
        for name in dict.fromkeys(one.session.speakers):
            of.setdefault(name, []).append(one)
    for name, ones in of.items():
        for first, second in combinations(ones, 2):
            between = max(first.place.start, second.place.start) - min(first.end, second.end)
            needed = problem.min_gap if first.day == second.day else 0
            if between < needed:
                yield Breach("speaker_twice", (first.session.id, second.session.id, name))


def ordered(problem: Problem, placed: list[Placed]) -> Iterator[Breach]:
    by_name = {one.session.id: one for one in placed}
    for first, second in problem.before:
        if (
            first in by_name
            and second in by_name
            and by_name[first].end > by_name[second].place.start
        ):
            yield Breach("order", (first, second))


def crowded(problem: Problem, placed: list[Placed]) -> Iterator[Breach]:
    for track, most in problem.max_parallel.items():
        ones = [one for one in placed if one.session.track == track]
        for at in sorted({one.place.start for one in ones}):
            live = tuple(one.session.id for one in ones if one.place.start <= at < one.end)
            if len(live) > most:
                yield Breach("track_crowded", live)


def price(
    problem: Problem,
    placed: list[Placed],
    beside: list[tuple[Placed, Placed]],
    rooms: dict[str, Room],
) -> dict[str, int]:
    weights = problem.weights
    clashes = parallel = short = moved_time = moved_room = 0
    for first, second in beside:
        a, b = first.session, second.session
        clashes += problem.wishes.get((a.id, b.id), 0) + problem.wishes.get((b.id, a.id), 0)
        parallel += a.track is not None and a.track == b.track
    of_track: dict[tuple[str, int], set[str]] = {}
    of_speaker: dict[str, set[int]] = {}
    for one in placed:
        lacking = max(0, one.session.audience - rooms[one.place.room].capacity)
        short += -(-lacking // weights.overflow_unit)
        if one.session.track is not None:
            of_track.setdefault((one.session.track, one.day), set()).add(one.place.room)
        for name in one.session.speakers:
            of_speaker.setdefault(name, set()).add(one.day)
        published = problem.published.get(one.session.id, one.place)
        moved_time += published.start != one.place.start
        moved_room += published.room != one.place.room
    return {
        "clash": weights.clash * clashes,
        "overflow": weights.overflow * short,
        "track_parallel": weights.track_parallel * parallel,
        "track_rooms": weights.track_rooms * sum(len(used) - 1 for used in of_track.values()),
        "speaker_days": weights.speaker_days * sum(len(days) - 1 for days in of_speaker.values()),
        "moved_time": weights.moved_time * moved_time,
        "moved_room": weights.moved_room * moved_room,
    }
