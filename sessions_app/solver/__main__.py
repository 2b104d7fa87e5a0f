"""python -m sessions_app.solver FILE --seconds 20 --out SOLUTION, or FILE --judge SOLUTION."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .evaluate import Verdict, evaluate
from .planted import read_problem, read_timetable, write_timetable
from .problem import BadProblem, Problem
from .teams import propose_together


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("sessions_app.solver", description="Proposes a timetable.")
    parser.add_argument("file", type=Path, help="the problem, in JSON")
    parser.add_argument("--seconds", type=float, help="how long it may take")
    parser.add_argument("--iterations", type=int, help="how many moves it may try")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, help="where the timetable goes; else it is printed")
    parser.add_argument("--judge", type=Path, help="a timetable to judge, in place of proposing")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """0: whole; 1: a session has no place or a rule is broken; 2: it cannot be read."""
    asked = arguments().parse_args(argv)
    try:
        problem = read_problem(asked.file.read_text("utf-8"))
        verdict = judge(problem, asked.judge) if asked.judge else solve(problem, asked)
    except (BadProblem, OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    print(told(verdict), file=sys.stderr)
    return 0 if verdict.whole else 1


def judge(problem: Problem, file: Path) -> Verdict:
    return evaluate(problem, read_timetable(file.read_text("utf-8")))


def solve(problem: Problem, asked: argparse.Namespace) -> Verdict:
    proposal = propose_together(
        problem,
        seconds=asked.seconds,
        iterations=asked.iterations,
        seed=asked.seed,
        processes=asked.processes,
    )
    written = write_timetable(proposal.timetable)
    if asked.out:
        asked.out.write_text(written, "utf-8")
    else:
        print(written, end="")
    return evaluate(problem, proposal.timetable)


def told(verdict: Verdict) -> str:
    costs = ", ".join(f"{name} {cost}" for name, cost in verdict.costs.items() if cost)
    lines = [f"cost {verdict.cost}" + (f" ({costs})" if costs else "")]
    lines += [f"no place: {name}" for name in verdict.unplaced]
    lines += [f"broken: {breach.rule} {' '.join(breach.objects)}" for breach in verdict.breaches]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
