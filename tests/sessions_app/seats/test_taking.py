"""Taking a seat, waiting for one, moving up, and giving back."""

import datetime as dt

import pytest

from accounts.models import User
from forum.editions.models import Edition
from forum.mailing.models import Letter
from forum.models import Registration
from sessions_app.seats import actions
from sessions_app.seats.errors import (
    ClashingSeat,
    NoFreeSeat,
    NoSeatHere,
    NoSeats,
    NotComing,
    NotWaiting,
    OtherDays,
    SessionBegan,
    SessionOff,
)
from sessions_app.seats.models import Seat
from sessions_app.sessions.actions import cancel
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Room

from .conftest import NOW, Again, at, give_back, place, registered, standing, take, unplace

pytestmark = pytest.mark.django_db


def statuses(session: Session) -> list[str]:
    """Tell each delegate's standing in a session, in the order in which they came."""
    return [seat.status.value for seat in Seat.objects.live().filter(session=session)]


def test_a_delegate_takes_a_seat(delegate: Registration, water: Session) -> None:
    seat = take(delegate, water)
    assert (seat.status, seat.taken_at, seat.given_by) == ("taken", NOW, delegate.person)
    assert seat.begins_at == at("10:00")
    assert standing(water) == (2, 1, 0, "free")


def test_taking_it_twice_is_taking_it_once(delegate: Registration, water: Session) -> None:
    assert take(delegate, water) == take(delegate, water)
    assert standing(water)[1] == 1


def test_who_comes_when_all_seats_are_taken_waits(
    coming: list[Registration], water: Session
) -> None:
    seats = [take(one, water) for one in coming[:3]]
    assert [seat.status for seat in seats] == ["taken", "taken", "waiting"]
    assert standing(water) == (2, 2, 1, "full")


def test_asking_again_while_one_waits_changes_nothing(
    coming: list[Registration], water: Session
) -> None:
    seats = [take(one, water) for one in coming[:3]]
    assert take(coming[2], water) == seats[2]
    assert standing(water) == (2, 2, 1, "full")


def test_a_seat_at_the_same_time_names_the_other_session(
    delegate: Registration, water: Session, books: Session
) -> None:
    take(delegate, water)
    with pytest.raises(ClashingSeat) as error:
        take(delegate, books)
    assert "«Су»" in str(error.value)
    assert "10:00–11:00" in str(error.value)
    assert statuses(books) == []


def test_one_is_taken_in_the_place_of_another(
    delegate: Registration, water: Session, books: Session
) -> None:
    first = take(delegate, water)
    second = take(delegate, books, instead=True)
    first.refresh_from_db()
    assert (first.release_reason, first.released_by) == ("another", delegate.person)
    assert second.status == "taken"


def test_who_takes_another_makes_room_for_who_waits(
    coming: list[Registration], water: Session, books: Session
) -> None:
    for one in coming[:3]:
        take(one, water)
    take(coming[0], books, instead=True)
    assert statuses(water) == ["taken", "taken"]
    assert Letter.objects.get().recipient == coming[2].person


def test_who_waits_keeps_the_seat_at_that_time(
    coming: list[Registration], water: Session, books: Session
) -> None:
    for one in coming[:2]:
        take(one, water)
    take(coming[2], books)
    waiting = take(coming[2], water, instead=True)
    assert waiting.status == "waiting"
    assert statuses(books) == ["taken"]


def test_the_first_who_waits_moves_up_and_reads_it_in_their_language(
    coming: list[Registration], water: Session
) -> None:
    for one in coming:
        take(one, water)
    give_back(coming[0], water)
    assert statuses(water) == ["taken", "taken", "waiting"]
    letter = Letter.objects.get()
    assert (letter.recipient, letter.kind, letter.language) == (
        coming[2].person,
        "seat_given",
        "ru",
    )
    assert letter.subject == "Ваше место: Су"
    assert "16 октября, четверг, 10:00–11:00" in letter.text


def test_who_sits_elsewhere_at_that_time_is_passed_over(
    coming: list[Registration], water: Session, books: Session
) -> None:
    for one in coming:
        take(one, water)
    take(coming[2], books)
    give_back(coming[0], water)
    seats = {seat.registration: seat.status for seat in Seat.objects.live().filter(session=water)}
    assert seats == {coming[1]: "taken", coming[2]: "waiting", coming[3]: "taken"}


def test_who_was_passed_over_gets_a_free_seat_when_the_other_is_given_back(
    coming: list[Registration], water: Session, books: Session
) -> None:
    for one in coming[:3]:
        take(one, water)
    take(coming[2], books)
    give_back(coming[0], water)
    assert standing(water) == (2, 1, 1, "free")
    give_back(coming[2], books)
    assert standing(water) == (2, 2, 0, "full")


def test_who_waits_may_stop_it(coming: list[Registration], water: Session) -> None:
    for one in coming[:3]:
        take(one, water)
    give_back(coming[2], water)
    assert standing(water) == (2, 2, 0, "full")


def test_what_one_does_not_have_is_not_given_back(delegate: Registration, water: Session) -> None:
    with pytest.raises(NoSeatHere):
        give_back(delegate, water)


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed_at": None},
        {"confirmed_at": None, "waiting_since": NOW},
        {"cancelled_at": NOW},
        {"declined_at": NOW},
    ],
)
def test_who_has_no_place_at_the_forum_takes_no_seat(
    edition: Edition, water: Session, fields: dict[str, object]
) -> None:
    with pytest.raises(NotComing):
        take(registered(edition, "other@example.org", **fields), water)


def test_a_ticket_of_another_day_has_no_seats_on_this_one(edition: Edition, water: Session) -> None:
    days = {"days": [dt.date(2025, 10, 15)]}
    with pytest.raises(OtherDays):
        take(registered(edition, "other@example.org", **days), water)


def test_a_session_without_seats_gives_none(delegate: Registration, water: Session) -> None:
    Session.objects.filter(pk=water.pk).update(has_seats=False)
    with pytest.raises(NoSeats):
        take(delegate, water)


def test_a_cancelled_session_gives_none(delegate: Registration, water: Session) -> None:
    cancel(water, now=NOW)
    with pytest.raises(SessionOff):
        take(delegate, water)


def test_a_session_that_was_taken_out_gives_none(
    delegate: Registration, water: Session, again: Again
) -> None:
    unplace(water)
    again()
    with pytest.raises(SessionOff):
        take(delegate, water)


def test_once_a_session_has_begun_nothing_changes(
    coming: list[Registration], water: Session
) -> None:
    take(coming[0], water)
    with pytest.raises(SessionBegan):
        take(coming[1], water, now=at("10:00"))
    with pytest.raises(SessionBegan):
        actions.give_back(coming[0], water, by=coming[0].person, now=at("10:00"))


def test_the_demos_sessions_never_begin(coming: list[Registration], water: Session) -> None:
    Edition.objects.update(is_demo=True)
    assert take(coming[0], water, now=at("23:00")).status == "taken"


def test_a_registration_that_ends_makes_room(
    coming: list[Registration], water: Session, air: Session
) -> None:
    for one in coming[:3]:
        take(one, water)
    take(coming[0], air)
    actions.release_all(coming[0], by=None, now=NOW)
    assert statuses(water) == ["taken", "taken"]
    assert statuses(air) == []
    ended = Seat.objects.filter(released_at=NOW).values_list("release_reason", flat=True)
    assert list(ended) == ["not_coming", "not_coming"]


def test_seats_in_sessions_that_have_begun_stay_told(
    delegate: Registration, water: Session, air: Session
) -> None:
    take(delegate, water)
    take(delegate, air)
    actions.release_all(delegate, by=None, now=at("10:30"))
    assert (statuses(water), statuses(air)) == (["taken"], [])


def test_an_organiser_moves_somebody_up_with_a_reason(
    coming: list[Registration], water: Session, organiser: User
) -> None:
    seats = [take(one, water) for one in coming]
    actions.move_up(seats[3], by=organiser, reason="Баяндамашы", now=NOW)
    give_back(coming[0], water)
    assert statuses(water) == ["taken", "waiting", "taken"]
    seats[3].refresh_from_db()
    assert (seats[3].moved_up_by, seats[3].moved_up_reason) == (organiser, "Баяндамашы")


def test_who_holds_a_seat_is_not_moved_up(
    delegate: Registration, water: Session, organiser: User
) -> None:
    with pytest.raises(NotWaiting):
        actions.move_up(take(delegate, water), by=organiser, reason="-", now=NOW)


def test_places_on_the_list_are_counted_from_one(
    coming: list[Registration], water: Session, organiser: User
) -> None:
    Session.objects.filter(pk=water.pk).update(seat_limit=1)
    seats = [take(one, water) for one in coming]
    actions.move_up(seats[3], by=organiser, reason="-", now=NOW)
    places = {seat.registration: seat.place for seat in Seat.objects.all().with_places()}
    assert places == {coming[3]: 1, coming[1]: 2, coming[2]: 3}


def test_an_organiser_gives_a_free_seat_and_the_person_reads_it(
    delegate: Registration, water: Session, organiser: User
) -> None:
    seat = take(delegate, water, by=organiser, may_wait=False)
    assert seat.given_by == organiser
    assert Letter.objects.get().recipient == delegate.person


def test_an_organiser_gives_no_seat_that_is_not_free(
    coming: list[Registration], water: Session, organiser: User
) -> None:
    for one in coming[:2]:
        take(one, water)
    with pytest.raises(NoFreeSeat):
        take(coming[2], water, by=organiser, may_wait=False)


def test_an_organiser_reads_of_a_clash_as_somebody_elses(
    delegate: Registration, water: Session, books: Session, organiser: User
) -> None:
    take(delegate, water)
    with pytest.raises(ClashingSeat) as own:
        take(delegate, books)
    with pytest.raises(ClashingSeat) as other:
        take(delegate, books, by=organiser)
    assert str(own.value) != str(other.value)


def test_seats_that_a_larger_room_brings_are_given_to_who_waits(
    coming: list[Registration], water: Session, small: Room, edition: Edition
) -> None:
    for one in coming:
        take(one, water)
    Room.objects.filter(pk=small.pk).update(capacity=3)
    actions.keep_up(edition, now=NOW)
    assert statuses(water) == ["taken", "taken", "taken", "waiting"]


def test_nobody_comes_between_a_larger_room_and_who_waits(
    coming: list[Registration], water: Session, small: Room
) -> None:
    for one in coming[:3]:
        take(one, water)
    Room.objects.filter(pk=small.pk).update(capacity=3)
    assert take(coming[3], water).status == "waiting"
    assert statuses(water) == ["taken", "taken", "taken", "waiting"]


def test_who_chooses_keeps_one_and_gives_the_other_back(
    delegate: Registration, water: Session, air: Session, large: Room, again: Again
) -> None:
    first, second = take(delegate, water), take(delegate, air)
    place(water, large, "11:00", "12:00")
    again()
    kept = take(delegate, air, instead=True)
    first.refresh_from_db()
    assert kept == second
    assert (kept.status, first.release_reason) == ("taken", "another")


def test_giving_back_the_one_needs_no_choice_of_the_other(
    delegate: Registration, water: Session, air: Session, large: Room, again: Again
) -> None:
    take(delegate, water)
    second = take(delegate, air)
    place(water, large, "11:00", "12:00")
    again()
    give_back(delegate, water)
    second.refresh_from_db()
    assert second.status == "taken"


def test_who_does_not_choose_in_time_keeps_the_one_taken_first(
    coming: list[Registration], water: Session, air: Session, large: Room, again: Again
) -> None:
    edition = water.edition
    first, second = take(coming[0], water), take(coming[0], air)
    for one in coming[1:3]:
        take(one, air)
    place(water, large, "11:00", "12:00")
    again()
    actions.keep_up(edition, now=at("10:59"))
    assert statuses(air) == ["to_choose", "taken", "waiting"]
    Seat.objects.filter(pk=second.pk).update(choose_until=at("10:00"))
    actions.keep_up(edition, now=at("10:30"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.release_reason) == ("taken", "not_chosen")
    assert statuses(air) == ["taken", "taken"]


def test_a_star_counts_once_and_can_be_taken_back(delegate: Registration, water: Session) -> None:
    actions.star(delegate.person, water, now=NOW)
    actions.star(delegate.person, water, now=NOW)
    assert water.stars.count() == 1
    actions.unstar(delegate.person, water)
    assert water.stars.count() == 0
