"""What can be said of a problem before any search, by looking at each session and by counting."""

from dataclasses import dataclass
from itertools import pairwise

from .grid import Grid, compile_grid
from .problem import Problem


@dataclass(frozen=True)
class Issue:
    """Why no timetable can be whole: a code for the sentence, whom it names, and its numbers."""

    code: str
    objects: tuple[str, ...] = ()
    params: tuple[tuple[str, int], ...] = ()


def check(problem: Problem) -> list[Issue]:
    """No issue does not promise that a whole timetable exists; each issue proves that none does."""
    issues = [
        Issue(code, (), ())
        for code, there in (("no_rooms", problem.rooms), ("no_blocks", problem.blocks))
        if not there
    ]
    if issues:
        return issues
    grid = compile_grid(problem)
    return [
        *homeless(grid),
        *pinned_together(grid),
        *circles(problem),
        *overfull(grid),
        *overworked(grid),
    ]


def homeless(grid: Grid) -> list[Issue]:
    """Sessions that would find no cell if they were alone."""
    issues = []
    longest = max(block.end - block.start for block in grid.problem.blocks)
    for index, session in enumerate(grid.problem.sessions):
        if session.duration > longest:
            params = (("duration", session.duration), ("longest", longest))
            issues.append(Issue("longer_than_any_block", (session.id,), params))
        elif not grid.rooms[index]:
            issues.append(Issue("no_room_has_features", (session.id,)))
        elif not grid.slots[index]:
            issues.append(Issue("no_time", (session.id, *session.speakers)))
        elif not any(
            not grid.closed[room] & slot.mask
            for slot in grid.slots[index].values()
            for room in grid.rooms[index]
        ):
            issues.append(Issue("rooms_closed", (session.id,)))
    return issues


def pinned_together(grid: Grid) -> list[Issue]:
    """Two sessions that are pinned to one room at times that overlap."""
    pinned = [
        (session, session.pin_start, session.pin_room)
        for session in grid.problem.sessions
        if session.pin_start is not None and session.pin_room is not None
    ]
    pinned.sort(key=lambda one: (one[2], one[1], one[0].id))
    return [
        Issue("pinned_together", (first.id, second.id, room))
        for (first, start, room), (second, then, other) in pairwise(pinned)
        if room == other and then < start + first.duration
    ]


def circles(problem: Problem) -> list[Issue]:
    """Who must come before whom in a circle; what stands before or behind a circle is left out."""
    pairs = list(dict.fromkeys(problem.before))
    while True:
        first = {a for a, _ in pairs}
        second = {b for _, b in pairs}
        kept = [(a, b) for a, b in pairs if a in second and b in first]
        if len(kept) == len(pairs):
            break
        pairs = kept
    names = tuple(sorted({name for pair in pairs for name in pair}))
    return [Issue("order_in_a_circle", names)] if names else []


def overfull(grid: Grid) -> list[Issue]:
    """More units of sessions than open units of the rooms that have the features they need."""
    problem = grid.problem
    open_units = 0
    for block in problem.blocks:
        open_units |= ((1 << (block.end - block.start)) - 1) << block.start
    issues = []
    for needed in sorted({session.features for session in problem.sessions}, key=sorted):
        asked = sum(session.duration for session in problem.sessions if session.features >= needed)
        there = sum(
            (open_units & ~grid.closed[index]).bit_count()
            for index, room in enumerate(problem.rooms)
            if room.features >= needed
        )
        if asked > there:
            params = (("asked", asked), ("there", there))
            issues.append(Issue("too_few_rooms", tuple(sorted(needed)), params))
    return issues


def overworked(grid: Grid) -> list[Issue]:
    """Speakers whose sessions last longer than all the time in which any of them may be."""
    issues = []
    for number, speaker in enumerate(grid.problem.speakers):
        mine = grid.speaks[number]
        there = 0
        for index in mine:
            for slot in grid.slots[index].values():
                there |= slot.mask
        asked = sum(grid.problem.sessions[index].duration for index in mine)
        if mine and asked > there.bit_count():
            params = (("asked", asked), ("there", there.bit_count()))
            issues.append(Issue("speaker_has_too_little_time", (speaker.id,), params))
    return issues
