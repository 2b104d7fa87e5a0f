"""Sets how many places there are, cell by cell; places that were added go to those who wait.

Lock order: the edition's row, then its quotas by id.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.locks import broken_constraint
from accounts.models import Region, User
from forum.editions.actions import tell_places_added
from forum.editions.locking import locked_edition
from forum.editions.models import Edition
from forum.quotas.cells import EVERYBODY, Cell, cell_name
from forum.quotas.errors import BelowTaken, ChangedMeanwhile, NoNumberOfPlaces, QuotaError
from forum.quotas.models import Quota

MOST_PLACES = 1_000_000
STEP = "quotas"
"""How the history names what these actions do."""
OVERSOLD = frozenset({"quota_not_oversold", "edition_not_oversold"})


class Unseen(Enum):
    """Stands for a number at which nobody looked before."""

    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Wish:
    """The places that a cell should have (None: open-ended), and those that its author saw."""

    places: int | None
    seen: int | Unseen | None = Unseen.ANYTHING


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a cell."""

    before: int | None
    after: int | None

    @property
    def grew(self) -> bool:
        """Whether somebody who waits may fit now."""
        return more_places(self.before, self.after)


@dataclass(frozen=True, slots=True)
class _Standing:
    places: int | None
    taken: int
    quota: Quota | None


def more_places(before: int | None, after: int | None) -> bool:
    """Whether `after` is more than `before`; None is as many as come."""
    return before is not None and (after is None or after > before)


def set_quota(
    edition: Edition,
    *,
    category: str,
    region: Region | None,
    places: int | None,
    by: User | None,
    now: dt.datetime,
) -> dict[Cell, Changed]:
    """Give a cell so many places, whatever stood there; raises a QuotaError."""
    cell = Cell(category, region.pk if region else None)
    return set_many(edition, {cell: Wish(places)}, by=by, now=now)


def set_many(
    edition: Edition,
    wishes: Mapping[Cell, Wish],
    *,
    by: User | None,
    now: dt.datetime,
    undoes: uuid.UUID | None = None,
) -> dict[Cell, Changed]:
    """Give all cells what is wished, or none; return those that were otherwise before.

    Raises ChangedMeanwhile, BelowTaken or NoNumberOfPlaces, and Busy. The places of the cell
    EVERYBODY are the edition's own. `undoes` names, in the history, what this takes back.
    """
    if any(not _is_number_of_places(wish.places) for wish in wishes.values()):
        raise NoNumberOfPlaces
    told = {"undoes": str(undoes)} if undoes else {}
    with pghistory.context(**told), locked_edition(edition.pk, by=by, step=STEP) as held:
        standing = _standing(held, wishes)
        changed = {
            cell: Changed(standing[cell].places, wish.places)
            for cell, wish in wishes.items()
            if standing[cell].places != wish.places
        }
        _refuse_unseen(changed, wishes)
        _refuse_oversold(changed, standing)
        _write(held, changed, standing)
        if by and any(one.grew for one in changed.values()):
            tell_places_added(held, by=by, now=now)
    return changed


def _is_number_of_places(places: int | None) -> bool:
    return places is None or 0 <= places <= MOST_PLACES


def _standing(edition: Edition, wishes: Mapping[Cell, Wish]) -> dict[Cell, _Standing]:
    """Read what stands in the cells, under the edition's lock."""
    rows = Quota.objects.select_for_update().filter(edition=edition, organisation__isnull=True)
    found = {
        Cell(row.category, row.region_id): _Standing(row.places, row.taken, row) for row in rows
    }
    found[EVERYBODY] = _Standing(edition.capacity, edition.places_taken, None)
    if unknown := wishes.keys() - found.keys():
        taken = _taken(edition)
        for cell in unknown:
            count = sum(number for one, number in taken.items() if _holds(cell, one))
            found[cell] = _Standing(None, count, None)
    return {cell: found[cell] for cell in wishes}


def _taken(edition: Edition) -> dict[Cell, int]:
    """Count the places that are held, by category and region."""
    held = edition.registrations.filter(holds=True).order_by()
    rows = held.values_list("category", "region").annotate(number=Count("pk"))
    return {Cell(category, region): number for category, region, number in rows}


def _holds(cell: Cell, other: Cell) -> bool:
    return cell.category in ("", other.category) and cell.region in (None, other.region)


def _refuse_unseen(changed: Mapping[Cell, Changed], wishes: Mapping[Cell, Wish]) -> None:
    """Raise where another number stands than the one that was looked at."""
    names = _Names(changed)
    sentences = {
        cell: (
            _("%(cell)s: somebody else wrote %(places)s meanwhile. Save again to replace that.")
            if one.before is not None
            else _("%(cell)s: somebody else took the limit away. Save again to replace that.")
        )
        % {"cell": names[cell], "places": one.before}
        for cell, one in changed.items()
        if wishes[cell].seen not in (Unseen.ANYTHING, one.before)
    }
    if sentences:
        raise ChangedMeanwhile(sentences)


def _refuse_oversold(changed: Mapping[Cell, Changed], standing: Mapping[Cell, _Standing]) -> None:
    """Raise where more places are taken than there would be."""
    names = _Names(changed)
    sentences = {
        cell: _(
            "%(cell)s: places taken already: %(taken)s. Cancel registrations first, or allow at "
            "least so many."
        )
        % {"cell": names[cell], "taken": standing[cell].taken}
        for cell, one in changed.items()
        if one.after is not None and one.after < standing[cell].taken
    }
    if sentences:
        raise BelowTaken(sentences)


def _write(
    edition: Edition, changed: Mapping[Cell, Changed], standing: Mapping[Cell, _Standing]
) -> None:
    known, new = [], []
    for cell, one in changed.items():
        if cell == EVERYBODY:
            edition.capacity = one.after
        elif quota := standing[cell].quota:
            quota.places = one.after
            known.append(quota)
        else:
            told = {"category": cell.category, "region_id": cell.region, "places": one.after}
            new.append(Quota(edition=edition, **told))
    with oversold_told():
        Quota.objects.bulk_update(known, ["places"])
        Quota.objects.bulk_create(new)
        if EVERYBODY in changed:
            edition.save(update_fields=["capacity"])


@contextmanager
def oversold_told() -> Iterator[None]:
    """Put it into a sentence where the database finds more taken than the counters said."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if broken_constraint(error) not in OVERSOLD:
            raise
        raise QuotaError(
            _("More places are taken than that. Cancel registrations first, or allow more.")
        ) from error


class _Names:
    """Names cells in sentences; asks for the regions' names only when one is needed."""

    def __init__(self, cells: Mapping[Cell, object]) -> None:
        self.ids = {cell.region for cell in cells if cell.region}
        self.regions: dict[int, Region] | None = None

    def __getitem__(self, cell: Cell) -> str:
        if self.regions is None:
            self.regions = Region.objects.in_bulk(self.ids)
        return cell_name(cell.category, self.regions.get(cell.region) if cell.region else None)
