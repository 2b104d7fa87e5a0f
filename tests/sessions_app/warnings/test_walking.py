"""Too little time to get from one building to another."""

import pytest

from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Building, Placement, Room, Walk
from sessions_app.warnings.models import Rule
from tests.sessions_app.warnings.conftest import Maker, at, concerned, rules, sentences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("walk")]


@pytest.fixture
def walk(edition: Edition, hall: Room, annex: Room) -> Walk:
    """Put hall and annex into two buildings, fifteen minutes apart."""
    palace, library = (
        Building.objects.create(edition=edition, name_en=name) for name in ("Palace", "Library")
    )
    Room.objects.filter(pk=hall.pk).update(building=palace)
    Room.objects.filter(pk=annex.pk).update(building=library)
    return Walk.objects.create(one=palace, other=library, minutes=15)


def test_who_cannot_get_there_in_time_is_named(
    edition: Edition, hall: Room, annex: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    session("Forest", annex, "11:10-12:00", speaker=aigul)
    assert sentences(edition) == [
        "Aigul Example has 10 min to get from “Water” to “Forest” in another building, and needs"
        " 15: 15.10.2025 11:00–11:10."
    ]


def test_the_way_back_takes_as_long(
    edition: Edition, hall: Room, annex: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", annex, "10:00-11:00", speaker=aigul)
    session("Forest", hall, "11:14-12:00", speaker=aigul)
    assert rules(edition) == ["change_of_room"]


def test_as_much_time_as_it_takes_is_enough(
    edition: Edition, hall: Room, annex: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    session("Forest", annex, "11:15-12:00", speaker=aigul)
    assert rules(edition) == []


def test_a_way_that_nobody_told_takes_no_time(
    edition: Edition, hall: Room, annex: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    session("Forest", annex, "11:00-12:00", speaker=aigul)
    assert rules(edition) == ["change_of_room"]
    Walk.objects.all().delete()
    assert rules(edition) == []


def test_within_a_building_nobody_walks(
    edition: Edition, hall: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    session("Forest", hall, "11:00-12:00", speaker=aigul)
    assert rules(edition) == []


def test_only_the_next_session_is_looked_at(
    edition: Edition, hall: Room, annex: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    forest = session("Forest", hall, "11:00-11:10", speaker=aigul)
    steppe = session("Steppe", annex, "11:12-12:00", speaker=aigul)
    assert concerned(edition, Rule.CHANGE_OF_ROOM) == [{forest.pk, steppe.pk}]


def test_a_longer_session_that_ends_as_late_counts_too(
    edition: Edition, hall: Room, annex: Room, aigul: Speaker, session: Maker
) -> None:
    whole = session("Whole", hall, "09:00-11:00", speaker=aigul)
    session("Short", annex, "10:00-10:30", speaker=aigul)
    after = session("After", annex, "11:05-12:00", speaker=aigul)
    assert concerned(edition, Rule.CHANGE_OF_ROOM) == [{whole.pk, after.pk}]


def test_who_need_not_be_there_need_not_walk(
    edition: Edition, hall: Room, annex: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    forest = session("Forest", annex, "11:00-12:00", speaker=aigul)
    Appearance.objects.filter(session=forest).update(exclusive=False)
    assert rules(edition) == []


def test_a_later_start_solves_it(
    edition: Edition, hall: Room, annex: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    forest = session("Forest", annex, "11:00-12:00", speaker=aigul)
    assert rules(edition) == ["change_of_room"]
    Placement.objects.filter(session=forest).update(starts_at=at("11:30"))
    assert rules(edition) == []
