"""Undo and redo: one's own gestures, in their order, and never over what others did since."""

import pytest
from django.utils import timezone

from sessions_app.models import DraftChange, Placement, Room, Session

from .conftest import Desk, at, places, to

pytestmark = pytest.mark.django_db
FIRST = "2025-10-15"
WAS = {"AAA": ("main", at("10:00"), at("11:00"))}


def move_a(desk: Desk, clock: str) -> None:
    assert desk.move(to("AAA", "small", f"{FIRST}T{clock}")).status_code == 200


def start_of_a() -> str:
    local = places()["AAA"][1].astimezone(at("0:00").tzinfo)
    return f"{local:%H:%M}"


def test_a_gesture_is_taken_back_whole(desk: Desk) -> None:
    desk.move(to("AAA", "small", f"{FIRST}T12:00"), to("BBB", "main", f"{FIRST}T10:00"))
    answer = desk.post("undo/")
    assert answer.status_code == 200
    assert places() == WAS
    assert (answer.json()["can_undo"], answer.json()["can_redo"]) == (False, True)


def test_what_was_taken_back_is_done_again(desk: Desk) -> None:
    move_a(desk, "12:00")
    desk.post("undo/")
    answer = desk.post("redo/")
    assert start_of_a() == "12:00"
    assert (answer.json()["can_undo"], answer.json()["can_redo"]) == (True, False)


def test_undo_and_redo_go_through_several_in_order(desk: Desk) -> None:
    for clock in ("12:00", "13:00", "14:00"):
        move_a(desk, clock)
    seen: list[str] = []
    for path in ("undo/", "undo/", "redo/", "redo/", "undo/", "undo/", "undo/"):
        assert desk.post(path).status_code == 200, (path, seen)
        seen.append(start_of_a())
    assert seen == ["13:00", "12:00", "13:00", "14:00", "13:00", "12:00", "10:00"]
    assert desk.post("undo/").status_code == 422


def test_a_new_gesture_ends_what_could_be_done_again(desk: Desk) -> None:
    move_a(desk, "12:00")
    desk.post("undo/")
    move_a(desk, "13:00")
    answer = desk.post("redo/")
    assert (answer.status_code, answer.json()["error"]) == (
        422,
        "There is nothing of yours to do again.",
    )


def test_the_undoing_is_a_batch_that_names_the_other(desk: Desk) -> None:
    move_a(desk, "12:00")
    batch = DraftChange.objects.latest("number").batch
    desk.post("undo/")
    undoing = DraftChange.objects.latest("number")
    assert (undoing.undoes, undoing.by) == (batch, desk.person)


def test_what_others_did_is_not_mine_to_take_back(desk: Desk, other_desk: Desk) -> None:
    move_a(other_desk, "12:00")
    assert desk.post("undo/").json()["error"] == "There is nothing of yours to take back."
    assert start_of_a() == "12:00"


def test_what_another_moved_since_is_left_alone(desk: Desk, other_desk: Desk) -> None:
    move_a(desk, "12:00")
    move_a(other_desk, "13:00")
    answer = desk.post("undo/")
    assert (answer.status_code, answer.json()["error"]) == (
        422,
        "Samat moved “Session AAA” since, so this is not taken back.",
    )
    assert start_of_a() == "13:00"


def test_what_another_took_back_may_be_undone_again(desk: Desk, other_desk: Desk) -> None:
    move_a(desk, "12:00")
    move_a(other_desk, "13:00")
    other_desk.post("undo/")
    assert desk.post("undo/").status_code == 200
    assert places() == WAS


def test_a_session_cancelled_since_stays(desk: Desk, sessions: dict[str, Session]) -> None:
    move_a(desk, "12:00")
    Session.objects.filter(pk=sessions["AAA"].pk).update(cancelled_at=timezone.now())
    assert desk.post("undo/").status_code == 422
    assert start_of_a() == "12:00"


def test_a_room_that_is_gone_is_told(desk: Desk, hall: Room) -> None:
    move_a(desk, "12:00")
    hall.delete()
    assert "is gone" in desk.post("undo/").json()["error"]


def test_an_imported_time_comes_back(desk: Desk) -> None:
    Placement.objects.update(starts_at=at("10:37"), ends_at=at("11:20"))
    move_a(desk, "12:00")
    assert desk.post("undo/").status_code == 200
    assert places()["AAA"] == ("main", at("10:37"), at("11:20"))
