"""Places kept for those who waited: accepted in time, or passed on."""

import datetime as dt

from accounts.models import User
from forum.editions.locking import locked_edition
from forum.editions.models import Edition
from forum.registrations import emails, queue
from forum.registrations.current import locked_registration, refuse_ended
from forum.registrations.errors import Busy, NoOffer, OfferLapsed
from forum.registrations.models import Registration, Status
from forum.registrations.signals import place_given


def accept_offer(registration: Registration, *, by: User, now: dt.datetime) -> Registration:
    """Take the place that is kept for one. Raises NoOffer, or OfferLapsed when it is too late."""
    with locked_registration(registration, by=by, step="accept") as current:
        if current.lapsed:
            raise OfferLapsed
        refuse_ended(current, now=now)
        if current.status != Status.OFFERED or current.offer_until is None:
            raise NoOffer
        if current.offer_until <= now:
            # Whoever comes a moment too late must not wait for the sweep to hear it.
            raise OfferLapsed
        current.confirmed_at = now
        current.save(update_fields=["confirmed_at"])
        emails.confirmed(current, now=now)
        place_given.send(sender=Registration, registration=current, by=by, now=now)
    return current


def lapse_offers(edition: Edition, *, now: dt.datetime) -> list[Registration]:
    """End the registrations whose offer nobody accepted in time, and pass the places on.

    Return those who moved up. Who was offered a place may register anew.
    """
    with locked_edition(edition.pk, by=None, step="lapse", busy=Busy) as locked:
        late = locked.registrations.offered().filter(offer_until__lte=now).order_by("pk")
        for registration in late.select_for_update(of=("self",)).select_related("person"):
            registration.edition = locked
            registration.cancelled_at = now
            registration.save(update_fields=["cancelled_at"])
            emails.offer_lapsed(registration, now=now)
        return queue.fill(locked, now=now)


def promote(edition: Edition, *, now: dt.datetime, by: User | None = None) -> list[Registration]:
    """Give the places that are free to those who wait; call it when a limit was raised."""
    with locked_edition(edition.pk, by=by, step="promote", busy=Busy) as locked:
        return queue.fill(locked, now=now, by=by)


def promote_into_added_places(
    *, edition: Edition, by: User, now: dt.datetime, **_signal: object
) -> None:
    """Hear that an edition has more places, and give them to those who wait."""
    promote(edition, by=by, now=now)
