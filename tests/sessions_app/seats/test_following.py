"""Seats follow the newest release by themselves, and no statement can claim otherwise."""

import pytest
from django.db import IntegrityError, connection
from psycopg.types.range import TimestamptzRange

from accounts.locks import broken_constraint
from forum.editions.models import Edition
from forum.models import Registration
from sessions_app.seats.models import Seat
from sessions_app.sessions.actions import cancel
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Room

from .conftest import NOW, Again, at, place, registered, standing, take, unplace

pytestmark = pytest.mark.django_db


def clocks(seat: Seat) -> tuple[str, str] | None:
    seat.refresh_from_db()
    if seat.during is None:
        return None
    start, end = (
        moment.astimezone(at("00:00").tzinfo) for moment in (seat.during.lower, seat.during.upper)
    )
    return f"{start:%H:%M}", f"{end:%H:%M}"


def test_a_session_has_as_many_seats_as_its_room(water: Session, books: Session) -> None:
    assert standing(water) == (2, 0, 0, "free")
    assert standing(books) == (20, 0, 0, "free")


def test_a_smaller_number_counts(books: Session) -> None:
    Session.objects.filter(pk=books.pk).update(seat_limit=5)
    assert standing(books) == (5, 0, 0, "free")


def test_a_larger_number_than_the_room_has_does_not(water: Session) -> None:
    Session.objects.filter(pk=water.pk).update(seat_limit=50)
    assert standing(water) == (2, 0, 0, "free")


def test_without_any_number_as_many_sit_as_come(water: Session, small: Room) -> None:
    Room.objects.filter(pk=small.pk).update(capacity=None)
    assert standing(water) == (None, 0, 0, "free")


def test_a_session_that_is_not_published_has_none(water: Session, again: Again) -> None:
    unplace(water)
    again()
    assert standing(water) == (0, 0, 0, "none")


def test_another_room_has_other_seats(water: Session, again: Again) -> None:
    hall = Room.objects.create(edition=water.edition, code="hall", name_kk="Зал", capacity=7)
    place(water, hall, "10:00", "11:00")
    assert standing(water)[0] == 2
    again()
    assert standing(water)[0] == 7


def test_a_seat_has_the_time_of_its_session_whatever_is_claimed(
    delegate: Registration, water: Session
) -> None:
    claimed = TimestamptzRange(at("18:00"), at("19:00"))
    seat = Seat.objects.create(registration=delegate, session=water, taken_at=NOW, during=claimed)
    assert clocks(seat) == ("10:00", "11:00")
    Seat.objects.update(during=claimed)
    assert clocks(seat) == ("10:00", "11:00")


def test_nobody_sits_in_two_places_whoever_writes_it(
    delegate: Registration, water: Session, books: Session
) -> None:
    Seat.objects.create(registration=delegate, session=water, taken_at=NOW)
    with pytest.raises(IntegrityError) as error:
        Seat.objects.create(registration=delegate, session=books, taken_at=NOW)
    assert broken_constraint(error.value) == "seat_one_place"


def test_sessions_that_touch_do_not_clash(
    delegate: Registration, water: Session, air: Session
) -> None:
    take(delegate, water)
    take(delegate, air)
    assert Seat.objects.taken().count() == 2


def test_no_more_seats_than_there_are_whoever_writes_it(
    coming: list[Registration], water: Session
) -> None:
    Seat.objects.bulk_create(
        Seat(registration=one, session=water, taken_at=NOW) for one in coming[:2]
    )
    with pytest.raises(IntegrityError) as error:
        Seat.objects.create(registration=coming[2], session=water, taken_at=NOW)
    assert broken_constraint(error.value) == "seating_not_oversold"


def test_a_seat_follows_its_session(
    delegate: Registration, water: Session, large: Room, again: Again
) -> None:
    seat = take(delegate, water)
    place(water, large, "15:00", "16:00")
    again()
    assert clocks(seat) == ("15:00", "16:00")
    assert seat.choose_until is None


def test_two_sessions_that_change_places_keep_their_people(
    delegate: Registration, water: Session, air: Session, small: Room, again: Again
) -> None:
    first, second = take(delegate, water), take(delegate, air)
    place(water, small, "11:00", "12:00")
    place(air, small, "10:00", "11:00")
    again()
    assert (clocks(first), clocks(second)) == (("11:00", "12:00"), ("10:00", "11:00"))
    assert [first.choose_until, second.choose_until] == [None, None]


def test_of_two_that_clash_now_the_later_taken_is_kept_beside(
    delegate: Registration, water: Session, air: Session, large: Room, again: Again
) -> None:
    first, second = take(delegate, water), take(delegate, air)
    place(water, large, "11:30", "12:30")
    again()
    assert (clocks(first), clocks(second)) == (("11:30", "12:30"), ("11:00", "12:00"))
    assert first.choose_until is None
    assert second.choose_until == at("11:00")
    assert standing(air) == (2, 1, 0, "free")


def test_what_moves_away_again_needs_no_choice(
    delegate: Registration, water: Session, air: Session, large: Room, again: Again
) -> None:
    take(delegate, water)
    second = take(delegate, air)
    place(water, large, "11:30", "12:30")
    again()
    place(water, large, "15:00", "16:00")
    again()
    second.refresh_from_db()
    assert second.choose_until is None


def test_a_cancelled_session_leaves_its_people_free(
    delegate: Registration, water: Session, books: Session
) -> None:
    seat = take(delegate, water)
    cancel(water, now=NOW)
    assert clocks(seat) is None
    assert standing(water) == (0, 1, 0, "none")
    assert clocks(take(delegate, books)) == ("10:00", "11:00")


def test_a_session_that_takes_place_after_all_gives_the_seats_back(
    delegate: Registration, water: Session, again: Again
) -> None:
    seat = take(delegate, water)
    cancel(water, now=NOW)
    again()
    Session.objects.filter(pk=water.pk).update(cancelled_at=None)
    assert clocks(seat) is None  # it is not published yet
    again()
    assert clocks(seat) == ("10:00", "11:00")
    assert standing(water) == (2, 1, 0, "free")


def test_who_took_another_seat_meanwhile_keeps_that(
    delegate: Registration, water: Session, books: Session
) -> None:
    seat = take(delegate, water)
    cancel(water, now=NOW)
    take(delegate, books)
    Session.objects.filter(pk=water.pk).update(cancelled_at=None)
    seat.refresh_from_db()
    assert seat.release_reason == "another"
    assert standing(water) == (2, 0, 0, "free")


def test_what_comes_back_at_another_time_yields_to_what_was_taken(
    delegate: Registration, water: Session, air: Session, large: Room, again: Again
) -> None:
    first = take(delegate, water)
    unplace(water)
    again()
    second = take(delegate, air)
    place(water, large, "11:00", "12:00")
    again()
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.choose_until == at("11:00")
    assert second.choose_until is None


def test_a_smaller_room_takes_nobodys_seat_and_gives_none(
    coming: list[Registration], books: Session, small: Room, again: Again
) -> None:
    for one in coming[:3]:
        take(one, books)
    place(books, small, "15:00", "16:00")
    again()
    assert standing(books) == (2, 3, 0, "full")
    with pytest.raises(IntegrityError):
        Seat.objects.create(registration=coming[3], session=books, taken_at=NOW)


def test_the_ceiling_comes_down_with_the_seats_given_back(
    coming: list[Registration], books: Session, large: Room
) -> None:
    for one in coming[:3]:
        take(one, books)
    Room.objects.filter(pk=large.pk).update(capacity=1)
    Seat.objects.filter(registration=coming[0]).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT ceiling FROM sessions_app_seating WHERE taken > 0")
        assert cursor.fetchall() == [(2,)]
    assert standing(books) == (1, 2, 0, "full")


def test_seats_fill_up_from_three_quarters_on(books: Session, edition: Edition) -> None:
    Session.objects.filter(pk=books.pk).update(seat_limit=4)
    states = []
    for number in range(4):
        take(registered(edition, f"f{number}@example.org"), books)
        states.append(standing(books)[3])
    assert states == ["free", "free", "filling", "full"]


def test_every_seat_of_a_release_is_kept_where_only_other_sessions_change(
    delegate: Registration, water: Session, books: Session, large: Room, again: Again
) -> None:
    seat = take(delegate, water)
    place(books, large, "15:00", "16:00")
    again()
    assert clocks(seat) == ("10:00", "11:00")


def test_the_demo_has_two_days_to_choose(
    delegate: Registration, water: Session, air: Session, large: Room, again: Again
) -> None:
    Edition.objects.update(is_demo=True)
    take(delegate, water)
    second = take(delegate, air)
    place(water, large, "11:30", "12:30")
    again()
    second.refresh_from_db()
    assert second.choose_until is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() + interval '48 hours'")
        assert cursor.fetchall() == [(second.choose_until,)]
