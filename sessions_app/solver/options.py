"""Where a session may go in a timetable, and what each cell would cost: the heat map."""

from dataclasses import dataclass

from .grid import compile_grid
from .problem import BadProblem, Place, Problem, Timetable
from .state import State


@dataclass(frozen=True)
class Cell:
    allowed: bool
    change: int | None  # of the cost, against where the session stands now; None: not allowed


class Desk:
    """A timetable kept at hand while an organiser drags: compiled once, asked often."""

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self.problem = problem
        self.number = {session.id: index for index, session in enumerate(problem.sessions)}
        self.state = State(compile_grid(problem, timetable))
        # What breaks a rule where it stands has no cell; the judge names its breaches.
        self.misplaced = tuple(problem.sessions[n].id for n in self.state.adopt(timetable))

    def options(self, session_id: str) -> dict[Place, Cell]:
        """Every cell of its own starts and rooms; a cell not listed breaks a rule of its own.

        For a session without a place, the change is all that it would cost there.
        """
        if session_id not in self.number:
            raise BadProblem(f"There is no session {session_id}.")
        session, state = self.number[session_id], self.state
        stood = state.remove(session) if state.slot[session] is not None else None
        try:
            before = 0
            if stood is not None:
                slot, room = stood
                before = state.time_cost(session, slot)
                before += state.room_cost(session, slot.day, room)
            return self.cells(session, before)
        finally:
            if stood is not None:
                state.place(session, *stood)

    def cells(self, session: int, before: int) -> dict[Place, Cell]:
        state, grid = self.state, self.state.grid
        found: dict[Place, Cell] = {}
        for start, slot in grid.slots[session].items():
            fits = state.allows_time(session, slot)
            cost = state.time_cost(session, slot) - before if fits else 0
            for room in grid.rooms[session]:
                free = fits and not state.busy[room] & slot.mask
                change = cost + state.room_cost(session, slot.day, room) if free else None
                found[Place(start, self.problem.rooms[room].id)] = Cell(free, change)
        return found
