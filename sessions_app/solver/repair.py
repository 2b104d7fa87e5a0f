"""Makes a timetable whole again after somebody fell ill or a room closed, moving few."""

from .problem import Problem, Timetable
from .proposal import Proposal, propose


def repair(problem: Problem, timetable: Timetable) -> Proposal:
    """Who may stand where they stood stays, unless somebody without a place must push them out.

    No cooling follows: it would move others for the sake of their cost.
    """
    return propose(problem, iterations=0, start=timetable)
