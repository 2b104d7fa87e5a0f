"""The list that a device carries to decide without a network: as little of everybody as will do.

A row holds digests of the tickets in the place of codes, the name as it is called out, category,
state, days, and where somebody was let in already. Nobody can make a ticket from it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from forum.arrivals.deciding import verdict_of_standing
from forum.arrivals.gates import admitted_at
from forum.arrivals.models import Scan
from forum.editions.models import Edition
from forum.registrations.models import Registration
from forum.registrations.querysets import RegistrationQuerySet
from forum.tickets.codes import Ticket

CHUNK = 2000
"""Rows in an answer: a device on a slow network goes on from the last one that it got."""
SETTLED = dt.timedelta(minutes=2)
"""What began earlier is committed by now; what is younger is told again the next time."""
HASH_SIGNS = 32
"""128 bits of a digest: enough that no other text has it, and half as much to send."""
Row = list[Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a device knows the list: the last entries of the history and of the scans."""

    event: int
    scan: int

    def __str__(self) -> str:
        return f"{self.event}.{self.scan}"


def listed(edition: Edition) -> RegistrationQuerySet:
    """Return whom a device knows: everybody who registered, those who were refused too."""
    return edition.registrations.filter(registered_at__isnull=False).order_by("pk")


def mark_now(now: dt.datetime, since: Mark | None = None) -> Mark:
    """Return up to where everything is known to who reads now.

    Numbers are given before a transaction is committed, so only what is settled moves the mark.
    """
    settled, known = now - SETTLED, since or Mark(0, 0)
    events = _events().filter(pgh_id__gt=known.event, pgh_created_at__lt=settled)
    scans = Scan.objects.filter(pk__gt=known.scan, received_at__lt=settled)
    if since is None:
        # The newest by its key: to look for the largest would read the whole history.
        event = events.order_by("-pgh_id").values_list("pgh_id", flat=True).first()
        scan = scans.order_by("-pk").values_list("pk", flat=True).first()
    else:
        event = events.aggregate(last=Max("pgh_id"))["last"]
        scan = scans.aggregate(last=Max("pk"))["last"]
    return Mark(event or known.event, scan or known.scan)


def rows_from(edition: Edition, start: int, *, gate: str, now: dt.datetime) -> list[Row]:
    """Return a chunk of the whole list, beginning after `start` rows.

    Rows come at the list's end alone, so one that registers meanwhile is told again, never lost.
    """
    return _rows(listed(edition)[start : start + CHUNK], edition, gate=gate, now=now)


def rows_since(edition: Edition, mark: Mark, *, gate: str, now: dt.datetime) -> list[Row]:
    """Return the rows of whom something happened after `mark`, as they are now."""
    events = _events().filter(pgh_id__gt=mark.event, edition=edition.pk)
    scans = Scan.objects.filter(
        Q(pk__gt=mark.scan) | Q(undone_at__gt=now - 2 * SETTLED), edition=edition, gate=gate
    )
    changed = Q(pk__in=events.values("pgh_obj_id")) | Q(pk__in=scans.values("registration_id"))
    return _rows(listed(edition).filter(changed), edition, gate=gate, now=now)


def hashes_admitted(edition: Edition, gate: str) -> list[str] | None:
    """Return the first digests of those whom a gate lets in; None: whoever has a good ticket."""
    admitted = admitted_at(edition, gate)
    if admitted is None:
        return None
    told = edition.registrations.filter(pk__in=admitted).values_list("code", "ticket_number")
    return [_hashes(edition, code, number)[0] for code, number in told]


def codes_by_hash(edition: Edition, hashes: set[str]) -> dict[str, str]:
    """Return the codes of those who were chosen by name from a device's list."""
    if not hashes:
        return {}
    found: dict[str, str] = {}
    for code, last in listed(edition).values_list("code", "ticket_number"):
        for number in range(1, last + 1):
            found |= dict.fromkeys(hashes.intersection(_hashes(edition, code, number)), code)
    return found


def hash_of(edition: Edition, registration: Registration) -> str:
    """Return the digest under which a device's list has a registration."""
    return _hashes(edition, registration.code, registration.ticket_number)[0]


def days_held(edition: Edition, registration: Registration) -> list[int]:
    """Return the places, among the forum's days, of those on which a ticket holds; [] for all.

    A ticket for days that are the forum's no more holds on none: that is -1.
    """
    days = edition.days
    return [days.index(day) if day in days else -1 for day in registration.days]


def called_out(family_name: str, given_name: str, otherwise: str) -> str:
    """Return a name as it is called out at a door: the surname, and of the given name a letter."""
    if family_name and given_name:
        return f"{family_name} {given_name[0]}."
    return family_name or given_name or otherwise


def _rows(
    registrations: RegistrationQuerySet, edition: Edition, *, gate: str, now: dt.datetime
) -> list[Row]:
    people = ("person__family_name", "person__given_name", "person__latin_name")
    states = ("cancelled_at", "declined_at", "confirmed_at", "offered_at", "waiting_since")
    chosen = list(
        registrations.select_related("person").only(
            *("code", "ticket_number", "category", "days", "edition_id"), *states, *people
        )
    )
    inside = _inside([one.pk for one in chosen], edition, gate=gate)
    return [_row(one, edition, inside[one.pk], now=now) for one in chosen]


def _row(registration: Registration, edition: Edition, inside: Row, *, now: dt.datetime) -> Row:
    person, newest = registration.person, registration.ticket_number
    return [
        _hashes(edition, registration.code, newest),
        [one for n in range(1, newest) for one in _hashes(edition, registration.code, n)],
        called_out(person.family_name, person.given_name, person.latin_name),
        registration.category,
        verdict_of_standing(registration, at=now) or "",
        days_held(edition, registration),
        inside,
    ]


def _inside(registrations: Iterable[int], edition: Edition, *, gate: str) -> dict[int, Row]:
    """Return by registration when and by which device each was let in, a day at a time."""
    scans = Scan.objects.standing().filter(registration__in=list(registrations), gate=gate)
    days, inside = edition.days, defaultdict[int, Row](list)
    for pk, day, moment, device in scans.order_by("day").values_list(
        "registration_id", "day", "judged_at", "device__name"
    ):
        if pk and day in days:
            inside[pk].append([days.index(day), round(moment.timestamp()), device])
    return inside


def _hashes(edition: Edition, code: str, number: int) -> list[str]:
    return [one[:HASH_SIGNS] for one in Ticket(edition.slug, code, number).hashes]


def _events() -> Any:
    return Registration.pgh_event_model.objects.all()  # type: ignore[attr-defined]
