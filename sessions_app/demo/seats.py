"""Gives the breakouts seats, and the delegates seats and stars: free, filling, full, and waiting.

In bulk as the delegates; the database holds here too that nobody sits in two places.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from forum.editions.models import Edition
from forum.registrations.models import Registration
from sessions_app.seats.actions import star, take_seat
from sessions_app.seats.models import Seat, Star
from sessions_app.sessions.models import Kind, Session
from sessions_app.timetable.models import Slot

WANTED = {"D": 92, "C": 100, "B": 70, "A": 60}
"""How many delegates want to sit in each room at each time: in the smallest, more than can."""
WITH_SEATS = (Kind.BREAKOUT, Kind.DIALOGUE, Kind.MASTER_CLASS)
SMALLEST = "D"


def add_seats(edition: Edition, delegates: Sequence[Registration], *, now: dt.datetime) -> None:
    """Let sessions in small rooms have seats, and let delegates take them in turn."""
    slots = Slot.objects.filter(release__edition=edition, room__code__in=WANTED)
    sessions = slots.filter(session__kind__in=WITH_SEATS).values("session")
    Session.objects.filter(pk__in=sessions).update(has_seats=True)
    by_time: dict[dt.datetime, list[Slot]] = defaultdict(list)
    for slot in slots.filter(session__has_seats=True).select_related("room").order_by("pk"):
        by_time[slot.during.lower].append(slot)
    coming = [one for one in delegates if not one.cancelled_at]
    Seat.objects.bulk_create(
        seat
        for turn, starts_at in enumerate(sorted(by_time))
        for seat in _seats(by_time[starts_at], _in_turn(coming, turn), now=now)
    )
    plenaries = Session.objects.filter(edition=edition, kind__in=(Kind.PLENARY, Kind.PANEL))
    Star.objects.bulk_create(
        Star(person=registration.person, session=session, starred_at=now)
        for place, session in enumerate(plenaries.order_by("pk"))
        for registration in coming[place :: place + 3]
    )
    breakouts = Session.objects.filter(edition=edition, has_seats=True).order_by("pk")
    Star.objects.bulk_create(
        Star(person=registration.person, session=session, starred_at=now)
        for place, session in enumerate(breakouts)
        for registration in coming[place : place * 4]
    )


def add_own_seats(registration: Registration, *, now: dt.datetime) -> None:
    """Let the demo's delegate sit in the first session of the second smallest room, and wait."""
    slots = Slot.objects.filter(release__edition=registration.edition, session__has_seats=True)
    slots = slots.select_related("session", "room").order_by("during", "room__position")
    chosen = {room: [slot for slot in slots if slot.room.code == room] for room in WANTED}
    for slot in [*chosen["C"][:1], *chosen[SMALLEST][1:2]]:
        take_seat(registration, slot.session, by=registration.person, now=now)
    for slot in chosen["B"][-1:]:
        star(registration.person, slot.session, now=now)


def _in_turn(coming: Sequence[Registration], turn: int) -> list[Registration]:
    """Deal the delegates out anew for each time, so that neighbours part."""
    # 37 has no factor in common with the number of delegates: each stands there once.
    return [coming[(place * 37 + turn * 101) % len(coming)] for place in range(len(coming))]


def _seats(slots: Sequence[Slot], coming: list[Registration], *, now: dt.datetime) -> list[Seat]:
    found = []
    people = iter(coming)
    for slot in slots:
        room = slot.room
        for place, registration in zip(range(WANTED[room.code]), people, strict=False):
            has_seat = room.capacity is None or place < room.capacity
            moment = now - dt.timedelta(minutes=WANTED[room.code] - place)
            found.append(
                Seat(
                    registration=registration,
                    session_id=slot.session_id,
                    taken_at=moment if has_seat else None,
                    waiting_since=None if has_seat else moment,
                    given_by=registration.person if has_seat else None,
                )
            )
    return found
