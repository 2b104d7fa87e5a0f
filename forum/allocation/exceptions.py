"""What the page of organisations' places shows: exceptions, and who is full while people wait."""

import datetime as dt
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from accounts.models import User
from forum.editions.models import Edition
from forum.quotas.models import Quota
from forum.registrations.models import Registration

A_PAGE = 50
MOST_FULL = 20


class Exempt(NamedTuple):
    """An organisation with places of its own: why, since when, and by whom."""

    quota: Quota
    why: str
    at: dt.datetime
    who: User | None


class ExceptionsPage:
    """A page of an edition's exceptions, in the order of names."""

    def __init__(self, edition: Edition, page: Any) -> None:
        events: QuerySet[Any] = Quota.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
            pgh_obj=OuterRef("pk")
        ).order_by("-pgh_id")
        rows: QuerySet[Any] = (
            Quota.objects.filter(edition=edition, own_places=True)
            .select_related("organisation__region")
            .order_by("organisation__sort_key", "pk")
            .annotate(
                why=Subquery(events.values("pgh_context__metadata__why")[:1]),
                by=Subquery(events.values("pgh_context__metadata__user")[:1]),
                at=Subquery(events.values("pgh_created_at")[:1]),
            )
        )
        self.page: Page[Any] = Paginator(rows, A_PAGE).get_page(page)

    @cached_property
    def rows(self) -> list[Exempt]:
        """Name who made each, with one query for all."""
        rows = list(self.page.object_list)
        people = User.objects.in_bulk({row.by for row in rows if row.by})
        return [Exempt(row, row.why or "", row.at, people.get(row.by)) for row in rows]


def full_organisations(edition: Edition) -> list[Any]:
    """Return organisations whose places are all taken, with the number of those who wait."""
    waiting = (
        Registration.objects.waiting()
        .filter(edition=edition, organisation=OuterRef("organisation"))
        .order_by()
        .values("organisation")
        .annotate(number=Count("pk"))
        .values("number")
    )
    full = Quota.objects.full().filter(edition=edition, organisation__isnull=False)
    counted = full.annotate(waiting=Coalesce(Subquery(waiting), 0)).filter(waiting__gt=0)
    return list(counted.select_related("organisation").order_by("-waiting", "pk")[:MOST_FULL])
