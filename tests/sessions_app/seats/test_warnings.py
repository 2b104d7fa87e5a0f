"""The timetable's warnings know who sits where; they count people, and name nobody."""

import pytest
from django.utils import translation

from forum.editions.models import Edition
from forum.models import Registration
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Room
from sessions_app.warnings.access import findings_of, obstacles_for
from sessions_app.warnings.models import Rule

from .conftest import place, take

pytestmark = pytest.mark.django_db


def sentences(edition: Edition, rule: Rule) -> list[str]:
    with translation.override("en"):
        return [one.sentence for one in findings_of(edition) if one.rule == rule]


def test_a_room_with_fewer_seats_than_are_taken_is_warned_of(
    coming: list[Registration], edition: Edition, books: Session, small: Room
) -> None:
    for one in coming[:3]:
        take(one, books)
    assert sentences(edition, Rule.SEATS_SHORT) == []
    place(books, small, "15:00", "16:00")
    assert sentences(edition, Rule.SEATS_SHORT) == [
        "In “Кітап” 3 people have seats, and the room “Кіші зал” has 2 seats."
    ]


def test_people_who_would_have_two_seats_at_one_time_are_counted(
    coming: list[Registration], edition: Edition, air: Session, books: Session, large: Room
) -> None:
    Room.objects.update(capacity=20)
    for one in coming[:3]:
        take(one, books)
        take(one, air)
    assert sentences(edition, Rule.SEATS_TWICE) == []
    place(air, large, "10:30", "11:30")
    assert sentences(edition, Rule.SEATS_TWICE) == [
        "3 people have seats in “Кітап” and “Ауа”, which overlap: 16.10.2025 10:30."
    ]


def test_of_fewer_than_three_people_nothing_is_said(
    coming: list[Registration], edition: Edition, air: Session, books: Session, large: Room
) -> None:
    for one in coming[:2]:
        take(one, books)
        take(one, air)
    place(air, large, "10:30", "11:30")
    assert sentences(edition, Rule.SEATS_TWICE) == []


def test_who_drags_a_session_sees_where_its_people_sit(
    coming: list[Registration], edition: Edition, air: Session, books: Session
) -> None:
    Room.objects.update(capacity=20)
    for one in coming[:3]:
        take(one, books)
        take(one, air)
    with translation.override("en"):
        found = obstacles_for(edition, air, 60)
    told = [one.sentence for one in found if one.rule == Rule.SEATS_TWICE]
    assert told == ["3 people have seats here and in “Кітап”: 16.10.2025 10:00–11:00."]


def test_who_drags_a_session_sees_which_rooms_are_too_small(
    coming: list[Registration], edition: Edition, books: Session, small: Room
) -> None:
    for one in coming[:3]:
        take(one, books)
    found = obstacles_for(edition, books, 60)
    assert [one.room for one in found if one.rule == Rule.SEATS_SHORT] == [small.pk]
