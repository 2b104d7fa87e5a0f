"""The judge finds each broken rule, and prices each wish, in a timetable written by hand."""

from dataclasses import replace

import pytest

from sessions_app.solver.evaluate import Breach, evaluate
from sessions_app.solver.problem import Place, Room, Session, Span, Speaker
from tests.sessions_app.solver.programmes import DAY, small

WHOLE = {
    "a": Place(8, "Hall"),
    "b": Place(13, "Den"),
    "c": Place(DAY + 8, "Hall"),
    "d": Place(DAY + 10, "Hall"),
}


def pinned(**changed):
    first, *others = small().sessions
    return small(sessions=(replace(first, **changed), *others))


def test_a_whole_timetable_breaks_nothing():
    verdict = evaluate(small(), WHOLE)
    assert (verdict.unplaced, verdict.breaches) == ((), ())
    # a and b, of one track, stand in two rooms on one day.
    assert {rule: cost for rule, cost in verdict.costs.items() if cost} == {"track_rooms": 10}


@pytest.mark.parametrize(
    ("problem", "moved", "breach"),
    [
        (small(), {"a": Place(6, "Hall")}, Breach("outside_blocks", ("a",))),
        (small(), {"b": Place(12, "Den")}, Breach("speaker_twice", ("a", "b", "Aigul"))),
        (small(), {"b": Place(8, "Den")}, Breach("speaker_twice", ("a", "b", "Aigul"))),
        (small(), {"d": Place(DAY + 10, "Den")}, Breach("room_lacks", ("d", "Den"))),
        (small(), {"d": Place(DAY + 9, "Hall")}, Breach("room_twice", ("c", "d", "Hall"))),
        (small(), {"d": Place(8, "Attic")}, Breach("unknown_room", ("d", "Attic"))),
        (small(), {"z": Place(8, "Hall")}, Breach("unknown_session", ("z",))),
        (pinned(pin_start=9), {}, Breach("pinned_start", ("a",))),
        (pinned(pin_room="Den"), {}, Breach("pinned_room", ("a",))),
        (pinned(plenary=True), {"d": Place(9, "Den")}, Breach("beside_plenary", ("a", "d"))),
        (small(before=(("b", "a"),)), {}, Breach("order", ("b", "a"))),
        (
            small(speakers=(Speaker("Aigul", (Span(9, 60),)), Speaker("Bolat"))),
            {},
            Breach("speaker_away", ("a", "Aigul")),
        ),
        (
            small(rooms=(small().rooms[0], Room("Den", 20, windows=(Span(14, 60),)))),
            {},
            Breach("room_closed", ("b", "Den")),
        ),
        (
            small(max_parallel={"t": 1}, speakers=(Speaker("Aigul"), Speaker("Bolat"))),
            {"b": Place(11, "Den")},
            Breach("track_crowded", ("a", "b")),
        ),
    ],
)
def test_it_finds_what_is_broken(problem, moved, breach):
    assert breach in evaluate(problem, WHOLE | moved).breaches


def test_windows_that_touch_are_one():
    problem = small(speakers=(Speaker("Aigul", (Span(0, 10), Span(10, 60))), Speaker("Bolat")))
    assert evaluate(problem, WHOLE).breaches == ()


def test_it_prices_each_wish():
    problem = small(published={"c": Place(DAY + 8, "Den"), "d": Place(8, "Hall")})
    beside = WHOLE | {"c": Place(8, "Den")}
    assert evaluate(problem, beside).costs == {
        "clash": 15,
        "overflow": 2,
        "track_parallel": 0,
        "track_rooms": 10,
        "speaker_days": 0,
        "moved_time": 60,
        "moved_room": 0,
    }


def test_further_days_of_a_speaker_cost_and_sessions_without_a_place_are_named():
    problem = small(sessions=(*small().sessions, Session("e", 1)))
    verdict = evaluate(problem, WHOLE | {"b": Place(DAY + 12, "Hall")})
    assert verdict.unplaced == ("e",)
    assert verdict.costs["speaker_days"] == 15
