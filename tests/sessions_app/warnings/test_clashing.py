"""Two things at one time: in a room, with a speaker, of a track, beside a plenary session."""

import pytest

from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room
from sessions_app.warnings.models import Rule
from tests.sessions_app.warnings.conftest import Maker, at, concerned, rules, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def track(edition: Edition) -> Track:
    return Track.objects.create(edition=edition, code="youth", name_en="Youth")


def test_two_sessions_in_one_room_are_named(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00")
    session("Forest", hall, "10:30-11:30")
    assert sentences(edition) == [
        "“Water” and “Forest” are both in the room “Hall” at 15.10.2025 10:30."
    ]


def test_touching_ends_are_no_clash(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00")
    session("Forest", hall, "11:00-12:00")
    assert rules(edition) == []


def test_of_three_in_a_room_every_pair_is_named(
    edition: Edition, hall: Room, session: Maker
) -> None:
    one, two, three = (
        session(title, hall, when).pk
        for title, when in (("A", "10:00-12:00"), ("B", "10:30-11:30"), ("C", "11:00-13:00"))
    )
    found = concerned(edition, Rule.ROOM_TWICE)
    assert sorted(map(sorted, found)) == [[one, two], [one, three], [two, three]]


def test_a_shared_room_holds_several(edition: Edition, session: Maker) -> None:
    fair = Room.objects.create(edition=edition, code="fair", name_en="Fair", shared=True)
    session("Water", fair, "10:00-11:00")
    session("Forest", fair, "10:00-11:00")
    assert rules(edition) == []


def test_a_cancelled_session_is_in_nobodys_way(
    edition: Edition, hall: Room, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00")
    session("Forest", hall, "10:00-11:00", cancelled_at=at("08:00"), title_kk="")
    assert rules(edition) == []


def test_a_clash_that_is_solved_vanishes(edition: Edition, hall: Room, session: Maker) -> None:
    session("Water", hall, "10:00-11:00")
    forest = session("Forest", hall, "10:30-11:30")
    assert rules(edition) == ["room_twice"]
    Placement.objects.filter(session=forest).update(starts_at=at("11:00"))
    assert rules(edition) == []


def test_one_person_in_two_sessions_of_the_same_hour_is_named(
    edition: Edition, hall: Room, annex: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    session("Forest", annex, "10:00-11:00", speaker=aigul)
    assert sentences(edition) == [
        "Aigul Example is both in “Water” and in “Forest” at 15.10.2025 10:00."
    ]


def test_who_may_be_elsewhere_meanwhile_is_in_no_clash(
    edition: Edition, hall: Room, annex: Room, aigul: Speaker, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", speaker=aigul)
    forest = session("Forest", annex, "10:00-11:00", speaker=aigul)
    Appearance.objects.filter(session=forest).update(exclusive=False)
    assert rules(edition) == []


def test_two_sessions_of_a_track_are_named(
    edition: Edition, hall: Room, annex: Room, track: Track, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00", track=track)
    session("Forest", annex, "10:30-11:30", track=track)
    assert sentences(edition) == [
        "“Water” and “Forest” are of one track and overlap: 15.10.2025 10:30."
    ]


def test_sessions_without_a_track_share_none(
    edition: Edition, hall: Room, annex: Room, session: Maker
) -> None:
    session("Water", hall, "10:00-11:00")
    session("Forest", annex, "10:00-11:00")
    assert rules(edition) == []


@pytest.mark.parametrize("kind", ["plenary", "ceremony"])
def test_what_keeps_delegates_from_a_plenary_session_is_named(
    edition: Edition, hall: Room, annex: Room, session: Maker, kind: str
) -> None:
    session("Opening", hall, "10:00-12:00", kind=kind)
    session("Forest", annex, "09:30-10:30")
    assert sentences(edition) == [
        "“Forest” takes place beside “Opening”, which is for all: 15.10.2025 10:00."
    ]


@pytest.mark.parametrize("kind", ["break", "fair", "check_in", "broadcast"])
def test_what_nobody_has_to_attend_may_be_beside_it(
    edition: Edition, hall: Room, annex: Room, session: Maker, kind: str
) -> None:
    session("Opening", hall, "10:00-12:00", kind="plenary")
    session("Coffee", annex, "10:00-12:00", kind=kind)
    assert rules(edition) == []


def test_two_plenary_sessions_at_once_are_one_finding(
    edition: Edition, hall: Room, annex: Room, session: Maker
) -> None:
    one = session("Opening", hall, "10:00-12:00", kind="plenary")
    two = session("Closing", annex, "11:00-12:00", kind="ceremony")
    assert concerned(edition, Rule.BESIDE_PLENARY) == [{one.pk, two.pk}]
    assert rules(edition) == ["beside_plenary"]


def test_what_comes_before_and_after_a_plenary_session_is_not_beside_it(
    edition: Edition, hall: Room, annex: Room, session: Maker
) -> None:
    session("Early", annex, "09:00-10:00")
    session("Opening", hall, "10:00-12:00", kind="plenary")
    session("Late", annex, "12:00-13:00")
    assert rules(edition) == []
