"""The heat map says of each cell what the judge would say; a repair moves whom it must."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from sessions_app.solver.evaluate import evaluate
from sessions_app.solver.options import Desk
from sessions_app.solver.problem import BadProblem, Place, Span, Speaker
from sessions_app.solver.proposal import propose
from sessions_app.solver.repair import repair
from tests.sessions_app.solver.programmes import DAY, problems, small


@settings(deadline=None, max_examples=40)
@given(problems())
def test_each_cell_is_what_the_judge_would_say(problem):
    made = propose(problem, iterations=0).timetable
    desk, now = Desk(problem, made), evaluate(problem, made)
    for name in made:
        for place, cell in desk.options(name).items():
            verdict = evaluate(problem, made | {name: place})
            assert cell.allowed == (not verdict.breaches)
            if cell.allowed:
                assert cell.change == verdict.cost - now.cost
    assert desk.state.timetable() == made


def test_who_stands_wrongly_is_named_and_who_is_unknown_refused():
    desk = Desk(small(), {"d": Place(8, "Den"), "a": Place(8, "Hall")})
    assert desk.misplaced == ("d",)
    assert desk.options("a")[Place(8, "Hall")].change == 0
    with pytest.raises(BadProblem, match="no session z"):
        desk.options("z")


def test_only_who_cannot_stay_moves():
    stood = {
        "a": Place(8, "Hall"),
        "b": Place(13, "Den"),
        "c": Place(DAY + 8, "Hall"),
        "d": Place(DAY + 10, "Hall"),
    }
    assert repair(small(), stood).moved == ()
    ill = replace(small(), speakers=(Speaker("Aigul"), Speaker("Bolat", (Span(0, DAY),))))
    repaired = repair(ill, stood)
    assert (repaired.moved, repaired.unplaced) == (("c",), ())
