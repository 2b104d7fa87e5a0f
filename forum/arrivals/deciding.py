"""Whether somebody is let in: the checks, in one order, here and in the devices' script."""

import datetime as dt

from forum.arrivals.gates import verdict_at
from forum.arrivals.models import Verdict
from forum.registrations.models import Registration


def verdict_of_ticket(
    registration: Registration, number: int, *, at: dt.datetime
) -> Verdict | None:
    """Say whether ticket `number` was replaced by the moment `at`; None: it is the newest."""
    if number >= registration.ticket_number:
        return None
    # Rare, so the history is asked: it was the newest while the device had no network.
    events = Registration.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj=registration.pk, ticket_number__gt=number
    )
    replaced = events.order_by("pgh_id").values_list("pgh_created_at", flat=True).first()
    return Verdict.REPLACED if replaced is None or replaced <= at else None


def verdict_of_standing(registration: Registration, *, at: dt.datetime) -> Verdict | None:
    """Say what is against the registration as it stood at `at`; None: the place is theirs."""
    if registration.cancelled_at and registration.cancelled_at <= at:
        return Verdict.CANCELLED
    if registration.declined_at and registration.declined_at <= at:
        return Verdict.DECLINED
    if registration.confirmed_at and registration.confirmed_at <= at:
        return None
    if registration.offered_at and registration.offered_at <= at:
        return Verdict.OFFERED
    return Verdict.WAITING if registration.waiting_since else Verdict.AWAITING


def verdict_of_day(registration: Registration, day: dt.date) -> Verdict | None:
    """Say whether the ticket does not hold on `day` of the forum; None: it does."""
    days = registration.days or registration.edition.days
    return None if day in days else Verdict.OTHER_DAY


def against(
    registration: Registration, *, number: int | None, gate: str, day: dt.date, at: dt.datetime
) -> Verdict | None:
    """Say what first is against letting the person in at `gate`; None: nothing but being in.

    `number` is that of the ticket shown; None where the person was found by name.
    """
    replaced = None if number is None else verdict_of_ticket(registration, number, at=at)
    return (
        replaced
        or verdict_of_standing(registration, at=at)
        or verdict_of_day(registration, day)
        or verdict_at(registration, gate, at=at)
    )


def merged(found: Verdict, told: str, registration: Registration) -> Verdict:
    """Return what a scan counts as that a device decided on without a network, saying `told`.

    A person who was turned away did not come in by it, though the ticket holds; one who was let
    in and has cancelled since was let in rightly, and yet does not count.
    """
    if told and told != Verdict.WELCOME and found == Verdict.WELCOME:
        return Verdict.TURNED_AWAY
    ended = registration.cancelled_at or registration.declined_at
    return Verdict.ENDED_SINCE if found == Verdict.WELCOME and ended else found
