"""How many places are free for whom: every limit under which a registration falls."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from forum.quotas.models import Quota
from forum.registrations.models import Registration
from forum.registrations.queue import falls_under


@dataclass(frozen=True, slots=True)
class Limit:
    """So many places, and how many of them are free; without a quota, the edition's own."""

    name: str
    places: int
    free: int
    quota: Quota | None = None

    @property
    def is_full(self) -> bool:
        """Whether no place is free."""
        return self.free <= 0


class Limits:
    """An edition's limits as they are now, read in one query."""

    def __init__(self, edition: Edition, registrations: Iterable[Registration]) -> None:
        bodies = {one.organisation_id for one in registrations if one.organisation_id}
        limited = Quota.objects.filter(
            Q(organisation=None) | Q(organisation__in=bodies), edition=edition, places__isnull=False
        )
        quotas = limited.select_related("region", "organisation")
        self.quotas = [(quota, _limit(quota)) for quota in quotas]
        self.whole = None
        if edition.capacity is not None:
            left = edition.capacity - edition.places_taken
            self.whole = Limit(_("the whole forum"), edition.capacity, left)

    def of(self, registration: Registration) -> list[Limit]:
        """Return the limits under which `registration` falls, the narrowest first."""
        found = [
            (_narrowness(quota), limit)
            for quota, limit in self.quotas
            if falls_under(registration, quota)
        ]
        found.sort(key=lambda one: one[0], reverse=True)
        return [limit for _order, limit in found] + ([self.whole] if self.whole else [])

    def tightest(self, registration: Registration) -> Limit | None:
        """Return the limit with the fewest free places; of several, the narrowest."""
        return min(self.of(registration), key=lambda limit: limit.free, default=None)

    def full(self, registration: Registration) -> list[Limit]:
        """Return the limits that keep `registration` from a place."""
        return [limit for limit in self.of(registration) if limit.is_full]


def _limit(quota: Quota) -> Limit:
    places = quota.places or 0
    return Limit(str(quota), places, places - quota.taken, quota)


def _narrowness(quota: Quota) -> tuple[bool, bool, bool]:
    return bool(quota.organisation_id), bool(quota.region_id), bool(quota.category)
