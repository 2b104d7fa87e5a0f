"""Who gets a free place: the first in line who fits every quota. Under the edition's lock only."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from forum.editions.models import Edition
from forum.quotas.models import Quota
from forum.registrations import emails
from forum.registrations.models import Registration
from forum.registrations.querysets import RegistrationQuerySet
from forum.registrations.signals import place_given

OFFERS_FROM = dt.timedelta(hours=48)
"""So long before the edition, places are offered and not simply given: plans are made by then."""
BATCH = 200
LETTERS_UNDER_LOCK = 20


def opens_at(edition: Edition) -> dt.datetime:
    """Return when the edition's first day begins: from then on the desk gives free places."""
    return edition.beginning_of(edition.starts_on)


def list_is_closed(edition: Edition, *, now: dt.datetime) -> bool:
    """Whether nobody moves up by themselves any more. The demo's forum is never over."""
    return now >= opens_at(edition) and not edition.is_demo


def makes_offers(edition: Edition, *, now: dt.datetime) -> bool:
    """Whether who moves up must accept the place first."""
    return opens_at(edition) - OFFERS_FROM <= now and not edition.is_demo


def free_places(edition: Edition) -> int | None:
    """Count the edition's free places as the database knows them now; None for no limit."""
    edition.refresh_from_db(fields=["places_taken"])
    return None if edition.capacity is None else max(edition.capacity - edition.places_taken, 0)


def leaves_room(registration: Registration, *, now: dt.datetime, by: User | None) -> bool:
    """Serve who waits, and say whether a place is left for who comes now.

    The edition was just locked and read, so its numbers are those of the database. Mostly there is
    room and nobody waits: who registers must not pay for more than these two questions.
    """
    edition = registration.edition
    if not _is_free(edition):
        return False
    waiting = edition.registrations.waiting().order_by()
    if waiting.exists() and fill(edition, now=now, by=by):
        free_places(edition)
    return _is_free(edition) and _is_next(registration, now=now)


def has_room(registration: Registration, *, now: dt.datetime) -> bool:
    """Whether a place is free for who comes now, once those who wait were served."""
    return free_places(registration.edition) != 0 and _is_next(registration, now=now)


def _is_free(edition: Edition) -> bool:
    return edition.capacity is None or edition.places_taken < edition.capacity


def _is_next(registration: Registration, *, now: dt.datetime) -> bool:
    """Whether a free place may go to `registration`: its quotas have room, and nobody is before it.

    When the list is closed the desk serves those on it first, so nobody passes them.
    """
    edition = registration.edition
    if registration.quotas().full().exists():
        return False
    closed = list_is_closed(edition, now=now)
    return not closed or not that_fit(edition.registrations.waiting()).exists()


def that_fit(waiting: RegistrationQuerySet) -> RegistrationQuerySet:
    """Keep those for whom no quota is full."""
    full = Quota.objects.full().filter(edition=OuterRef("edition"))
    full = full.of(
        OuterRef("category"), region=OuterRef("region"), organisation=OuterRef("organisation")
    )
    return waiting.filter(~Exists(full))


def fill(edition: Edition, *, now: dt.datetime, by: User | None = None) -> list[Registration]:
    """Give free places to those who wait, in order: whom the first full quota holds is passed over.

    From two days before the edition a place is offered and kept until the offer ends; from its
    first day on nobody moves up by themselves.
    """
    moved: list[Registration] = []
    if list_is_closed(edition, now=now):
        return moved
    while batch := _next_batch(edition):
        if makes_offers(edition, now=now):
            _offer(batch, edition, now=now)
        else:
            _confirm(batch, now=now, by=by)
        moved += batch
    if not moved:
        return moved
    emails.wait_no_more(moved, now=now)
    # Beyond these the lock would be held too long; a planner writes the rest within a minute.
    for registration in moved[:LETTERS_UNDER_LOCK]:
        emails.moved_up(registration, now=now)
    return moved


def _next_batch(edition: Edition) -> list[Registration]:
    """Return the next in line who together fit into what is free."""
    waiting = that_fit(edition.registrations.waiting()).select_for_update(of=("self",))
    candidates = list(waiting.select_related("person")[:BATCH])
    free = free_places(edition) if candidates else 0
    if free == 0:
        return []
    candidates = candidates[: min(free or BATCH, BATCH)]
    left = _places_left(edition, candidates)
    batch = []
    for registration in candidates:
        mine = [quota for quota in left if quota.is_for(registration)]
        if all(left[quota] > 0 for quota in mine):
            left.update((quota, left[quota] - 1) for quota in mine)
            registration.edition = edition
            batch.append(registration)
    return batch


def _places_left(edition: Edition, candidates: Iterable[Registration]) -> dict[Quota, int]:
    bodies = {one.organisation_id for one in candidates if one.organisation_id}
    limited = Quota.objects.filter(
        Q(organisation__isnull=True) | Q(organisation__in=bodies),
        edition=edition,
        places__isnull=False,
    )
    return {quota: (quota.places or 0) - quota.taken for quota in limited}


def _confirm(batch: Sequence[Registration], *, now: dt.datetime, by: User | None) -> None:
    Registration.objects.filter(pk__in=[one.pk for one in batch]).update(confirmed_at=now)
    for registration in batch:
        registration.confirmed_at = now
        place_given.send(sender=Registration, registration=registration, by=by, now=now)


def _offer(batch: Sequence[Registration], edition: Edition, *, now: dt.datetime) -> None:
    until = min(now + dt.timedelta(hours=edition.offer_hours), opens_at(edition))
    Registration.objects.filter(pk__in=[one.pk for one in batch]).update(
        offered_at=now, offer_until=until
    )
    for registration in batch:
        registration.offered_at, registration.offer_until = now, until
