"""What the board draws, and what it hears every few seconds."""

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.models import Edition
from sessions_app.models import (
    Appearance,
    Building,
    Draft,
    Placement,
    Room,
    RoomAvailability,
    Session,
    Speaker,
    SpeakerAvailability,
    Track,
    Walk,
    WarningLevel,
)
from sessions_app.warnings.models import Level, Rule

from .conftest import Desk, at, to

pytestmark = pytest.mark.django_db
FIRST = "2025-10-15"


def session(desk: Desk, code: str) -> dict[str, object]:
    return next(one for one in desk.get("state.json").json()["sessions"] if one["code"] == code)


def test_a_session_is_told_with_its_people_and_place(
    desk: Desk, edition: Edition, sessions: dict[str, Session]
) -> None:
    track = Track.objects.create(edition=edition, code="eco", name_en="Ecology", colour=3)
    Session.objects.filter(code="AAA").update(
        track=track, stream=True, interpretation_languages=["kk"], expected_audience=70
    )
    speaker = Speaker.objects.create(
        edition=edition, code="P1", given_name_en="Sample", family_name_en="Speaker"
    )
    Appearance.objects.create(session=sessions["AAA"], speaker=speaker)
    assert session(desk, "AAA") == {
        "code": "AAA",
        "title": "Session AAA",
        "lang": "",
        "kind": "breakout",
        "track": "eco",
        "minutes": 60,
        "audience": 70,
        "needs": ["interpretation: Kazakh", "live broadcast"],
        "people": ["Sample Speaker"],
        "cancelled": False,
        "place": {"room": "main", "day": FIRST, "start": 600, "minutes": 60},
    }


def test_what_is_not_placed_has_no_place(desk: Desk) -> None:
    assert session(desk, "BBB")["place"] is None


def test_a_text_in_another_language_says_so(desk: Desk) -> None:
    Session.objects.filter(code="BBB").update(title_en="", title_kk="Ашылу")
    told = session(desk, "BBB")
    assert (told["title"], told["lang"]) == ("Ашылу", "kk")


def test_a_cancelled_session_is_shown_where_it_stood_and_nowhere_else(desk: Desk) -> None:
    Session.objects.filter(code__in=["AAA", "BBB"]).update(cancelled_at=timezone.now())
    told = desk.get("state.json").json()["sessions"]
    assert [(one["code"], one["cancelled"]) for one in told] == [("AAA", True), ("CCC", False)]


def test_the_days_hold_what_stands_in_them(desk: Desk) -> None:
    Placement.objects.update(starts_at=at("7:30"), ends_at=at("21:10"))
    first, second = desk.get("state.json").json()["days"]
    assert (first["first"], first["last"], first["label"]) == (420, 1320, "Wednesday, 15 October")
    assert (second["first"], second["last"], second["outside"]) == (480, 1200, False)


def test_a_night_belongs_to_the_day_before(desk: Desk, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(day_starts_at=dt.time(6))
    Placement.objects.update(starts_at=at("1:00", 16), ends_at=at("2:00", 16))
    assert session(desk, "AAA")["place"] == {
        "room": "main",
        "day": FIRST,
        "start": 25 * 60,
        "minutes": 60,
    }


def test_a_day_outside_the_edition_is_shown_when_something_stands_there(desk: Desk) -> None:
    Placement.objects.update(starts_at=at("10:00", 20), ends_at=at("11:00", 20))
    assert [day["outside"] for day in desk.get("state.json").json()["days"]] == [False, False, True]


def fill(edition: Edition, count: int) -> None:
    for number in range(count):
        made = Session.objects.create(edition=edition, code=f"N{number}", title_en="More")
        room = Room.objects.create(edition=edition, code=f"n{number}", name_en="More")
        Placement.objects.create(session=made, room=room, starts_at=at("9:00"), ends_at=at("9:30"))
        speaker = Speaker.objects.create(edition=edition, code=f"N{number}", given_name_en="More")
        Appearance.objects.create(session=made, speaker=speaker)


@pytest.mark.parametrize("path", ["", "state.json", "findings.json"])
def test_it_is_read_with_as_many_queries_for_more_rows(
    desk: Desk, edition: Edition, path: str
) -> None:
    desk.get(path)
    counts = []
    for more in (1, 3):
        Session.objects.filter(code__startswith="N").delete()
        Room.objects.filter(code__startswith="n").delete()
        Speaker.objects.all().delete()
        fill(edition, more)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert desk.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def news(desk: Desk, state: dict[str, Any]) -> dict[str, Any]:
    answer = desk.get("changes.json", since=state["version"], stamp=state["stamp"])
    assert answer.status_code == 200
    return dict(answer.json())


def test_when_nothing_happened_nothing_is_told_in_three_queries(desk: Desk) -> None:
    state = desk.get("state.json").json()
    with CaptureQueriesContext(connection) as asked:
        told = news(desk, state)
    assert told == {
        "version": state["version"],
        "stamp": state["stamp"],
        "reread": False,
        "changes": [],
    }
    # Redis may have let go of the session, which is then read from the database.
    queries = [query["sql"] for query in asked if "django_session" not in query["sql"]]
    assert len(queries) <= 3, queries


def test_what_others_did_is_told_once_for_each_session(desk: Desk, other_desk: Desk) -> None:
    state = desk.get("state.json").json()
    other_desk.move(to("AAA", "small", f"{FIRST}T12:00"))
    other_desk.move(to("AAA", None))
    (change,) = news(desk, state)["changes"]
    assert change == {
        "session": "AAA",
        "place": None,
        "mine": False,
        "sentence": "“Session AAA” is not placed any more. Changed by Samat.",
    }


def test_what_an_import_did_is_told_without_a_name(desk: Desk) -> None:
    state = desk.get("state.json").json()
    Placement.objects.update(ends_at=at("11:30"))
    (change,) = news(desk, state)["changes"]
    assert change["sentence"] == (
        "“Session AAA” now stands in “Great Hall”: Wednesday, 15 October, 10:00–11:30."
    )


def test_a_new_title_says_that_all_is_to_be_read_again(desk: Desk) -> None:
    state = desk.get("state.json").json()
    Session.objects.filter(code="AAA").update(title_en="Renamed")
    assert news(desk, state)["reread"] is True


def touch_inputs(edition: Edition) -> Iterator[None]:
    """Change, one after the other, what only the warnings look at."""
    speaker = Speaker.objects.create(edition=edition, code="P1", given_name_en="Sample")
    window = {"starts_at": at("9:00"), "ends_at": at("12:00")}
    yield
    came = SpeakerAvailability.objects.create(speaker=speaker, **window)
    yield
    SpeakerAvailability.objects.update(ends_at=at("13:00"))
    yield
    came.delete()
    yield
    RoomAvailability.objects.create(room=edition.rooms.get(code="main"), **window)
    yield
    one, other = (Building.objects.create(edition=edition, name=name) for name in "AB")
    yield
    Walk.objects.create(one=one, other=other, minutes=10)
    yield
    WarningLevel.objects.create(edition=edition, rule=Rule.TRACK_TWICE, level=Level.IGNORED)
    yield


def test_what_only_warnings_look_at_says_that_all_is_to_be_read_again(
    desk: Desk, edition: Edition
) -> None:
    stamps = [desk.get("state.json").json()["stamp"] for _touched in touch_inputs(edition)]
    assert len(stamps) == 8
    assert all(one != other for one, other in itertools.pairwise(stamps))


def test_a_version_of_the_future_says_so_too(desk: Desk) -> None:
    state = desk.get("state.json").json()
    assert news(desk, state | {"version": state["version"] + 5})["reread"] is True


def test_too_many_changes_say_so_too(desk: Desk) -> None:
    state = desk.get("state.json").json()
    for minute in range(301):
        Placement.objects.update(ends_at=at("11:00") + dt.timedelta(minutes=minute + 1))
    assert Draft.objects.get().version == state["version"] + 301
    assert news(desk, state)["reread"] is True


@pytest.mark.parametrize("since", ["", "x", "-1", "9" * 30, "١"])
def test_a_version_that_is_none_is_refused(desk: Desk, since: str) -> None:
    assert desk.get("changes.json", since=since).status_code == 400
