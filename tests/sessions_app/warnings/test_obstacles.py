"""Where a session could not go: as the findings would say, told before it is there."""

import pytest

from forum.editions.models import Edition
from sessions_app.sessions.models import Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Building, Room, Walk
from sessions_app.warnings.access import obstacles_for
from sessions_app.warnings.actions import set_level
from sessions_app.warnings.models import Level, Rule
from tests.sessions_app.warnings.conftest import Maker, at

pytestmark = pytest.mark.django_db


def told(edition: Edition, session: Session, minutes: int = 60) -> list[tuple[object, ...]]:
    found = obstacles_for(edition, session, minutes)
    return [
        (one.room, f"{one.starts:%H:%M:%S}", f"{one.ends:%H:%M:%S}", one.sentence)
        for one in found
        if one.rule != Rule.OUTSIDE_DAYS
    ]


def test_a_room_is_taken_as_long_as_a_start_would_overlap(
    edition: Edition, hall: Room, annex: Room, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00")
    forest = session("Forest", annex, "10:00-11:00")
    assert told(edition, forest, minutes=30) == [
        (hall.pk, "09:30:01", "11:00:00", "“Water” is in the room “Hall”: 15.10.2025 10:00–11:00.")
    ]


def test_its_own_place_is_in_nobodys_way(edition: Edition, hall: Room, session: Maker) -> None:
    water = session("Water", hall, "10:00-11:00")
    assert told(edition, water) == []


def test_a_speaker_elsewhere_bars_every_room(
    edition: Edition, hall: Room, aigul: Speaker, session: Maker
) -> None:
    Room.objects.update(shared=True)
    session("Water", hall, "10:00-11:00", speaker=aigul)
    forest = session("Forest", speaker=aigul)
    assert told(edition, forest) == [
        (None, "09:00:01", "11:00:00", "Aigul Example is in “Water”: 15.10.2025 10:00–11:00.")
    ]


def test_the_forums_days_are_told(edition: Edition, session: Maker) -> None:
    found = [one for one in obstacles_for(edition, session("Water"), 60) if one.room is None]
    days = [(one.starts, one.ends) for one in found]
    assert [one.sentence for one in found] == ["The forum lasts from 15.10.2025 to 16.10.2025."] * 2
    assert (days[0][1], days[1][0]) == (at("00:00", day=15), at("00:00", day=17))


def test_what_is_ignored_is_no_obstacle(edition: Edition, session: Maker) -> None:
    set_level(edition, Rule.OUTSIDE_DAYS, Level.IGNORED, by=None)
    assert obstacles_for(edition, session("Water"), 60) == []


def test_each_says_how_strict_it_is(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00")
    forest = session("Forest")
    set_level(edition, Rule.OUTSIDE_DAYS, Level.BLOCKS_PLACING, by=None)
    levels = {one.rule: one.level for one in obstacles_for(edition, forest, 60)}
    assert levels == {
        Rule.ROOM_TWICE: Level.BLOCKS_RELEASE,
        Rule.OUTSIDE_DAYS: Level.BLOCKS_PLACING,
    }


def test_a_cancelled_session_has_none(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00")
    gone = session("Gone", cancelled_at=at("08:00"))
    assert obstacles_for(edition, gone, 60) == []


def test_only_the_way_from_the_session_before_counts(
    edition: Edition, hall: Room, annex: Room, aigul: Speaker, session: Maker
) -> None:
    one, two = (Building.objects.create(edition=edition, name_en=name) for name in "AB")
    Room.objects.filter(pk=hall.pk).update(building=one)
    Room.objects.filter(pk=annex.pk).update(building=two)
    Walk.objects.create(one=one, other=two, minutes=30)
    session("Water", hall, "10:00-11:00", speaker=aigul)
    session("Forest", annex, "11:00-11:10", speaker=aigul)
    found = [
        (one.room, f"{one.starts:%H:%M:%S}", f"{one.ends:%H:%M:%S}")
        for one in obstacles_for(edition, session("Steppe", speaker=aigul), 60)
        if one.rule == Rule.CHANGE_OF_ROOM
    ]
    assert found == [
        (annex.pk, "11:00:00", "11:00:01"),
        (annex.pk, "08:30:01", "09:00:01"),
        (hall.pk, "11:10:00", "11:40:00"),
        (hall.pk, "09:30:01", "10:00:01"),
    ]
