"""Keeps the demo's places by category and, for NGOs, by region (forum-facts §1)."""

import datetime as dt

from accounts.models import Region
from forum.editions.models import Edition
from forum.quotas.actions import Wish, set_many
from forum.quotas.cells import Cell
from sessions_app.demo.content_people import QUOTAS


def add_quotas(edition: Edition, *, now: dt.datetime) -> None:
    """Give each category its places; the delegates are there already, and all have one."""
    regions = list(Region.objects.values_list("pk", flat=True))
    wishes = {}
    for quota in QUOTAS:
        for region in regions if quota.places_by_region else [None]:
            wishes[Cell(quota.category, region)] = Wish(quota.places)
    set_many(edition, wishes, by=None, now=now)
