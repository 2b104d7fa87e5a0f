"""The places that an organisation's delegates can have: free ones, in each quota and altogether."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Organisation, Region
from forum.editions.models import Edition
from forum.quotas.models import Quota
from forum.registrations import queue
from forum.registrations.models import Registration


@dataclass(frozen=True)
class Placing:
    """What decides under which quotas a delegate falls (forum.quotas.models.Placed)."""

    category: str
    region_id: int | None
    organisation_id: int | None


@dataclass
class Limit:
    """A quota with a number of places, and how many of them are left."""

    quota: Quota
    left: int


class Places:
    """The free places, taken one after the other as registering would take them."""

    def __init__(
        self,
        edition: Edition,
        organisation: Organisation,
        *,
        region: Region | None,
        now: dt.datetime,
    ) -> None:
        self.organisation, self.region = organisation, organisation.region or region
        self.free = queue.free_places(edition)
        self.limits = limits_of(edition, organisation)
        closed = queue.list_is_closed(edition, now=now)
        self.others_first = closed and queue.that_fit(edition.registrations.waiting()).exists()

    def asks_region(self, category: str) -> bool:
        """Whether places of `category` are kept by region, and none is known."""
        by_region = any(
            one.quota.region_id and one.quota.category == category for one in self.limits
        )
        return by_region and self.region is None

    def take(self, category: str) -> bool:
        """Take a place for one more delegate; False where one has to wait."""
        region = self.region.pk if self.region else None
        placing = Placing(category, region, self.organisation.pk)
        mine = [one for one in self.limits if one.quota.is_for(placing)]
        if self.others_first or self.free == 0 or any(one.left <= 0 for one in mine):
            return False
        for one in mine:
            one.left -= 1
        self.free = None if self.free is None else self.free - 1
        return True


def limits_of(edition: Edition, organisation: Organisation) -> list[Limit]:
    """Return every limit that delegates of `organisation` may meet: its own, and everybody's.

    The organisation's own row is written when its first delegate registers; until then the
    edition's number of places for each organisation stands for it.
    """
    everybodys = Q(organisation__isnull=True) | Q(organisation=organisation)
    quotas = list(Quota.objects.filter(everybodys, edition=edition).select_related("region"))
    own = [one for one in quotas if one.organisation_id]
    for one in own:
        one.organisation = organisation
    if edition.organisation_cap is not None and not own:
        held = Registration.objects.filter(edition=edition, organisation=organisation, holds=True)
        quotas.append(
            Quota(
                edition=edition,
                organisation=organisation,
                places=edition.organisation_cap,
                taken=held.count(),
            )
        )
    return [Limit(one, one.places - one.taken) for one in quotas if one.places is not None]
