"""The days of one person at one edition: what is for everybody, and what is their own."""

import datetime as dt
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from forum.editions.models import Edition
from sessions_app.releases.attendance import FOR_EVERYBODY
from sessions_app.seats.models import Seat, Star
from sessions_app.timetable.models import Release, Slot, SlotSpeaker

Days = list[tuple[dt.date, list[Slot]]]
"""The days on which something is, in order; each with its slots in order of time."""


def days_of(person: User, *, edition: Edition, is_coming: bool) -> Days:
    """Read, with one query, what the newest release holds for `person`, day by day.

    Those are the sessions in which they speak, have a seat, wait for one, or which they starred;
    for who comes to the forum, also those to which everybody comes. Each slot says which it is:
    `speaks`, `has_seat` with `taken_at` and `choose_until`, `is_starred`.
    """
    slots = _slots(person, edition=edition, is_coming=is_coming)
    by_day = groupby(slots, key=lambda slot: edition.day_of(slot.during.lower))
    return [(day, list(found)) for day, found in by_day]


def _slots(person: User, *, edition: Edition, is_coming: bool) -> QuerySet[Slot]:
    seats = Seat.objects.live().filter(registration__person=person, session__edition=edition)
    stars = Star.objects.filter(person=person, session__edition=edition)
    speaks = SlotSpeaker.objects.filter(speaker__person=person, speaker__edition=edition)
    own = Q(session__in=seats.values("session")) | Q(session__in=stars.values("session"))
    own |= Q(pk__in=speaks.values("slot"))
    if is_coming:
        own |= Q(session__kind__in=FOR_EVERYBODY)
    here = seats.filter(session=OuterRef("session"))
    rows = Slot.objects.filter(own, release__in=Release.objects.filter(edition=edition).newest())
    rows = rows.annotate(
        speaks=Exists(speaks.filter(slot=OuterRef("pk"))),
        has_seat=Exists(here),
        taken_at=Subquery(here.values("taken_at")[:1]),
        choose_until=Subquery(here.values("choose_until")[:1]),
        is_starred=Exists(stars.filter(session=OuterRef("session"))),
    )
    return rows.select_related("session", "room").order_by("during", "pk")
