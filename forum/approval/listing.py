"""The desk's list: a page of registrations, the tabs, and the places that are free for each."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Region
from forum.approval.asking import (
    ALL,
    DAYS,
    NOWHERE,
    TABS,
    Asked,
    chosen_tab,
    filtered,
    listed,
)
from forum.approval.exports import parts_of
from forum.approval.places import Limit, limits_for
from forum.approval.steps import steps_for
from forum.editions.models import Edition
from forum.quotas.models import Category
from forum.registrations.models import Registration, Status

A_PAGE = 50
UNPLACED = (Status.AWAITING, Status.WAITING, Status.DRAFT)
"""Those without a place: for them it is of use to know how many are free."""
SORT_WORDS = {
    "oldest": _("The oldest first"),
    "newest": _("The newest first"),
    "name": _("By name"),
    "organisation": _("By organisation"),
    "region": _("By region"),
    "category": _("By category"),
}


class CountedPages(Paginator):
    """Pages of a list whose length is known from the tabs, and not counted again."""

    def __init__(self, rows: Any, per_page: int, *, count: int) -> None:
        super().__init__(rows, per_page)
        self._count = count

    @cached_property
    def count(self) -> int:
        return self._count


@dataclass(frozen=True)
class Row:
    """One registration, and the limit that is nearest to being full for it, if it needs a place."""

    registration: Registration
    limit: Limit | None


@dataclass(frozen=True)
class Tab:
    """A status and how many have it among those that match."""

    status: str
    words: Any
    count: int
    query: str
    is_current: bool


def page_of(edition: Edition, asked: Asked, *, number: Any, now: dt.datetime) -> dict[str, Any]:
    """Return what the list shows, in five queries."""
    counts = filtered(edition, asked, now=now).counted_by_status()
    total = sum(counts.values())
    asked = chosen_tab(asked, counts)
    # The database orders ids alone; rows with all their columns would take it a second.
    order = listed(edition, asked, now=now).values_list("pk", flat=True)
    count = total if asked.status == ALL else counts.get(asked.status, 0)
    page = CountedPages(order, A_PAGE, count=count).get_page(number)
    return {
        "asked": asked,
        "page": page,
        "query": asked.query().removeprefix("?") + "&",
        "rows": list(_rows(edition, with_people(page.object_list))),
        "tabs": list(_tabs(asked, counts, total)),
        "steps": steps_for(asked.status),
        "seen": now.isoformat(),
        "files": parts_of(count),
        **_choices(),
    }


def with_people(ids: Iterable[int]) -> list[Registration]:
    """Return the registrations of these ids, in their order, with what a row shows."""
    order = list(ids)
    rows = Registration.objects.select_related("person", "organisation", "region")
    found = rows.in_bulk(order)
    return [found[pk] for pk in order if pk in found]


def _rows(edition: Edition, registrations: list[Registration]) -> Iterator[Row]:
    """Pair each registration without a place with what is free for it."""
    limits = limits_for(edition, registrations)
    for one in registrations:
        one.edition = edition
        yield Row(one, limits.tightest(one) if one.status in UNPLACED else None)


def _tabs(asked: Asked, counts: dict[str, int], total: int) -> Iterator[Tab]:
    for status in TABS:
        yield _tab(asked, status.value, status.label, counts.get(status.value, 0))
    yield _tab(asked, ALL, pgettext_lazy("registrations", "All"), total)


def _tab(asked: Asked, status: str, words: Any, count: int) -> Tab:
    return Tab(status, words, count, asked.query(status=status, sort=""), asked.status == status)


def _choices() -> dict[str, Any]:
    """Return what the filters offer."""
    regions = [(one.code, one.name) for one in Region.objects.all()]
    return {
        "categories": Category.choices,
        "regions": [*regions, (NOWHERE, _("No region given"))],
        "ages": [int(days) for days in DAYS],
        "sorts": SORT_WORDS.items(),
    }
