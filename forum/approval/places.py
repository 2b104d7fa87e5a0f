"""How many places are free for whom: every limit under which a registration falls."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from forum.quotas.models import Quota, QuotaQuerySet
from forum.registrations.models import Registration


class Placed(Protocol):
    """What decides under which quotas somebody falls."""

    @property
    def category(self) -> str: ...
    @property
    def region_id(self) -> int | None: ...
    @property
    def organisation_id(self) -> int | None: ...


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

    def __init__(self, edition: Edition, quotas: QuotaQuerySet) -> None:
        limited = quotas.filter(edition=edition, places__isnull=False)
        self.quotas = {
            (one.category, one.region_id, one.organisation_id): _limit(one)
            for one in limited.select_related("region", "organisation")
        }
        self.whole = None
        if edition.capacity is not None:
            left = edition.capacity - edition.places_taken
            self.whole = Limit(_("the whole forum"), edition.capacity, left)

    def of(self, one: Placed) -> list[Limit]:
        """Return the limits under which somebody falls, the narrowest first."""
        keys = [
            ("", None, one.organisation_id),
            (one.category, one.region_id, None),
            ("", one.region_id, None),
            (one.category, None, None),
        ]
        found = [self.quotas[key] for key in dict.fromkeys(keys) if key in self.quotas]
        return found + ([self.whole] if self.whole else [])

    def tightest(self, one: Placed) -> Limit | None:
        """Return the limit with the fewest free places; of several, the narrowest."""
        return min(self.of(one), key=lambda limit: limit.free, default=None)

    def full(self, one: Placed) -> list[Limit]:
        """Return the limits that keep somebody from a place."""
        return [limit for limit in self.of(one) if limit.is_full]


def limits_for(edition: Edition, registrations: Iterable[Registration]) -> Limits:
    """Read the limits under which these registrations fall."""
    bodies = {one.organisation_id for one in registrations if one.organisation_id}
    return Limits(edition, Quota.objects.filter(Q(organisation=None) | Q(organisation__in=bodies)))


def full_limits(edition: Edition) -> Limits:
    """Read the limits that are full, those of organisations too."""
    return Limits(edition, Quota.objects.full())


def _limit(quota: Quota) -> Limit:
    places = quota.places or 0
    return Limit(str(quota), places, places - quota.taken, quota)
