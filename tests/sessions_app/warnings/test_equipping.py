"""Rooms that lack something, or seats."""

import pytest

from forum.editions.models import Edition
from sessions_app.timetable.models import Room
from tests.sessions_app.warnings.conftest import Maker, rules, sentences

pytestmark = pytest.mark.django_db

FACILITIES = ["sign_language", "hearing_loop", "step_free", "stream"]


def test_all_that_a_room_lacks_stands_in_one_sentence(
    edition: Edition, hall: Room, session: Maker
) -> None:
    needs = dict.fromkeys(FACILITIES, True)
    session("Water", hall, "10:00-11:00", interpretation_languages=["ru", "en"], **needs)
    assert sentences(edition) == [
        "The room “Hall” lacks what “Water” needs: interpretation (English, Russian), sign"
        " language, hearing loop, step-free access, live broadcast."
    ]


@pytest.mark.parametrize("facility", FACILITIES)
def test_each_facility_is_missed_until_the_room_has_it(
    edition: Edition, hall: Room, session: Maker, facility: str
) -> None:
    session("Water", hall, "10:00-11:00", **{facility: True})
    assert rules(edition) == ["room_lacks"]
    Room.objects.update(**{facility: True})
    assert rules(edition) == []


def test_only_the_languages_that_the_room_lacks_are_named(
    edition: Edition, hall: Room, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", interpretation_languages=["ru", "en"])
    Room.objects.update(interpretation_languages=["kk", "ru"])
    assert sentences(edition) == [
        "The room “Hall” lacks what “Water” needs: interpretation (English)."
    ]


def test_more_people_than_seats_are_told(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00", expected_audience=101)
    assert sentences(edition) == ["“Water” expects 101 people, and the room “Hall” has 100 seats."]


def test_a_full_room_is_large_enough(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00", expected_audience=100)
    assert rules(edition) == []


def test_a_room_without_a_number_of_seats_holds_everybody(
    edition: Edition, hall: Room, session: Maker
) -> None:
    Room.objects.update(capacity=None)
    session("Water", hall, "10:00-11:00", expected_audience=5000)
    assert rules(edition) == []
