"""What the desk's list is asked for: read from the address, leniently, and written back to it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.db.models import Q

from accounts.models import Organisation
from forum.editions.models import Edition
from forum.quotas.models import Category
from forum.registrations.models import Status
from forum.registrations.querysets import RegistrationQuerySet
from forum.registrations.searching import in_key, matching, words_of

LONGEST_SEARCH = 100
ALL = "all"
NOWHERE = "none"
TABS = (
    Status.AWAITING, Status.WAITING, Status.OFFERED, Status.CONFIRMED, Status.ARRIVED,
    Status.DECLINED, Status.CANCELLED, Status.DRAFT,
)  # fmt: skip
"""The list's tabs: what is to be done stands first."""
DAYS = ("1", "3", "7", "14")
"""So many days ago, or longer, may be asked for."""
SORTS: Mapping[str, tuple[str, ...]] = {
    "oldest": ("registered_at", "pk"),
    "newest": ("-registered_at", "-pk"),
    "name": ("person__sort_key", "pk"),
    "organisation": ("organisation__sort_key", "registered_at", "pk"),
    "region": ("region__position", "registered_at", "pk"),
    "category": ("category", "registered_at", "pk"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an organiser wants to see; what is empty does not filter."""

    status: str = ""
    category: str = ""
    region: str = ""
    organisation: str = ""
    endorsed: str = ""
    older: str = ""
    q: str = ""
    sort: str = ""

    def told(self) -> dict[str, str]:
        """Return what is not empty, as it stands in the address and in hidden fields."""
        every = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in every.items() if value}

    def query(self, **changed: str) -> str:
        """Write the address's query with some of it changed: "?status=…", or "?" with none."""
        return "?" + urlencode(replace(self, **changed).told())

    @property
    def narrows(self) -> bool:
        """Whether anything but the tab and the order is asked for."""
        return bool(self.told().keys() - {"status", "sort"})


def read_asked(told: Mapping[str, str]) -> Asked:
    """Take over what the list knows; leave out the rest without a word."""
    allowed = {
        "status": {ALL, *Status.values},
        "category": set(Category.values),
        "endorsed": {"yes", "no"},
        "older": set(DAYS),
        "sort": set(SORTS),
    }
    known = {name: told.get(name, "") for name in allowed}
    typed = {
        name: told.get(name, "").replace("\0", "").strip()[:LONGEST_SEARCH]
        for name in ("region", "organisation", "q")
    }
    return Asked(**{n: one for n, one in known.items() if one in allowed[n]}, **typed)


def filtered(edition: Edition, asked: Asked, *, now: dt.datetime) -> RegistrationQuerySet:
    """Return the edition's registrations that were asked for, of every status, in no order."""
    found = edition.registrations.filter(matching(asked.q), _of_body(asked.organisation))
    if asked.category:
        found = found.filter(category=asked.category)
    if asked.region == NOWHERE:
        found = found.filter(region=None)
    elif asked.region:
        found = found.filter(region__code=asked.region)
    if asked.endorsed:
        found = found.filter(endorsed_at__isnull=asked.endorsed == "no")
    if asked.older:
        found = found.filter(registered_at__lte=now - dt.timedelta(days=int(asked.older)))
    return found.order_by()


def listed(edition: Edition, asked: Asked, *, now: dt.datetime) -> RegistrationQuerySet:
    """Return the registrations of the tab, ordered as was asked."""
    found = filtered(edition, asked, now=now)
    if asked.status in Status:
        found = found.with_status(asked.status)
    if asked.status == Status.WAITING and not asked.sort:
        return found.in_line()
    return found.order_by(*SORTS[asked.sort or _usual_sort(asked.status)])


def chosen_tab(asked: Asked, counts: Mapping[str, int]) -> Asked:
    """Name the tab where none was: those who await approval, else everybody."""
    if asked.status:
        return asked
    return replace(asked, status=Status.AWAITING.value if counts.get("awaiting") else ALL)


def _usual_sort(status: str) -> str:
    return "oldest" if status == Status.AWAITING else "newest"


def _of_body(typed: str) -> Q:
    """Say which registrations are of organisations whose name or BIN holds what was typed."""
    bodies = Organisation.objects.all()
    for word in words_of(typed):
        bodies = bodies.filter(in_key(word))
    return Q(organisation__in=bodies.values("pk")) if words_of(typed) else Q()
