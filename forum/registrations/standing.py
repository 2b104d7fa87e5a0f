"""At which place of which line somebody waits, and why: the narrowest full quota says it."""

from dataclasses import dataclass

from forum.quotas.models import Quota
from forum.registrations.models import Registration


@dataclass(frozen=True)
class Turn:
    """A place in a line. Without `quota` the line is the edition's; `places` is how many it has.

    `places` None: nothing is full, and the desk gives the free places.
    """

    place: int
    quota: Quota | None
    places: int | None


def turn_of(registration: Registration) -> Turn:
    """Return the turn of who waits: the first is 1.

    Who wait for the same places stand in one line: those of the narrowest quota that is full.
    """
    if quota := _narrowest(registration):
        return Turn(place_in_line(registration, quota), quota, quota.places)
    edition = registration.edition
    edition.refresh_from_db(fields=["places_taken"])
    is_full = edition.capacity is not None and edition.places_taken >= edition.capacity
    places = edition.capacity if is_full else None
    return Turn(place_in_line(registration, None), None, places)


def place_in_line(registration: Registration, quota: Quota | None) -> int:
    """Return at which place of the line of `quota`, or of the edition's, somebody waits."""
    ahead = Registration.objects.ahead_of(registration)
    return (ahead.within(quota) if quota else ahead).count() + 1


def _narrowest(registration: Registration) -> Quota | None:
    full = Quota.objects.filter(edition=registration.edition_id).of(
        registration.category,
        region=registration.region_id,
        organisation=registration.organisation_id,
    )
    found = list(full.full().select_related("region", "organisation"))
    return max(found, key=_narrowness, default=None)


def _narrowness(quota: Quota) -> tuple[bool, bool, bool]:
    return bool(quota.organisation_id), bool(quota.region_id), bool(quota.category)
