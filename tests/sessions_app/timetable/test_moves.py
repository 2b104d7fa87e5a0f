"""Several moves at once, on the version that their maker saw; each is written down."""

import datetime as dt

import pytest
from django.utils import translation

from forum.editions.models import Edition
from sessions_app.timetable.log import Draft, DraftChange
from sessions_app.timetable.models import Placement, Room
from sessions_app.timetable.moves import Move, NotPlaceable, Spot, Stale, move

from .conftest import NOW, Placer, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def spot(room: Room, start: str, end: str) -> Spot:
    return Spot(room, at(start), at(end))


def version(edition: Edition) -> int:
    return Draft.objects.get(edition=edition).version


def test_a_batch_is_written_down_with_where_each_stood(
    edition: Edition, hall: Room, placed: Placer
):
    first = placed("Ашылу", hall, "10:00", "11:00").session
    second = placed("Талқылау", hall, "11:00", "12:00").session
    seen = version(edition)
    moves = [Move(first, spot(hall, "12:00", "13:00")), Move(second, None)]
    batch = move(edition, moves, by=None, now=NOW)
    taken_out, moved = DraftChange.objects.filter(batch=batch).order_by("starts_after")[::-1]
    assert (moved.session, moved.starts_before, moved.starts_after) == (
        first,
        at("10:00"),
        at("12:00"),
    )
    assert (taken_out.session, taken_out.room_before, taken_out.room_after) == (second, hall, None)
    assert (version(edition), moved.at) == (seen + 2, NOW)


def test_sql_counts_too(edition: Edition, hall: Room, placed: Placer):
    placed("Ашылу", hall, "10:00", "11:00")
    seen = version(edition)
    Placement.objects.update(ends_at=at("11:30"))
    change = DraftChange.objects.get(number=seen + 1)
    assert (change.ends_before, change.ends_after, change.batch) == (at("11:00"), at("11:30"), None)


def test_a_stale_move_is_refused_with_what_happened(edition: Edition, hall: Room, placed: Placer):
    session = placed("Ашылу", hall, "10:00", "11:00").session
    seen = version(edition)
    move(edition, [Move(session, spot(hall, "14:00", "15:00"))], by=None, now=NOW, base=seen)
    with pytest.raises(Stale, match="moved this meanwhile") as refused:
        move(edition, [Move(session, spot(hall, "16:00", "17:00"))], by=None, now=NOW, base=seen)
    assert [change.starts_after for change in refused.value.meanwhile] == [at("14:00")]
    assert Placement.objects.get().starts_at == at("14:00")


def test_a_version_that_never_was_is_stale(edition: Edition, hall: Room, placed: Placer):
    session = placed("Ашылу", hall, "10:00", "11:00").session
    seen = version(edition)
    with pytest.raises(Stale):
        move(edition, [Move(session, None)], by=None, now=NOW, base=seen + 1)
    assert Placement.objects.count() == 1


def test_what_others_did_elsewhere_makes_nothing_stale(
    edition: Edition, hall: Room, placed: Placer
):
    first = placed("Ашылу", hall, "10:00", "11:00").session
    second = placed("Талқылау", hall, "11:00", "12:00").session
    seen = version(edition)
    move(edition, [Move(first, None)], by=None, now=NOW, base=seen)
    move(edition, [Move(second, spot(hall, "9:00", "9:30"))], by=None, now=NOW, base=seen)
    assert Placement.objects.get().starts_at == at("9:00")


def test_what_is_taken_out_keeps_its_length(edition: Edition, hall: Room, placed: Placer):
    session = placed("Ашылу", hall, "10:00", "11:30").session
    move(edition, [Move(session, None)], by=None, now=NOW)
    session.refresh_from_db()
    assert session.minutes == 90


def test_one_impossible_move_leaves_all_as_it_was(edition: Edition, hall: Room, placed: Placer):
    first = placed("Ашылу", hall, "10:00", "11:00").session
    second = placed("Талқылау", hall, "11:00", "12:00").session
    seen = version(edition)
    moves = [Move(first, None), Move(second, spot(hall, "9:00", "9:00"))]
    with pytest.raises(NotPlaceable, match="ends before it starts"):
        move(edition, moves, by=None, now=NOW)
    assert (version(edition), Placement.objects.count()) == (seen, 2)


def test_a_session_of_another_edition_is_refused(hall: Room, placed: Placer):
    session = placed("Ашылу", hall, "10:00", "11:00").session
    other = Edition.objects.create(
        year=2026, slug="13", starts_on=dt.date(2026, 5, 1), ends_on=dt.date(2026, 5, 1)
    )
    with pytest.raises(NotPlaceable, match="belongs to another edition"):
        move(other, [Move(session, None)], by=None, now=NOW)


def test_an_edition_with_moves_can_be_deleted(edition: Edition, hall: Room, placed: Placer):
    placed("Ашылу", hall, "10:00", "11:00")
    edition.delete()
    assert not Edition.objects.exists()
