"""Who gets a seat: every change, held under the edition's lock.

Lock order: the edition, its registrations, the seats of sessions by the session's id.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from accounts.locks import bounded_wait, broken_constraint
from accounts.models import User
from forum.editions.models import Edition
from forum.registrations.models import Registration
from sessions_app.seats import emails
from sessions_app.seats.errors import (
    Busy,
    NoFreeSeat,
    NoSeatHere,
    NotComing,
    NotWaiting,
    OtherDays,
    SessionBegan,
    clashing_seat,
    not_open,
)
from sessions_app.seats.models import Ending, Seat, Star
from sessions_app.sessions.models import Session
from sessions_app.sessions.seating import Seating
from sessions_app.timetable.models import Release, Slot

LETTERS_UNDER_LOCK = 20


@contextmanager
def _locked(edition_id: int, *, by: User | None) -> Iterator[Edition]:
    """Open a transaction that holds the edition's row; raises Busy where it waits too long."""
    with pghistory.context(user=by.pk if by else None), bounded_wait(Busy):
        yield Edition.objects.select_for_update(no_key=True).get(pk=edition_id)


def take_seat(
    registration: Registration,
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    instead: bool = False,
    may_wait: bool = True,
) -> Seat:
    """Give a delegate a seat, or a place on the session's waiting list; raises a SeatError.

    Of two seats at one time the other is given back where `instead` says so, and that is a
    ClashingSeat otherwise. Who waits keeps the other one meanwhile. Without `may_wait` a full
    session is NoFreeSeat.
    """
    with _locked(registration.edition_id, by=by) as edition:
        mine, slot = _coming(registration), _open_slot(edition, session, now=now)
        _refuse_other_days(mine, edition, slot)
        held = list(Seat.objects.taken().of(mine).values_list("session", flat=True))
        seatings = _lock_seatings({session.pk, *held})
        _fill(edition, [session.pk], now=now)
        seating = seatings[session.pk]
        seating.refresh_from_db(fields=["taken"])
        seat = Seat.objects.live().of(mine).filter(session=session).first()
        if seat and seat.taken_at and not seat.choose_until:
            return seat
        if seating.is_full and not (seat and seat.taken_at):
            if not may_wait:
                raise NoFreeSeat
            return seat or _insert(Seat(registration=mine, session=session, waiting_since=now))
        clashing = _clashing(mine, slot)
        _refuse_clash(clashing, edition, own=by.pk == mine.person_id, instead=instead)
        _end(clashing, by=by, reason=Ending.ANOTHER, now=now)
        found = _give(seat or Seat(registration=mine, session=session), by=by, now=now)
        if by.pk != mine.person_id:
            emails.seat_given(found, edition, now=now)
        _settle(mine, edition, freed=[other.session_id for other in clashing], now=now)
    return found


def give_back(registration: Registration, session: Session, *, by: User, now: dt.datetime) -> Seat:
    """End a seat, or the waiting for one; who waits and fits gets it at once."""
    with _locked(registration.edition_id, by=by) as edition:
        seat = Seat.objects.live().of(registration).filter(session=session).first()
        if seat is None:
            raise NoSeatHere
        if seat.begins_at:
            _refuse_begun(edition, seat.begins_at, now=now)
        _end([seat], by=by, reason=Ending.GIVEN_BACK, now=now)
        _settle(registration, edition, freed=[session.pk], now=now)
    return seat


def release_all(registration: Registration, *, by: User | None, now: dt.datetime) -> None:
    """End all seats of a registration that has no place any more; what has begun stays told."""
    with _locked(registration.edition_id, by=by) as edition:
        seats = Seat.objects.live().of(registration)
        if not edition.is_demo:
            seats = seats.filter(Q(during=None) | Q(during__startswith__gt=now))
        ended = list(seats)
        _end(ended, by=by, reason=Ending.NOT_COMING, now=now)
        _fill(edition, [seat.session_id for seat in ended], now=now)


def move_up(seat: Seat, *, by: User, reason: str, now: dt.datetime) -> Seat:
    """Put who waits before those who were not moved up; the reason stays with the seat."""
    with _locked(seat.session.edition_id, by=by) as edition:
        current = Seat.objects.live().filter(pk=seat.pk, taken_at=None).first()
        if current is None:
            raise NotWaiting
        current.moved_up_at, current.moved_up_by, current.moved_up_reason = now, by, reason
        current.save(update_fields=["moved_up_at", "moved_up_by", "moved_up_reason"])
        _fill(edition, [current.session_id], now=now)
        current.refresh_from_db()
    return current


def keep_up(edition: Edition, *, now: dt.datetime) -> None:
    """Do what time and releases bring: end choices that are over, and give seats that are free."""
    with _locked(edition.pk, by=None) as locked:
        over = Seat.objects.to_choose().filter(session__edition=locked, choose_until__lte=now)
        ended = list(over)
        _end(ended, by=None, reason=Ending.NOT_CHOSEN, now=now)
        free = Seating.objects.filter(session__edition=locked, waiting__gt=0).filter(
            Q(capacity=None) | Q(taken__lt=F("capacity"))
        )
        _fill(locked, free.values_list("session", flat=True), now=now)


def star(person: User, session: Session, *, now: dt.datetime) -> None:
    """Note that somebody wants to see a session; once, however often it is said."""
    Star.objects.bulk_create(
        [Star(person=person, session=session, starred_at=now)], ignore_conflicts=True
    )


def unstar(person: User, session: Session) -> None:
    """Take it back."""
    Star.objects.filter(person=person, session=session).delete()


def _coming(registration: Registration) -> Registration:
    """Hold the registration, if it has a place at the forum."""
    held = Registration.objects.confirmed().select_for_update(no_key=True)
    found = held.filter(pk=registration.pk).first()
    if found is None:
        raise NotComing
    return found


def _open_slot(edition: Edition, session: Session, *, now: dt.datetime) -> Slot:
    """Return where and when a session is held whose seats can be changed."""
    current = Session.objects.get(pk=session.pk)
    newest = Release.objects.filter(edition=edition).newest()
    slot = Slot.objects.filter(release__in=newest, session=current).first()
    if slot is None or slot.cancelled or current.cancelled_at or not current.has_seats:
        raise not_open(current)
    _refuse_begun(edition, slot.during.lower, now=now)
    return slot


def _refuse_begun(edition: Edition, begins_at: dt.datetime, *, now: dt.datetime) -> None:
    """The demo's sessions were held in 2025, and have not begun for who tries them later."""
    if begins_at <= now and not edition.is_demo:
        raise SessionBegan


def _refuse_other_days(registration: Registration, edition: Edition, slot: Slot) -> None:
    if registration.days and edition.day_of(slot.during.lower) not in registration.days:
        raise OtherDays


def _lock_seatings(sessions: Collection[int]) -> dict[int, Seating]:
    rows = Seating.objects.select_for_update().filter(session__in=sessions).order_by("session")
    return {row.session_id: row for row in rows}


def _clashing(registration: Registration, slot: Slot) -> list[Seat]:
    """Find the delegate's other seats at that time, also in sessions that are off by now."""
    others = Seat.objects.taken().of(registration).exclude(session=slot.session_id)
    at_the_time = Slot.objects.filter(release=slot.release_id, during__overlap=slot.during).values(
        "session"
    )
    found = others.filter(Q(during__overlap=slot.during) | Q(during=None, session__in=at_the_time))
    return list(found.select_related("session").order_by("taken_at", "pk"))


def _refuse_clash(clashing: Iterable[Seat], edition: Edition, *, own: bool, instead: bool) -> None:
    for seat in clashing:
        if seat.during and not instead:
            raise clashing_seat(seat, edition, own=own)


def _give(seat: Seat, *, by: User | None, now: dt.datetime) -> Seat:
    """Let a seat be taken, or kept where its person had to choose."""
    seat.taken_at = seat.taken_at or now
    seat.given_by = by
    seat.choose_until = None
    if seat.pk is None:
        return _insert(seat)
    seat.save(update_fields=["taken_at", "given_by", "choose_until"])
    return seat


def _insert(seat: Seat) -> Seat:
    """Insert, and read what the database filled in; its constraints stop who forgot the lock."""
    try:
        with transaction.atomic():
            seat.save(force_insert=True)
    except IntegrityError as error:
        if broken_constraint(error) == "seating_not_oversold":
            raise NoFreeSeat from error
        raise
    seat.refresh_from_db(fields=["during"])
    return seat


def _end(seats: Collection[Seat], *, by: User | None, reason: Ending, now: dt.datetime) -> None:
    if seats:
        Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(
            released_at=now, released_by=by, release_reason=reason, choose_until=None
        )


def _settle(
    registration: Registration, edition: Edition, *, freed: Iterable[int], now: dt.datetime
) -> None:
    """After a delegate gave something back: choices that need none, and seats for who waits."""
    for seat in Seat.objects.to_choose().of(registration).order_by("taken_at", "pk"):
        if seat.during and not Seat.objects.held_beside(seat).exists():
            Seat.objects.filter(pk=seat.pk).update(choose_until=None)
    waited_for = Seat.objects.waiting().of(registration).values_list("session", flat=True)
    _fill(edition, [*freed, *waited_for], now=now)


def _fill(edition: Edition, sessions: Iterable[int], *, now: dt.datetime) -> None:
    """Give the free seats of `sessions` to those who wait and fit, in order."""
    letters = 0
    for seating in _lock_seatings(set(sessions)).values():
        if not seating.waiting or seating.is_full:
            continue
        waiting = Seat.objects.waiting().fitting().filter(session=seating.session_id)
        if not edition.is_demo:
            waiting = waiting.filter(during__startswith__gt=now)
        free = None if seating.capacity is None else seating.capacity - seating.taken
        for seat in waiting.select_related("session", "registration__person")[:free]:
            _give(seat, by=None, now=now)
            # Beyond these the lock would be held too long; a planner writes the rest in a minute.
            if letters < LETTERS_UNDER_LOCK:
                emails.seat_given(seat, edition, now=now)
                letters += 1
