"""Moves that a browser asks for: carried out whole, or refused with one sentence."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.models import Edition
from sessions_app.models import Draft, DraftChange, Placement, Room, Session

from .conftest import BOARD, Desk, at, organiser_of, places, to

pytestmark = pytest.mark.django_db
FIRST = "2025-10-15"


def test_a_session_is_placed(desk: Desk) -> None:
    answer = desk.move(to("BBB", "small", f"{FIRST}T14:00", 90))
    assert answer.status_code == 200
    assert places()["BBB"] == ("small", at("14:00"), at("15:30"))
    (change,) = answer.json()["changes"]
    assert (change["session"], change["mine"]) == ("BBB", True)
    assert change["place"] == {"room": "small", "day": FIRST, "start": 840, "minutes": 90}
    assert change["sentence"] == (
        "“Session BBB” now stands in “Small Hall”: Wednesday, 15 October, 14:00–15:30."
        " Changed by Aigul."
    )


def test_the_change_is_signed(desk: Desk) -> None:
    desk.move(to("BBB", "small", f"{FIRST}T14:00"))
    assert DraftChange.objects.latest("number").by == desk.person


def test_a_time_with_an_offset_is_that_moment(desk: Desk) -> None:
    desk.move(to("BBB", "small", f"{FIRST}T09:00+00:00"))
    assert places()["BBB"][1] == at("14:00")


def test_several_move_together(desk: Desk) -> None:
    answer = desk.move(
        to("AAA", "small", f"{FIRST}T10:00"), to("BBB", "main", f"{FIRST}T10:00"), to("CCC", None)
    )
    assert answer.status_code == 200
    assert {code: place[0] for code, place in places().items()} == {"AAA": "small", "BBB": "main"}
    assert len(set(DraftChange.objects.filter(number__gt=1).values_list("batch"))) == 1


def test_a_session_goes_back_to_the_tray(desk: Desk) -> None:
    answer = desk.move(to("AAA", None))
    assert places() == {}
    assert answer.json()["changes"][0]["place"] is None


def test_a_move_asks_as_many_queries_for_three_sessions_as_for_one(desk: Desk) -> None:
    counts = []
    for codes in (["AAA"], ["AAA", "BBB", "CCC"]):
        moves = [to(code, "small", f"{FIRST}T1{place}:00") for place, code in enumerate(codes)]
        seen = Draft.objects.get().version
        with CaptureQueriesContext(connection) as asked:
            assert desk.move(*moves, base=seen).status_code == 200
        # Redis may have let go of the session, which is then read from the database.
        counts.append(sum("django_session" not in query["sql"] for query in asked))
    assert counts[0] == counts[1] <= 17


REFUSED: dict[str, tuple[Any, str]] = {
    "before the first day": (to("BBB", "main", "2025-10-14T10:00"), "outside the days"),
    "after the last day": (to("BBB", "main", "2025-10-16T23:30"), "outside the days"),
    "in the year 1": (to("BBB", "main", "0001-01-01T00:00"), "This is no time"),
    "in the year 9999": (to("BBB", "main", "9999-12-31T23:59-12:00"), "This is no time"),
    "off the grid": (to("BBB", "main", f"{FIRST}T10:37"), "full five minutes, such as 10:05"),
    "with seconds": (to("BBB", "main", f"{FIRST}T10:35:10"), "full five minutes, such as 10:05"),
    "of odd length": (to("BBB", "main", f"{FIRST}T10:00", 43), "such as 45 or 50"),
    "of no length": (to("BBB", "main", f"{FIRST}T10:00", 0), "at least 5 minutes"),
    "of negative length": (to("BBB", "main", f"{FIRST}T10:00", -60), "at least 5 minutes"),
    "longer than a day": (to("BBB", "main", f"{FIRST}T00:00", 1445), "at most 24 hours"),
    "longer than anything": (to("BBB", "main", f"{FIRST}T00:00", 10**30), "at most 24 hours"),
    "a length in words": (to("BBB", "main", f"{FIRST}T10:00", "long"), "at least 5 minutes"),
    "no time": (to("BBB", "main", "soon"), "This is no time"),
    "a number for a time": (to("BBB", "main", 5), "This is no time"),
    "an unknown session": (to("XXX", "main", f"{FIRST}T10:00"), "no such session"),
    "a session with a NUL": (to("B\0B", "main", f"{FIRST}T10:00"), "no such session"),
    "an unknown room": (to("BBB", "attic", f"{FIRST}T10:00"), "no such room"),
    "a list for a room": (to("BBB", [], f"{FIRST}T10:00"), "no such room"),
    "no object": ("BBB", "no such session"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(desk: Desk, name: str) -> None:
    asked, sentence = REFUSED[name]
    answer = desk.move(to("AAA", "small", f"{FIRST}T10:00"), asked)
    assert answer.status_code == 422
    assert sentence in answer.json()["error"]
    assert places() == {"AAA": ("main", at("10:00"), at("11:00"))}


def test_a_session_of_another_edition_is_unknown(desk: Desk) -> None:
    other = Edition.objects.create(
        year=2026, slug="13", starts_on=dt.date(2025, 10, 15), ends_on=dt.date(2025, 10, 15)
    )
    Session.objects.create(edition=other, code="OTHER", title_en="Elsewhere")
    Room.objects.create(edition=other, code="other", name_en="Elsewhere")
    assert "session" in desk.move(to("OTHER", "main", f"{FIRST}T10:00")).json()["error"]
    assert "room" in desk.move(to("BBB", "other", f"{FIRST}T10:00")).json()["error"]
    assert set(places()) == {"AAA"}


def test_a_cancelled_session_stays(desk: Desk, sessions: dict[str, Session]) -> None:
    Session.objects.filter(pk=sessions["AAA"].pk).update(cancelled_at=timezone.now())
    answer = desk.move(to("AAA", None))
    assert (answer.status_code, answer.json()["error"]) == (
        422,
        "“Session AAA” is cancelled and cannot be moved.",
    )
    assert set(places()) == {"AAA"}


def test_an_imported_time_may_stay(desk: Desk) -> None:
    Placement.objects.update(starts_at=at("10:37"), ends_at=at("11:20"))
    assert desk.move(to("AAA", "small", f"{FIRST}T10:37", 43)).status_code == 200
    assert desk.move(to("AAA", "small", f"{FIRST}T11:00", 43)).status_code == 200
    assert places()["AAA"] == ("small", at("11:00"), at("11:43"))


def test_an_imported_start_may_stay_with_a_new_end_on_the_grid(desk: Desk) -> None:
    Placement.objects.update(starts_at=at("10:37"), ends_at=at("11:20"))
    assert desk.move(to("AAA", "main", f"{FIRST}T10:37", 53)).status_code == 200
    assert desk.move(to("AAA", "main", f"{FIRST}T10:37", 54)).status_code == 422
    assert places()["AAA"] == ("main", at("10:37"), at("11:30"))


def test_one_session_twice_is_refused(desk: Desk) -> None:
    asked = to("BBB", "main", f"{FIRST}T10:00")
    answer = desk.move(asked, asked)
    assert (answer.status_code, set(places())) == (422, {"AAA"})


def test_more_than_two_hundred_are_refused(desk: Desk) -> None:
    answer = desk.move(*[to(f"S{number}", None) for number in range(201)])
    assert "At most 200" in answer.json()["error"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"[" * 100_000,
        b'{"base": 1}',
        b'{"base": "1", "moves": []}',
        b'{"base": true, "moves": []}',
        b'{"base": -1, "moves": []}',
        b'{"base": 1, "moves": {}}',
        b'{"base": ' + b"9" * 5000 + b', "moves": []}',
        b'{"base": 99999999999999999999, "moves": []}',
    ],
)
def test_garbage_is_told_so(desk: Desk, body: bytes) -> None:
    answer = desk.client.post(f"{BOARD}moves/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json() == {"error": "The board could not read this. Reload the page."}


def test_a_body_over_the_limit_is_told_so(desk: Desk) -> None:
    body = b" " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = desk.client.post(f"{BOARD}moves/", body, content_type="application/json")
    assert answer.status_code == 413
    assert answer.json() == {
        "error": "This is too much at once; nothing was changed. Move fewer sessions."
    }


def test_what_another_moved_meanwhile_is_not_overwritten(desk: Desk, other_desk: Desk) -> None:
    seen = Draft.objects.get().version
    other_desk.move(to("AAA", "small", f"{FIRST}T12:00"))
    answer = desk.move(to("AAA", "main", f"{FIRST}T15:00"), base=seen)
    told = answer.json()
    assert answer.status_code == 409
    assert places()["AAA"] == ("small", at("12:00"), at("13:00"))
    assert told["meanwhile"] == [
        "“Session AAA” now stands in “Small Hall”: Wednesday, 15 October, 12:00–13:00."
        " Changed by Samat."
    ]
    assert told["changes"][0]["place"]["room"] == "small"
    assert told["version"] == seen + 1


def test_a_move_over_midnight_says_both_days(desk: Desk, other_desk: Desk) -> None:
    other_desk.move(to("AAA", "small", f"{FIRST}T11:00", 1440))
    told = desk.move(to("AAA", "main", f"{FIRST}T15:00"), base=Draft.objects.get().version - 1)
    assert "15 October, 11:00 – Thursday, 16 October, 11:00." in told.json()["meanwhile"][0]


def test_what_others_did_elsewhere_comes_with_the_answer(desk: Desk, other_desk: Desk) -> None:
    seen = Draft.objects.get().version
    other_desk.move(to("BBB", "small", f"{FIRST}T12:00"))
    told = desk.move(to("AAA", "main", f"{FIRST}T15:00"), base=seen).json()
    assert [(one["session"], one["mine"]) for one in told["changes"]] == [
        ("BBB", False),
        ("AAA", True),
    ]


def test_without_its_token_nothing_moves(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.person)
    answer = client.post(f"{BOARD}moves/", "{}", content_type="application/json")
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["moves/", "undo/", "redo/", "place/"])
def test_a_move_is_posted(desk: Desk, path: str) -> None:
    assert desk.get(path).status_code == 405


@pytest.mark.parametrize("path", ["moves/", "undo/", "redo/"])
def test_who_does_not_organise_this_edition_finds_nothing(edition: Edition, path: str) -> None:
    other = Edition.objects.create(
        year=2023, slug="11", starts_on=edition.starts_on, ends_on=edition.ends_on
    )
    stranger = Desk(organiser_of(other, "stranger"))
    assert stranger.post(path, {"base": 1, "moves": [to("AAA", None)]}).status_code == 404
    assert Client().post(f"{BOARD}{path}").status_code == 404
    assert set(places()) == {"AAA"}
