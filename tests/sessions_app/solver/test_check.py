"""What counting says of a problem is true, and it is silent where a whole timetable exists."""

import pytest
from hypothesis import given, settings

from sessions_app.solver.check import Issue, check
from sessions_app.solver.problem import Room, Session, Span, Speaker
from sessions_app.solver.proposal import propose
from tests.sessions_app.solver.programmes import problems, small


def test_it_is_silent_where_all_is_well():
    assert check(small()) == []


@pytest.mark.parametrize(
    ("changed", "issue"),
    [
        ({"rooms": ()}, Issue("no_rooms")),
        ({"blocks": ()}, Issue("no_blocks")),
        (
            {"sessions": (Session("a", 10),)},
            Issue("longer_than_any_block", ("a",), (("duration", 10), ("longest", 9))),
        ),
        (
            {"sessions": (Session("a", 1, features=frozenset({"stage"})),)},
            Issue("no_room_has_features", ("a",)),
        ),
        ({"sessions": (Session("a", 1, pin_start=5),)}, Issue("no_time", ("a",))),
        ({"rooms": (Room("Den", 9, windows=(Span(0, 4),)),)}, Issue("rooms_closed", ("a",))),
        (
            {"sessions": tuple(Session(n, 2, pin_start=8, pin_room="Den") for n in "ab")},
            Issue("pinned_together", ("a", "b", "Den")),
        ),
        (
            {"before": (("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"))},
            Issue("order_in_a_circle", ("a", "b", "c")),
        ),
        (
            {"blocks": (Span(8, 13),)},
            Issue("too_few_rooms", (), (("asked", 12), ("there", 10))),
        ),
        (
            {"speakers": (Speaker("Aigul", (Span(0, 14),)), Speaker("Bolat"))},
            Issue("speaker_has_too_little_time", ("Aigul",), (("asked", 8), ("there", 6))),
        ),
    ],
)
def test_it_says_why_no_timetable_can_be_whole(changed, issue):
    assert issue in check(small(**({"wishes": {}} | changed)))


@settings(deadline=None, max_examples=100)
@given(problems())
def test_where_it_finds_an_issue_no_proposal_is_whole(problem):
    if check(problem):
        assert propose(problem, iterations=0).unplaced
