"""Proposes a whole timetable, within the time or the moves that it is granted."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from .anneal import Run, anneal
from .evaluate import evaluate
from .greedy import fill
from .grid import compile_grid
from .problem import MAX_SECONDS, BadProblem, Place, Problem, Timetable
from .state import State

# Programmes up to so many sessions are cooled this often: they soon stick, and a round is short.
SMALL = 50
ROUNDS = 4


@dataclass(frozen=True)
class Proposal:
    timetable: dict[str, Place]
    unplaced: tuple[str, ...]
    costs: dict[str, int]
    seed: int
    iterations: int
    moved: tuple[str, ...] = field(default=())  # who stands elsewhere than at the start

    @property
    def cost(self) -> int:
        """The lower the better."""
        return sum(self.costs.values())


class WrongProposal(RuntimeError):
    """The search and the judge disagree: a mistake of ours, nothing to show to organisers."""


def propose(
    problem: Problem,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 0,
    start: Timetable | None = None,
    keep: Collection[str] = (),
    on_progress: Callable[[int, float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Proposal:
    """Improves `start`, in which those of `keep` stay where they stand.

    Equal seeds and `iterations` give equal proposals; `seconds` ends it by the clock.
    """
    if seconds is None and iterations is None:
        raise BadProblem("Say how many seconds or how many moves it may take.")
    if seconds is not None and not 0 <= seconds <= MAX_SECONDS:
        raise BadProblem(f"A proposal takes between 0 and {MAX_SECONDS} seconds.")
    if iterations is not None and iterations < 0:
        raise BadProblem("The number of moves is 0 or more.")
    begun = start or {}
    run = Run(seed, iterations, seconds, on_progress, cancelled)
    state = State(compile_grid(problem, begun))
    # Who stays is placed first, so that nobody who may move takes the place.
    stays = {name: place for name, place in begun.items() if name in keep}
    refuse_broken(problem, state, stays)
    state.adopt({name: place for name, place in begun.items() if name not in keep})
    movable = [i for i, session in enumerate(problem.sessions) if session.id not in stays]
    fill(state, movable)
    anneal(state, movable, run, ROUNDS if len(movable) <= SMALL else 1)
    return judged(problem, state, begun, run)


def refuse_broken(problem: Problem, state: State, stays: Timetable) -> None:
    left = state.adopt(stays)
    if left:
        names = ", ".join(problem.sessions[index].id for index in left)
        raise BadProblem(f"These cannot stay where they are, for a rule forbids it: {names}.")


def judged(problem: Problem, state: State, begun: Timetable, run: Run) -> Proposal:
    timetable = state.timetable()
    verdict = evaluate(problem, timetable)
    if verdict.breaches or verdict.cost != state.cost:
        raise WrongProposal(f"{verdict.breaches}; {verdict.cost} and not {state.cost}")
    return Proposal(
        timetable=timetable,
        unplaced=verdict.unplaced,
        costs=verdict.costs,
        seed=run.seed,
        iterations=run.done,
        moved=tuple(name for name, place in begun.items() if timetable.get(name) != place),
    )
