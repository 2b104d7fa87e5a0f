"""Makes a timetable cheaper by simulated annealing: the colder, the fewer dearer moves."""

import math
import random
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from .grid import Slot
from .state import State

# Of the dearer moves that the rules allow, so many are taken at first; and it cools to a sixteenth.
# Hotter wastes the time of large programmes (solver research §4.3); neither number is tuned yet.
ACCEPTED_AT_FIRST = 0.02
COOLS_TO = 1 / 16
SAMPLE = 2000
LOOK_EVERY = 512

Snapshot = list[tuple[Slot, int] | None]


@dataclass
class Run:
    """How far it may go, by the clock or, repeatably, by moves; and how far it went."""

    seed: int
    iterations: int | None
    seconds: float | None
    on_progress: Callable[[int, float], None] | None = None
    cancelled: Callable[[], bool] | None = None
    done: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311
        self.began = monotonic()
        self.reported = self.began

    def part(self) -> float:
        """How much of what was granted is used up: 1 ends it."""
        if self.cancelled is not None and self.cancelled():
            return 1.0
        parts = [0.0]
        if self.iterations is not None:
            parts.append(self.done / self.iterations if self.iterations else 1.0)
        if self.seconds is not None:
            parts.append((monotonic() - self.began) / max(self.seconds, 1e-9))
        return min(1.0, max(parts))

    def next_moves(self) -> int:
        """How many moves to try before the clock is looked at again."""
        if self.iterations is None:
            return LOOK_EVERY
        return min(LOOK_EVERY, self.iterations - self.done)

    def report(self, cost: int) -> None:
        now = monotonic()
        if self.on_progress is not None and now - self.reported >= 1:
            self.reported = now
            self.on_progress(cost, now - self.began)


def anneal(state: State, movable: list[int], run: Run, rounds: int) -> None:
    """Leaves the state at the best that was met, after rounds from hot to cold."""
    movable = [session for session in movable if state.slot[session] is not None]
    if not movable or run.part() >= 1:
        return
    best, best_cost = snapshot(state), state.cost
    first = calibrated(state, movable, run)
    for number in range(rounds):
        ends = (number + 1) / rounds
        begins = run.part()
        while (part := run.part()) < ends:
            cooled = (part - begins) / max(ends - begins, 1e-9)
            temperature = first * COOLS_TO**cooled
            for _ in range(run.next_moves()):
                run.done += 1
                if step(state, movable, run.random, temperature) and state.cost < best_cost:
                    best, best_cost = snapshot(state), state.cost
            run.report(best_cost)
        restore(state, best)


def calibrated(state: State, movable: list[int], run: Run) -> float:
    """The temperature at which the wanted share of sampled dearer moves would be taken."""
    rises: list[int] = []
    for _ in range(SAMPLE):
        session = run.random.choice(movable)
        found = cell(state, session, run.random)
        if found and state.allows_time(session, found[0]) and roomy(state, session, *found):
            rise = shift_cost(state, session, *found)
            if rise > 0:
                rises.append(rise)
    if not rises:
        return 1.0
    low, high = 0.01, float(max(rises)) * 100
    for _ in range(40):
        middle = math.sqrt(low * high)
        taken = sum(math.exp(-rise / middle) for rise in rises) / len(rises)
        low, high = (middle, high) if taken < ACCEPTED_AT_FIRST else (low, middle)
    return low


def step(state: State, movable: list[int], rng: random.Random, temperature: float) -> bool:
    """One move tried; whether it was made."""
    session = movable[int(rng.random() * len(movable))]
    # What may be lost by it is drawn before, so that a move is priced once and then compared.
    limit = -temperature * math.log(rng.random() or 1e-300)
    found = cell(state, session, rng)
    if found is None:
        return False
    slot, room = found
    if not roomy(state, session, slot, room):
        return exchange(state, movable, session, slot, room, limit=limit)
    if not state.allows_time(session, slot) or shift_cost(state, session, slot, room) > limit:
        return False
    state.remove(session)
    state.place(session, slot, room)
    return True


def cell(state: State, session: int, rng: random.Random) -> tuple[Slot, int] | None:
    """Another cell of the session's: at another time in its room, in another room, or both."""
    grid = state.grid
    slot, room = state.slot[session], state.room[session]
    starts, rooms = grid.starts[session], grid.rooms[session]
    kind = rng.random()
    if slot is None:
        return None
    if kind < 0.7:
        slot = grid.slots[session][starts[int(rng.random() * len(starts))]]
    if kind > 0.4:
        room = rooms[int(rng.random() * len(rooms))]
    return None if slot is state.slot[session] and room == state.room[session] else (slot, room)


def roomy(state: State, session: int, slot: Slot, room: int) -> bool:
    taken = state.busy[room] & slot.mask
    own = state.slot[session]
    if taken and own is not None and room == state.room[session]:
        taken &= ~own.mask
    return not taken


def shift_cost(state: State, session: int, slot: Slot, room: int) -> int:
    own = state.slot[session]
    assert own is not None
    change = state.room_cost(session, slot.day, room)
    change -= state.room_cost(session, own.day, state.room[session])
    if slot is not own:
        change += state.time_cost(session, slot) - state.time_cost(session, own)
    return change


def exchange(
    state: State, movable: list[int], session: int, slot: Slot, room: int, *, limit: float
) -> bool:
    """Two change places; neighbours in a block change their order."""
    grid = state.grid
    others = state.beside(session, slot) & state.in_room[room]
    if not others or others & (others - 1):
        return False
    other = others.bit_length() - 1
    own, own_room, there = state.slot[session], state.room[session], state.slot[other]
    assert own is not None
    assert there is not None
    if own_room not in grid.room_costs[other] or not may_move(other, movable):
        return False
    start = own.start
    if room == own_room and there.start == own.mask.bit_length():
        # Neighbours within a block: the second begins where the first did, and the first after it.
        slot_of_first = grid.slots[session].get(there.mask.bit_length() - own.mask.bit_count())
        if slot_of_first is None:
            return False
        slot = slot_of_first
    new = grid.slots[other].get(start)
    if new is None:
        return False
    before = state.cost
    state.remove(session)
    state.remove(other)
    if state.allows(session, slot, room):
        state.place(session, slot, room)
        if state.allows(other, new, own_room):
            state.place(other, new, own_room)
            if state.cost - before <= limit:
                return True
            state.remove(other)
        state.remove(session)
    state.place(session, own, own_room)
    state.place(other, there, room)
    return False


def may_move(session: int, movable: list[int]) -> bool:
    """The list is in order: found by halving."""
    at = bisect_left(movable, session)
    return at < len(movable) and movable[at] == session


def snapshot(state: State) -> Snapshot:
    return [None if s is None else (s, r) for s, r in zip(state.slot, state.room, strict=True)]


def restore(state: State, wanted: Snapshot) -> None:
    """All that stands elsewhere goes before any of it comes: nothing is in the way."""
    now = snapshot(state)
    changed = [session for session, there in enumerate(wanted) if there != now[session]]
    for session in changed:
        if now[session] is not None:
            state.remove(session)
    for session in changed:
        there = wanted[session]
        if there is not None:
            state.place(session, *there)
