"""Who waits for which places, in the order in which they get them, and why some are passed over."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator

from forum.approval.listing import with_people
from forum.approval.places import Limit, Limits, full_limits
from forum.approval.steps import STEPS
from forum.editions.models import Edition
from forum.quotas.models import Quota
from forum.registrations.models import Registration, Status
from forum.registrations.queue import list_is_closed, makes_offers

A_PAGE = 50
MOST_OFFERS = 100


class Waiting(NamedTuple):
    """Who waits, as far as quotas look at them."""

    pk: int
    category: str
    region_id: int | None
    organisation_id: int | None


@dataclass
class Line:
    """Those who wait because a limit is full; `next_up` gets the next place that becomes free."""

    key: str
    limit: Limit
    waiting: int = 0
    next_up: Registration | None = None


@dataclass(frozen=True)
class Turn:
    """One who waits: at which place, and which other limits are full for them."""

    number: int
    registration: Registration
    others: list[Limit]
    is_next: bool


class WaitingList:
    """An edition's waiting list, read in two queries, with its lines."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.limits: Limits = full_limits(edition)
        self._known: dict[tuple[object, ...], dict[str, Limit]] = {}
        columns = ("pk", "category", "region", "organisation")
        waiting = edition.registrations.waiting().values_list(*columns)
        self.everybody = [Waiting(*row) for row in waiting]
        self.lines = self._lines()

    def _lines(self) -> dict[str, Line]:
        """Find the lines, the longest first, and who is next in each."""
        counts: Counter[str] = Counter()
        limits: dict[str, Limit] = {}
        self.next_ids: dict[str, int] = {}
        for one in self.everybody:
            full = self._full(one)
            counts.update(full.keys())
            limits |= full
            if len(full) == 1:
                self.next_ids.setdefault(next(iter(full)), one.pk)
        return {key: Line(key, limits[key], count) for key, count in counts.most_common()}

    def name_next(self) -> None:
        """Look up those who are next, in one query."""
        rows = Registration.objects.filter(pk__in=self.next_ids.values()).select_related("person")
        people = {one.pk: one for one in rows}
        for key, line in self.lines.items():
            line.next_up = people.get(self.next_ids.get(key, 0))

    def page(self, key: str, *, number: Any) -> tuple[Any, list[Turn]]:
        """Return a page of one line, of all who wait where `key` names none, with their turns."""
        line = self.lines.get(key)
        waiting = [one.pk for one in self.everybody if not line or key in self._full(one)]
        page = Paginator(waiting, A_PAGE).get_page(number)
        return page, list(self._turns(page, line))

    def _full(self, one: Waiting) -> dict[str, Limit]:
        """Return the limits that keep somebody from a place; whom quotas see alike share them."""
        like = one[1:]
        if like not in self._known:
            self._known[like] = {key_of(limit): limit for limit in self.limits.full(one)}
        return self._known[like]

    def _turns(self, page: Any, line: Line | None) -> Iterator[Turn]:
        first = page.start_index()
        next_ids = {self.next_ids.get(line.key)} if line else set(self.next_ids.values())
        for place, one in enumerate(with_people(page.object_list)):
            one.edition = self.edition
            full = self.limits.full(one)
            others = [limit for limit in full if not line or key_of(limit) != line.key]
            yield Turn(first + place, one, others, one.pk in next_ids)


def waiting_page(edition: Edition, key: str, *, number: Any, now: dt.datetime) -> dict[str, Any]:
    """Return what the page of the waiting list shows, in five queries."""
    everybody = WaitingList(edition)
    everybody.name_next()
    line = everybody.lines.get(key)
    page, turns = everybody.page(key, number=number)
    return {
        "lines": everybody.lines.values(),
        "line": line,
        "count": len(everybody.everybody),
        "page": page,
        "query": urlencode({"line": line.key}) + "&" if line else "",
        "turns": turns,
        "offers": offers_running(edition),
        "is_closed": list_is_closed(edition, now=now),
        "makes_offers": makes_offers(edition, now=now),
        "steps": STEPS[Status.WAITING],
    }


def key_of(limit: Limit) -> str:
    """Name a limit in an address: "ngo.KZ-71", an organisation's code, "all" for the edition's."""
    quota: Quota | None = limit.quota
    if quota is None:
        return "all"
    if quota.organisation:
        return f"org.{quota.organisation.code}"
    return f"{quota.category}.{quota.region.code if quota.region else ''}"


def offers_running(edition: Edition) -> list[Registration]:
    """Return those for whom a place is kept, the offer that ends first on top."""
    rows = edition.registrations.offered().select_related("person", "organisation")
    return list(rows.order_by("offer_until", "pk")[:MOST_OFFERS])
