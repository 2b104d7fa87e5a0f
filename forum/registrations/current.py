"""A registration as it stands now, held together with its edition."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from accounts.models import User
from forum.editions.locking import locked_edition
from forum.editions.models import Edition
from forum.registrations.errors import (
    AlreadyCancelled,
    AlreadyDeclined,
    Busy,
    EditionOver,
    HasArrived,
)
from forum.registrations.models import Registration


@contextmanager
def locked_registration(
    registration: Registration, *, by: User | None, step: str, why: str = ""
) -> Iterator[Registration]:
    """Open a transaction that holds the edition's row, then the registration's.

    Raises Busy where that takes too long. The registration comes with its edition as it is now.
    """
    with locked_edition(registration.edition_id, by=by, step=step, why=why, busy=Busy) as edition:
        yield hold(registration.pk, edition)


def hold(pk: int, edition: Edition) -> Registration:
    """Lock the row of a registration whose edition is held, and read it anew."""
    held = Registration.objects.select_for_update(of=("self",)).select_related("person")
    current = held.get(pk=pk, edition=edition)
    current.edition = edition
    return current


def refuse_ended(registration: Registration, *, now: dt.datetime) -> None:
    """Raise when the registration is cancelled or declined, or its edition's last day over.

    While one can still register (the demo never closes), one can change one's mind too.
    """
    if registration.cancelled_at:
        raise AlreadyCancelled
    if registration.declined_at:
        raise AlreadyDeclined
    refuse_over(registration, now=now)


def refuse_over(registration: Registration, *, now: dt.datetime) -> None:
    """Raise when the last day of the registration's edition is over."""
    edition = registration.edition
    over = now.astimezone(edition.zone).date() > edition.ends_on
    if over and not edition.registration_is_open(now=now):
        raise EditionOver


def refuse_arrived(registration: Registration) -> None:
    """Raise when the person is at the forum already."""
    if registration.arrived_at:
        raise HasArrived
