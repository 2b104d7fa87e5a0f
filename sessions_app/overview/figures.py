"""An edition in figures, for the desk: who registered, when and from where, and its letters."""

import datetime as dt
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from accounts.models import Region
from forum.models import Category, Edition, Status
from forum.registrations.querysets import STANDING

MOST_BARS = 120
"""So many days have a bar each; of more, whole weeks share one."""
WEEK = 7
CHART_WIDTH, CHART_HEIGHT, CHART_FOOT = 720, 160, 20
WIDEST_BAR = 40.0

PLACED = frozenset({Status.CONFIRMED, Status.ARRIVED})
HOPING = (Status.AWAITING, Status.WAITING, Status.OFFERED)
"""Those who have registered and hold no place of their own yet."""


@dataclass(frozen=True, slots=True)
class Row:
    """One region, or one category: those with a place, and those who hope for one."""

    name: str
    confirmed: int
    waiting: int

    @property
    def live(self) -> int:
        """All of them."""
        return self.confirmed + self.waiting


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the chart, or several from `day` to `last`, in the SVG's units."""

    day: dt.date
    last: dt.date
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass
class Figures:
    """What the desk shows of an edition's registrations."""

    standing: Counter[str] = field(default_factory=Counter)
    regions: list[Row] = field(default_factory=list)
    categories: list[Row] = field(default_factory=list)

    @property
    def confirmed(self) -> int:
        """How many have a place, arrived or not."""
        return sum(self.standing[status] for status in PLACED)

    @property
    def others(self) -> list[tuple[Status, int]]:
        """How many stand otherwise; who decides or waits is named even where there is nobody."""
        shown = (*HOPING, Status.ARRIVED, Status.DECLINED, Status.CANCELLED)
        always = (Status.AWAITING, Status.WAITING)
        found = [(one, self.standing[one]) for one in shown]
        return [(one, count) for one, count in found if count or one in always]

    @property
    def most_in_region(self) -> int:
        """The longest of the regions' bars; at least 1, since a meter cannot end at 0."""
        return max((row.live for row in self.regions), default=0) or 1

    @property
    def most_in_category(self) -> int:
        """The longest of the categories' bars."""
        return max((row.live for row in self.categories), default=0) or 1


def figures_of(edition: Edition) -> Figures:
    """Count the registrations by region and category; regions without any are there with 0."""
    rows = edition.registrations.order_by().values("region", "category", standing=STANDING)
    found = Figures()
    by_region: dict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    by_category: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows.annotate(number=Count("pk")):
        number, standing = row["number"], row["standing"]
        found.standing[standing] += number
        for sums in (by_region[row["region"]], by_category[row["category"]]):
            sums[0] += number if standing in PLACED else 0
            sums[1] += number if standing in HOPING else 0
    found.regions = [Row(region.name, *by_region[region.pk]) for region in Region.objects.all()]
    found.regions.append(Row(_("No region"), *by_region[None]))
    found.categories = [Row(str(each.label), *by_category[each.value]) for each in Category]
    return found


def chart_of(edition: Edition) -> list[Bar]:
    """Draw the registrations up to the newest, by days of the edition's zone or by weeks."""
    live = edition.registrations.sent().order_by()
    days = live.annotate(day=TruncDate("registered_at", tzinfo=edition.zone)).values("day")
    counts: dict[dt.date, int] = {
        row["day"]: row["count"] for row in days.annotate(count=Count("pk"))
    }
    if not counts:
        return []
    first, last = min(counts), max(counts)
    span = _days_of_a_bar(first, last)
    if span > 1:
        first -= dt.timedelta(days=first.weekday())
    sums = [0] * ((last - first).days // span + 1)
    for day, count in counts.items():
        sums[(day - first).days // span] += count
    highest, step = max(sums), CHART_WIDTH / len(sums)
    room, width = CHART_HEIGHT - CHART_FOOT, round(min(step * 0.8, WIDEST_BAR), 1)
    bars = []
    for place, count in enumerate(sums):
        day = first + dt.timedelta(days=place * span)
        until = min(day + dt.timedelta(days=span - 1), last)
        height = round(room * count / highest, 1)
        bars.append(Bar(day, until, count, round(place * step, 1), room - height, width, height))
    return bars


def _days_of_a_bar(first: dt.date, last: dt.date) -> int:
    days = (last - first).days + 1
    return 1 if days <= MOST_BARS else WEEK * math.ceil(days / (WEEK * MOST_BARS))
