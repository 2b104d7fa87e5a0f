"""A first timetable: who has the fewest cells goes first, and who finds none pushes others out."""

from .grid import Grid, Slot
from .state import State

# Pushing out ends at the latest after so many steps for each session that waits.
STEPS_A_SESSION = 40


def fill(state: State, movable: list[int]) -> list[int]:
    """Places whom it can of those who may move, and answers with who is left."""
    grid = state.grid
    may_move = frozenset(movable)
    waiting = [session for session in movable if state.slot[session] is None]
    waiting.sort(key=lambda session: (hardness(grid, session), session), reverse=True)
    pushed = [0] * len(grid.slots)
    left: list[int] = []
    steps = STEPS_A_SESSION * len(waiting)
    while waiting:
        session = waiting.pop()
        cell = cheapest(state, session)
        if cell is not None:
            state.place(session, *cell)
            continue
        steps -= 1
        chosen = weakest(state, session, may_move, pushed) if steps > 0 else None
        if chosen is None:
            left.append(session)
            continue
        slot, room, blockers = chosen
        for blocker in blockers:
            state.remove(blocker)
            pushed[blocker] += 1
        pushed[session] += 1
        state.place(session, slot, room)
        waiting.extend(blockers)
    return sorted(left)


def hardness(grid: Grid, session: int) -> tuple[int, int]:
    """The fewer cells and the longer, the sooner: the list is taken from its end."""
    cells = len(grid.slots[session]) * len(grid.rooms[session])
    plenary = grid.plenaries >> session & 1
    return (0 if plenary else cells, -grid.problem.sessions[session].duration)


def cheapest(state: State, session: int) -> tuple[Slot, int] | None:
    """The cheapest time that has a free room, and there the cheapest room."""
    grid = state.grid
    times = [
        (state.time_cost(session, slot), slot.start)
        for slot in grid.slots[session].values()
        if state.allows_time(session, slot)
    ]
    for _, start in sorted(times):
        slot = grid.slots[session][start]
        rooms = [
            (state.room_cost(session, slot.day, room), room)
            for room in grid.rooms[session]
            if not state.busy[room] & slot.mask
        ]
        if rooms:
            return slot, min(rooms)[1]
    return None


def weakest(
    state: State, session: int, may_move: frozenset[int], pushed: list[int]
) -> tuple[Slot, int, list[int]] | None:
    """The cell whose blockers were pushed least, so that no two push each other forever."""
    grid = state.grid
    best: tuple[int, int, int] | None = None
    found: tuple[Slot, int, list[int]] | None = None
    for slot in grid.slots[session].values():
        in_time = time_blockers(state, session, slot)
        for room in grid.rooms[session]:
            if grid.closed[room] & slot.mask:
                continue
            blockers = in_time | state.beside(session, slot) & state.in_room[room]
            ones = numbers(blockers)
            if any(one not in may_move for one in ones):
                continue
            rank = (sum(1 + pushed[one] for one in ones), slot.start, room)
            if best is None or rank < best:
                best, found = rank, (slot, room, ones)
    return found


def time_blockers(state: State, session: int, slot: Slot) -> int:
    """Who would have to go for the session to stand at that time in any room."""
    grid = state.grid
    beside = state.beside(session, slot)
    blockers = beside if grid.plenaries >> session & 1 else beside & grid.plenaries
    for speaker in grid.speakers[session]:
        for other in grid.speaks[speaker]:
            there = state.slot[other]
            if there is not None and other != session and there.mask & slot.wide:
                blockers |= 1 << other
    for other in grid.earlier[session]:
        first = state.slot[other]
        if first is not None and first.mask.bit_length() > slot.start:
            blockers |= 1 << other
    for other in grid.later[session]:
        second = state.slot[other]
        if second is not None and slot.mask.bit_length() > second.start:
            blockers |= 1 << other
    track = grid.tracks[session]
    if track >= 0 and state.crowds(session, slot, track):
        blockers |= beside & grid.track_masks[track]
    return blockers


def numbers(mask: int) -> list[int]:
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
