"""The warnings at the board: what is wrong, what no move may do, where one could not go."""

from typing import Any

import pytest
from django.core.cache import cache

from forum.models import Edition
from sessions_app.models import Appearance, Placement, Room, Session, Speaker, WarningLevel
from sessions_app.warnings.models import Level, Rule

from .conftest import Desk, at, places, to

pytestmark = pytest.mark.django_db
FIRST = "2025-10-15"


@pytest.fixture
def strict(edition: Edition) -> None:
    WarningLevel.objects.create(edition=edition, rule=Rule.ROOM_TWICE, level=Level.BLOCKS_PLACING)


def clashes(told: dict[str, Any]) -> list[object]:
    come = told["findings"]["come"]
    return [one["sessions"] for one in come if one["rule"] == "room_twice"]


def test_a_clash_comes_with_the_answer_that_made_it(desk: Desk) -> None:
    told = desk.move(to("BBB", "main", f"{FIRST}T10:30")).json()
    assert clashes(told) == [["AAA", "BBB"]]
    assert clashes(desk.get("findings.json").json()) == [["AAA", "BBB"]]


def test_a_clash_is_gone_with_the_answer_that_solved_it(desk: Desk) -> None:
    desk.move(to("BBB", "main", f"{FIRST}T10:30"))
    assert clashes(desk.move(to("BBB", "small", f"{FIRST}T10:30")).json()) == []


def read_all(desk: Desk) -> dict[str, Any]:
    state = desk.get("state.json").json()
    told = desk.get("findings.json", since=state["version"], stamp=state["stamp"]).json()
    assert told["version"] == state["version"]
    return dict(told)


def test_only_what_came_and_went_is_told_to_who_knows_the_rest(desk: Desk) -> None:
    state = read_all(desk)
    heard = {one["name"] for one in state["findings"]["come"]}
    made = desk.move(to("BBB", "main", f"{FIRST}T10:30"), stamp=state["stamp"]).json()
    come = {one["name"] for one in made["findings"]["come"]}
    assert made["findings"]["whole"] is False
    assert not come & heard
    known = heard - set(made["findings"]["gone"]) | come
    now = desk.get("findings.json").json()["findings"]
    assert now["whole"] is True
    assert {one["name"] for one in now["come"]} == known


def test_who_read_long_ago_is_told_all(desk: Desk) -> None:
    read_all(desk)
    cache.clear()
    assert desk.move(to("BBB", None)).json()["changes"] == []
    told = desk.move(to("BBB", "main", f"{FIRST}T10:30"))
    assert told.json()["findings"]["whole"] is True


def test_others_hear_of_a_clash(desk: Desk, other_desk: Desk) -> None:
    state = desk.get("state.json").json()
    other_desk.move(to("BBB", "main", f"{FIRST}T10:30"))
    told = desk.get("changes.json", since=state["version"], stamp=state["stamp"]).json()
    assert clashes(told) == [["AAA", "BBB"]]


@pytest.mark.usefixtures("strict")
def test_what_blocks_the_placing_is_refused(desk: Desk) -> None:
    answer = desk.move(to("BBB", "main", f"{FIRST}T10:30"))
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(
        "That is not possible. “Session AAA” and “Session BBB”"
    )
    assert set(places()) == {"AAA"}


@pytest.mark.usefixtures("strict")
def test_what_was_wrong_before_keeps_nobody_from_other_moves(
    desk: Desk, sessions: dict[str, Session], hall: Room
) -> None:
    Placement.objects.create(
        session=sessions["BBB"], room=hall, starts_at=at("10:30"), ends_at=at("11:30")
    )
    assert desk.move(to("CCC", "small", f"{FIRST}T10:00")).status_code == 200


@pytest.mark.usefixtures("strict")
def test_an_undoing_is_held_to_it_too(desk: Desk, other_desk: Desk) -> None:
    desk.move(to("AAA", "small", f"{FIRST}T10:00"))
    other_desk.move(to("BBB", "main", f"{FIRST}T10:00"))
    assert desk.post("undo/").status_code == 422
    assert places()["AAA"][0] == "small"


def options(desk: Desk, session: str, minutes: int = 60) -> dict[str, dict[str, object]]:
    told = desk.get("options.json", session=session, minutes=minutes).json()["obstacles"]
    return {one["room"]: one for one in told}


def test_where_a_room_is_taken_nothing_can_begin(desk: Desk) -> None:
    taken = options(desk, "BBB")["main"]
    assert (taken["from"], taken["level"]) == ([[FIRST, 540, 660]], "blocks_release")
    assert "Session AAA" in str(taken["sentence"])


def test_a_longer_session_is_in_the_way_earlier(desk: Desk) -> None:
    shorter, longer = options(desk, "BBB", 30)["main"], options(desk, "BBB", 120)["main"]
    assert [one["from"][0][1] for one in (shorter, longer)] == [570, 480]  # type: ignore[index]


def test_a_speaker_who_is_elsewhere_is_in_the_way_in_every_room(
    desk: Desk, edition: Edition, sessions: dict[str, Session]
) -> None:
    speaker = Speaker.objects.create(edition=edition, code="P1", given_name_en="Sample")
    for code in ("AAA", "BBB"):
        Appearance.objects.create(session=sessions[code], speaker=speaker)
    assert "Sample" in str(options(desk, "BBB")[None]["sentence"])  # type: ignore[index]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"session": "BBB"},
        {"session": "BBB", "minutes": "0"},
        {"session": "BBB", "minutes": "1441"},
        {"session": "BBB", "minutes": "x"},
        {"session": "XXX", "minutes": "60"},
        {"session": "\0", "minutes": "60"},
    ],
)
def test_a_question_without_sense_is_refused(desk: Desk, asked: dict[str, str]) -> None:
    assert desk.get("options.json", **asked).status_code == 400
