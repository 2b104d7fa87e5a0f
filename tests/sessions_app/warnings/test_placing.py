"""A rule that blocks the placing blocks every way of placing."""

import datetime as dt

import pytest
from django.utils import timezone

from forum.editions.models import Edition
from sessions_app.timetable.models import Placement, Room
from sessions_app.timetable.moves import Move, NotPlaceable, Spot, move
from sessions_app.warnings.actions import set_level
from sessions_app.warnings.models import Level, Rule
from tests.sessions_app.warnings.conftest import Maker

pytestmark = pytest.mark.django_db


@pytest.fixture
def beside(hall: Room, session: Maker) -> Move:
    """Move a session into the hall while another is held there."""
    session("Water", hall, "10:00-11:00")
    stands = Placement.objects.get()
    other = session("Forest")
    spot = Spot(hall, stands.starts_at + dt.timedelta(minutes=30), stands.ends_at)
    return Move(other, spot)


def test_what_blocks_the_placing_is_refused_to_whoever_moves(
    edition: Edition, beside: Move
) -> None:
    set_level(edition, Rule.ROOM_TWICE, Level.BLOCKS_PLACING, by=None)
    with pytest.raises(NotPlaceable, match="Forest"):
        move(edition, [beside], by=None, now=timezone.now())
    assert Placement.objects.count() == 1


def test_what_blocks_only_the_release_is_placed(edition: Edition, beside: Move) -> None:
    move(edition, [beside], by=None, now=timezone.now())
    assert Placement.objects.count() == 2


def test_a_clash_that_was_there_does_not_keep_anybody_from_other_moves(
    edition: Edition, hall: Room, session: Maker, beside: Move
) -> None:
    move(edition, [beside], by=None, now=timezone.now())
    set_level(edition, Rule.ROOM_TWICE, Level.BLOCKS_PLACING, by=None)
    third = session("Steppe", hall, "15:00-16:00")
    move(edition, [Move(third, None)], by=None, now=timezone.now())
    assert Placement.objects.count() == 2
