"""What would become of each person if a contact registered them now; nothing is written.

Under the edition's lock it is what will be; without it, what a contact is told beforehand.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, Region
from forum.delegations.judging import Judge
from forum.delegations.places import Places
from forum.delegations.rows import DelegateRow
from forum.editions.models import Edition
from forum.registrations.errors import RegionMissing


class Fate(models.TextChoices):
    """What would become of a person."""

    PLACE = "place", pgettext_lazy("delegate", "Gets a place")
    LINE = "line", pgettext_lazy("delegate", "Waits for a place")
    APPROVAL = "approval", pgettext_lazy("delegate", "Awaits the organisers' approval")
    ALREADY = "already", pgettext_lazy("delegate", "Is in your list")
    NAMESAKE = "namesake", pgettext_lazy("delegate", "Perhaps a double")
    WRONG = "wrong", pgettext_lazy("delegate", "Cannot be registered")


REGISTERED = frozenset({Fate.PLACE, Fate.LINE, Fate.APPROVAL})


@dataclass(frozen=True)
class Foreseen:
    """One person's fate; `sentence` says why not, where the person would not be registered."""

    row: DelegateRow
    fate: Fate
    sentence: str = ""


@dataclass(frozen=True)
class Forecast:
    """What would become of each, in order."""

    each: tuple[Foreseen, ...]

    @property
    def able(self) -> list[DelegateRow]:
        """Those who would be registered."""
        return [one.row for one in self.each if one.fate in REGISTERED]

    @property
    def refused(self) -> dict[int, str]:
        """Why each of the others would not, by the row's number."""
        return {one.row.number: one.sentence for one in self.each if one.fate not in REGISTERED}

    def parts(self, size: int) -> Iterator["Forecast"]:
        """Part it into forecasts of at most `size` people."""
        for start in range(0, len(self.each), size):
            yield Forecast(self.each[start : start + size])

    def count(self, fate: Fate) -> int:
        """Count those who share a fate."""
        return sum(one.fate == fate for one in self.each)

    @property
    def placed(self) -> int:
        """How many get a place."""
        return self.count(Fate.PLACE)

    @property
    def waiting(self) -> int:
        """How many wait for one."""
        return self.count(Fate.LINE)

    @property
    def awaiting(self) -> int:
        """How many await the organisers' approval."""
        return self.count(Fate.APPROVAL)

    @property
    def digest(self) -> str:
        """Name what was shown: the same people with the same fates have the same."""
        told = [[asdict(one.row), one.fate.value] for one in self.each]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def foresee(
    edition: Edition,
    organisation: Organisation,
    rows: Sequence[DelegateRow],
    *,
    region: Region | None,
    now: dt.datetime,
) -> Forecast:
    """Tell what would become of each of `rows`, one after the other.

    `region` counts where the organisation has none.
    """
    judge = Judge(edition, organisation, rows, now=now)
    places = Places(edition, organisation, region=region, now=now)
    return Forecast(tuple(_foresee(row, judge, places) for row in rows))


def _foresee(row: DelegateRow, judge: Judge, places: Places) -> Foreseen:
    if judge.is_registered(row):
        sentence = _("Your organisation has registered this e-mail already.")
        return Foreseen(row, Fate.ALREADY, sentence)
    if wrong := judge.why_wrong(row):
        return Foreseen(row, Fate.WRONG, wrong)
    if places.asks_region(row.category):
        return Foreseen(row, Fate.WRONG, str(RegionMissing()))
    if doubt := judge.why_doubtful(row):
        return Foreseen(row, Fate.NAMESAKE, doubt)
    if judge.awaits(row):
        return Foreseen(row, Fate.APPROVAL)
    return Foreseen(row, Fate.PLACE if places.take(row.category) else Fate.LINE)
