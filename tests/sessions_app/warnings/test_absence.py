"""People and rooms that are not there at the time, and what lies outside the forum's days."""

import datetime as dt

import pytest

from forum.editions.models import Edition
from sessions_app.speakers.models import Speaker, SpeakerAvailability
from sessions_app.timetable.models import Placement, Room, RoomAvailability
from tests.sessions_app.warnings.conftest import Maker, at, rules, sentences

pytestmark = pytest.mark.django_db


def comes(speaker: Speaker, start: str, end: str) -> None:
    SpeakerAvailability.objects.create(speaker=speaker, starts_at=at(start), ends_at=at(end))


def test_a_speaker_who_cannot_come_is_named(
    edition: Edition, hall: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    comes(aigul, "10:30", "18:00")
    assert sentences(edition) == [
        "Aigul Example cannot come to “Water” at that time: 15.10.2025 10:00–11:00."
    ]


def test_what_lasts_over_midnight_says_both_days(
    edition: Edition, hall: Room, aigul: Speaker, session: Maker
) -> None:
    made = session("Water", hall, "11:00-12:00", speaker=aigul)
    Placement.objects.filter(session=made).update(ends_at=at("11:00", 16))
    comes(aigul, "10:30", "18:00")
    assert sentences(edition) == [
        "Aigul Example cannot come to “Water” at that time: 15.10.2025 11:00 – 16.10.2025 11:00."
    ]


def test_a_moderator_who_cannot_come_is_named_as_such(
    edition: Edition, hall: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul, role="moderator")
    comes(aigul, "12:00", "18:00")
    assert sentences(edition) == [
        "Aigul Example moderates “Water” and cannot come at that time: 15.10.2025 10:00–11:00."
    ]


def test_who_told_no_hours_can_always_come(
    edition: Edition, hall: Room, aigul: Speaker, daniyar: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    comes(daniyar, "12:00", "18:00")
    assert rules(edition) == []


def test_hours_that_touch_are_one_time(
    edition: Edition, hall: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    comes(aigul, "10:00", "10:30")
    comes(aigul, "10:30", "11:00")
    assert rules(edition) == []


def test_a_gap_between_hours_counts(
    edition: Edition, hall: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    comes(aigul, "09:00", "10:20")
    comes(aigul, "10:30", "12:00")
    assert rules(edition) == ["speaker_away"]


def test_a_room_that_cannot_be_used_is_named(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00")
    RoomAvailability.objects.create(room=hall, starts_at=at("08:00"), ends_at=at("10:59"))
    assert sentences(edition) == [
        "The room “Hall” cannot be used when “Water” takes place: 15.10.2025 10:00–11:00."
    ]


def test_a_room_that_is_free_again_is_not_named(
    edition: Edition, hall: Room, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00")
    told = RoomAvailability.objects.create(room=hall, starts_at=at("12:00"), ends_at=at("13:00"))
    assert rules(edition) == ["room_away"]
    told.delete()
    assert rules(edition) == []


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (("23:00", 14), ["outside_days"]),
        (("00:00", 15), []),
        (("23:30", 16), []),
        (("00:00", 17), ["outside_days"]),
    ],
)
def test_what_is_outside_the_days_is_named(
    edition: Edition, hall: Room, session: Maker, start: tuple[str, int], found: list[str]
) -> None:
    water, begins = session("Water"), at(*start)
    Placement.objects.create(
        session=water, room=hall, starts_at=begins, ends_at=begins + dt.timedelta(hours=1)
    )
    assert rules(edition) == found


def test_the_night_belongs_to_the_day_before(edition: Edition, hall: Room, session: Maker) -> None:
    Edition.objects.update(day_starts_at=dt.time(6))
    edition.refresh_from_db()
    session("Last night", hall, "01:00-02:00", day=17)
    assert rules(edition) == []
    night = session("Night before", hall, "01:00-02:00", day=15)
    assert sentences(edition) == [
        "“Night before” is outside the forum's days: 15.10.2025 01:00–02:00."
    ]
    Placement.objects.filter(session=night).update(starts_at=at("06:00"), ends_at=at("07:00"))
    assert rules(edition) == []
