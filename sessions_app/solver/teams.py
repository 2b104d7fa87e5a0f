"""Several processes with different seeds, and the best of what they find."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from .problem import BadProblem, Problem
from .proposal import Proposal, propose

MOST_PROCESSES = 8


def propose_together(
    problem: Problem,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 0,
    processes: int = 2,
) -> Proposal:
    """Seeds follow each other from `seed`; of equally good ones the first seed's is taken."""
    if not 1 <= processes <= MOST_PROCESSES:
        raise BadProblem(f"Between 1 and {MOST_PROCESSES} processes can work at it.")
    if processes == 1:
        return propose(problem, seconds=seconds, iterations=iterations, seed=seed)
    # Spawned and not forked: a worker must not inherit connections and threads of its caller.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = [
            pool.submit(propose, problem, seconds=seconds, iterations=iterations, seed=one)
            for one in range(seed, seed + processes)
        ]
        found = [future.result() for future in waiting]
    return min(found, key=lambda one: (len(one.unplaced), one.cost, one.seed))
