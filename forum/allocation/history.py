"""The page of who changed which number: what was asked for, in words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from accounts.models import Region, User
from forum.allocation.changes import CellChange, CellChanges
from forum.allocation.matrix import ALL
from forum.allocation.page import change_told
from forum.editions.models import Edition
from forum.quotas.models import Category

A_PAGE = 50


class Told(NamedTuple):
    """A change in words; `who` is None where nobody was signed in."""

    at: dt.datetime
    who: User | None
    sentence: str


class HistoryPage:
    """A page of an edition's changes; of one category or region, where the address says so."""

    def __init__(
        self, edition: Edition, asked: Mapping[str, Any], regions: Sequence[Region]
    ) -> None:
        self.category = _known(asked.get("category", ""), {ALL, *Category.values})
        self.region = _known(asked.get("region", ""), {ALL, *(one.code for one in regions)})
        ids = {one.code: one.pk for one in regions} | {ALL: 0}
        changes = CellChanges(
            edition,
            category=None if not self.category else self.category.replace(ALL, ""),
            region=ids.get(self.region),
        )
        self.page: Page[CellChange] = Paginator(changes, A_PAGE).get_page(asked.get("page"))
        self.names = {one.pk: one for one in regions}

    @property
    def query(self) -> str:
        """What keeps the filter on the next page."""
        told = {"category": self.category, "region": self.region}
        kept = urlencode({name: value for name, value in told.items() if value})
        return f"{kept}&" if kept else ""

    @cached_property
    def rows(self) -> list[Told]:
        """Say what was changed, with one query for the people."""
        changes: list[CellChange] = list(self.page.object_list)
        people = User.objects.in_bulk({one.by for one in changes if one.by})
        return [
            Told(
                one.at,
                people.get(one.by) if one.by else None,
                change_told(one, self.names.get(one.cell.region) if one.cell.region else None),
            )
            for one in changes
        ]


def _known(typed: str, known: set[str]) -> str:
    return typed if typed in known else ""
