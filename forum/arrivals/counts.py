"""How many have come, of how many who have a place."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import Region
from forum.arrivals.models import MAIN, Scan
from forum.editions.models import Edition
from forum.quotas.models import Category


@dataclass(slots=True)
class Share:
    """Of those who have a place, how many have arrived."""

    title: str
    arrived: int = 0
    confirmed: int = 0

    def add(self, arrived: int, confirmed: int) -> None:
        self.arrived += arrived
        self.confirmed += confirmed


@dataclass(frozen=True, slots=True)
class Counts:
    """The arrivals at one moment."""

    total: Share
    today: int
    """Let in at the main entrance on this day of the forum."""
    categories: list[Share]
    regions: list[Share]


def counts_of(edition: Edition, *, day: dt.date) -> Counts:
    """Count by category and by region; who named no region is not among these."""
    rows = (
        edition.registrations.confirmed()
        .order_by()
        .values_list("category", "region")
        .annotate(arrived=Count("arrived_at"), all=Count("pk"))
    )
    total = Share("")
    categories = {code: Share(str(title)) for code, title in Category.choices}
    regions = {region.pk: Share(region.name) for region in Region.objects.all()}
    for category, region, arrived, confirmed in rows:
        total.add(arrived, confirmed)
        categories[category].add(arrived, confirmed)
        if region in regions:
            regions[region].add(arrived, confirmed)
    today = Scan.objects.standing().filter(edition=edition, gate=MAIN, day=day).count()
    return Counts(total, today, _some(categories.values()), _some(regions.values()))


def _some(shares: Iterable[Share]) -> list[Share]:
    return [share for share in shares if share.confirmed]
