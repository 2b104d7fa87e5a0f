"""What the search adds up from moves is what the judge finds from the rules' words."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.solver.anneal import cell, roomy, shift_cost, snapshot, step
from sessions_app.solver.evaluate import evaluate
from sessions_app.solver.greedy import fill
from sessions_app.solver.grid import compile_grid
from sessions_app.solver.problem import Problem
from sessions_app.solver.state import State
from tests.sessions_app.solver.programmes import problems

SEEDS = st.integers(0, 1000)


def filled(problem: Problem) -> tuple[State, list[int]]:
    state = State(compile_grid(problem))
    left = fill(state, list(range(len(problem.sessions))))
    return state, [n for n in range(len(problem.sessions)) if n not in left]


@settings(deadline=None, max_examples=150)
@given(problems(), SEEDS)
def test_after_any_moves_no_rule_is_broken_and_the_cost_is_the_judges(problem, seed):
    state, placed = filled(problem)
    rng = Random(seed)
    for _ in range(200 if placed else 0):
        step(state, placed, rng, temperature=1000)
    verdict = evaluate(problem, state.timetable())
    assert verdict.breaches == ()
    assert verdict.cost == state.cost


@settings(deadline=None, max_examples=100)
@given(problems(), SEEDS)
def test_a_shift_costs_what_it_was_said_to_cost(problem, seed):
    state, placed = filled(problem)
    rng = Random(seed)
    for session in placed:
        found = cell(state, session, rng)
        if found and state.allows_time(session, found[0]) and roomy(state, session, *found):
            said, before = shift_cost(state, session, *found), state.cost
            state.remove(session)
            state.place(session, *found)
            assert state.cost - before == said


@settings(deadline=None, max_examples=50)
@given(problems())
def test_what_is_taken_out_and_put_back_leaves_no_trace(problem):
    state, placed = filled(problem)
    cost, stood, live, busy = state.cost, snapshot(state), list(state.live), list(state.busy)
    for session in placed:
        state.place(session, *state.remove(session))
    assert (state.cost, snapshot(state), state.live, state.busy) == (cost, stood, live, busy)


@settings(deadline=None, max_examples=50)
@given(problems())
def test_a_timetable_that_was_made_can_be_adopted_whole(problem):
    made = filled(problem)[0].timetable()
    state = State(compile_grid(problem, made))
    assert state.adopt(made) == []
    assert state.timetable() == made
