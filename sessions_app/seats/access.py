"""Looks up what concerns one person: the registration, the seats, the stars."""

import datetime as dt

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from forum.editions.models import Edition
from forum.registrations.models import Registration
from sessions_app.seats.models import Seat
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Release, Slot


def find_coming(edition: Edition, *, person: User) -> Registration | None:
    """Return the registration with which `person` may take seats."""
    return edition.registrations.confirmed().filter(person=person).first()


def get_coming(edition: Edition, code: str) -> Registration:
    """Return the registration with that number, if it has a place at the forum; else a 404."""
    coming = edition.registrations.confirmed().select_related("person")
    found = coming.filter(code=code.upper()).first() if code.isalnum() else None
    if found is None:
        raise Http404(_("Nobody with a place at the forum has this number."))
    return found


def get_waiting(session: Session, code: str) -> Seat:
    """Return what the registration with that number waits with; else a 404."""
    waiting = Seat.objects.waiting().filter(session=session)
    waiting = waiting.select_related("session", "registration__person")
    found = waiting.filter(registration__code=code.upper()).first() if code.isalnum() else None
    if found is None:
        raise Http404(_("This person does not wait for a seat any more."))
    return found


def released_slots(edition: Edition) -> list[Slot]:
    """Return what delegates choose from, in order of time: sessions with seats."""
    newest = Release.objects.filter(edition=edition).newest()
    slots = Slot.objects.filter(release__in=newest, session__has_seats=True)
    slots = slots.select_related("session__track", "session__seating", "room")
    return list(slots.order_by("during__startswith", "room__position", "pk"))


def live_seats_of(registration: Registration) -> dict[int, Seat]:
    """Return the delegate's seats, those waited for too, by session."""
    seats = Seat.objects.live().of(registration).select_related("session")
    return {seat.session_id: seat for seat in seats}


def places_of(registration: Registration) -> dict[int, int]:
    """Return the delegate's places on waiting lists, by session."""
    waiting = Seat.objects.of(registration).with_places()
    return dict(waiting.values_list("session", "place"))  # type: ignore[misc]


def starred_slots(person: User, *, edition: Edition) -> list[Slot]:
    """Return what `person` wants to see, as the newest release holds it, in order of time."""
    newest = Release.objects.filter(edition=edition).newest()
    slots = Slot.objects.filter(release__in=newest, session__stars__person=person)
    return list(slots.select_related("session__track", "room").order_by("during", "pk"))


def seats_in_sessions(registration: Registration) -> QuerySet[Seat, int]:
    """Return the sessions in which the delegate holds a seat, for an `in`."""
    return Seat.objects.taken().of(registration).values_list("session", flat=True)


def holders(session: Session) -> QuerySet[Registration]:
    """Return who holds a seat in `session`, with their people."""
    taken = Seat.objects.taken().filter(session=session).values("registration")
    rows = Registration.objects.confirmed().filter(pk__in=taken)
    return rows.select_related("person")


def begun(slot: Slot, edition: Edition, *, now: dt.datetime) -> bool:
    """Whether it is too late to take a seat or to give one back; in the demo it never is."""
    return slot.during.lower <= now and not edition.is_demo
