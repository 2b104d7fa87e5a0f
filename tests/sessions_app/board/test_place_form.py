"""The board without a script: a day's list, and a form that moves one session."""

import pytest

from forum.models import Organiser
from sessions_app.models import Draft

from .conftest import BOARD, Desk, at, places, to

pytestmark = pytest.mark.django_db
FIRST, SECOND = "2025-10-15", "2025-10-16"


def post(desk: Desk, **told: object):
    form = {"session": "BBB", "room": "small", "day": SECOND, "time": "14:00", "minutes": "90"}
    return desk.client.post(f"{BOARD}place/", form | told)


def test_a_session_is_placed_and_its_day_shown(desk: Desk) -> None:
    answer = post(desk)
    assert (answer.status_code, answer["Location"]) == (302, f"{BOARD}?day={SECOND}")
    assert places()["BBB"] == ("small", at("14:00", 16), at("15:30", 16))
    page = desk.client.get(answer["Location"])
    assert "The timetable is changed." in page.content.decode()
    assert [one.session.code for one in page.context["placed"]] == ["BBB"]


def test_without_a_room_it_is_taken_out(desk: Desk) -> None:
    assert post(desk, session="AAA", room="", time="", minutes="").status_code == 302
    assert places() == {}


def test_the_form_holds_where_the_session_stands(desk: Desk) -> None:
    form = desk.get("", session="AAA").context["form"]
    assert (form["room"].value(), form["day"].value(), form["minutes"].value()) == (
        "main",
        FIRST,
        60,
    )
    assert 'value="10:00"' in str(form["time"])


def test_what_is_missing_is_said_at_its_field(desk: Desk) -> None:
    answer = post(desk, time="")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["time"]


def test_a_time_off_the_grid_is_refused(desk: Desk) -> None:
    answer = post(desk, time="14:03")
    assert answer.status_code == 422
    assert "Sessions begin at full five minutes" in answer.content.decode()
    assert set(places()) == {"AAA"}


def test_what_another_moved_meanwhile_is_not_overwritten(desk: Desk, other_desk: Desk) -> None:
    seen = Draft.objects.get().version
    other_desk.move(to("AAA", "small", f"{FIRST}T12:00"))
    answer = post(desk, session="AAA", base=str(seen))
    assert answer.status_code == 409
    assert places()["AAA"][1] == at("12:00")


@pytest.mark.parametrize("field", ["session", "room", "day", "time", "minutes", "base"])
@pytest.mark.parametrize("value", ["\0", "x" * 5000, "9" * 40, "-1"])
def test_nonsense_is_refused(desk: Desk, field: str, value: str) -> None:
    assert post(desk, **{field: value}).status_code == 422
    assert set(places()) == {"AAA"}


@pytest.mark.parametrize("asked", [{"day": "x"}, {"session": "\0"}, {"session": "NONE"}])
def test_an_address_with_nonsense_shows_the_first_day(desk: Desk, asked: dict[str, str]) -> None:
    page = desk.get("", **asked)
    assert (page.status_code, page.context["day"].isoformat()) == (200, FIRST)


def test_a_delegate_places_nothing(desk: Desk) -> None:
    Organiser.objects.all().delete()
    assert post(desk).status_code == 404
    assert set(places()) == {"AAA"}
