"""The table of regions by categories: the places of each field, and who holds or wants them.

Two queries, however many people come.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Value

from accounts.models import Region
from forum.editions.models import Edition
from forum.quotas.cells import EVERYBODY, Cell, cell_name
from forum.quotas.models import Category, Quota

ALL = "all"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many live registrations stand where."""

    confirmed: int = 0
    offered: int = 0
    awaiting: int = 0
    waiting: int = 0

    @property
    def taken(self) -> int:
        """Those that hold a place."""
        return self.confirmed + self.offered

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.confirmed + other.confirmed,
            self.offered + other.offered,
            self.awaiting + other.awaiting,
            self.waiting + other.waiting,
        )


NOBODY = Counts()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the table. `parts` is what the places of the narrower fields add up to."""

    cell: Cell
    key: str
    name: str
    places: int | None
    counts: Counts
    parts: int | None = None

    @property
    def is_full(self) -> bool:
        """Whether no place is free."""
        return self.places is not None and self.counts.taken >= self.places

    @property
    def given(self) -> int | None:
        """The places that it has, by its own number or by those of its parts."""
        return self.parts if self.places is None else self.places


@dataclass(frozen=True, slots=True)
class Row:
    """A region, or all of them (`region` None), with a field for all categories and for each."""

    region: Region | None
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`rows` begins with all regions; `homeless` counts who comes from no region, likewise."""

    rows: tuple[Row, ...]
    homeless: tuple[Counts, ...]

    @property
    def everybody(self) -> Field:
        """The edition itself."""
        return self.rows[0].fields[0]

    @property
    def fields(self) -> Iterable[Field]:
        """Every field, row by row."""
        return (field for row in self.rows for field in row.fields)


COLUMNS = ("", *Category.values)


def key_of(category: str, region: Region | None) -> str:
    """Name a field in forms and addresses: "ngo.KZ-10", "all.all"."""
    return f"{category or ALL}.{region.code if region else ALL}"


def keys_of(regions: Iterable[Region]) -> dict[str, Cell]:
    """Return every cell that the table has, by its key."""
    rows = [None, *regions]
    return {
        key_of(category, region): Cell(category, region.pk if region else None)
        for region in rows
        for category in COLUMNS
    }


def read_matrix(edition: Edition, regions: Sequence[Region]) -> Matrix:
    """Read places and counts of `edition`, whose capacity is up to date."""
    limits = _limits(edition)
    states = count_states(edition)
    counts = _by_cell(states)
    parts = _parts(limits)

    def field(category: str, region: Region | None) -> Field:
        cell = Cell(category, region.pk if region else None)
        return Field(
            cell=cell,
            key=key_of(category, region),
            name=cell_name(category, region),
            places=limits.get(cell),
            counts=counts.get(cell, NOBODY),
            parts=parts.get(cell),
        )

    rows = tuple(
        Row(region, tuple(field(category, region) for category in COLUMNS))
        for region in (None, *regions)
    )
    return Matrix(rows, _homeless(states))


def _limits(edition: Edition) -> dict[Cell, int]:
    rows = Quota.objects.filter(
        edition=edition, organisation__isnull=True, places__isnull=False
    ).values_list("category", "region", "places")
    found = {Cell(category, region): places or 0 for category, region, places in rows}
    if edition.capacity is not None:
        found[EVERYBODY] = edition.capacity
    return found


def count_states(edition: Edition) -> dict[tuple[str, int | None], Counts]:
    """Count live registrations by category and region; the region None is none."""
    every = edition.registrations
    states = {
        "confirmed": every.confirmed(),
        "offered": every.offered(),
        "awaiting": every.awaiting(),
        "waiting": every.waiting(),
    }
    first, *others = [
        rows.order_by()
        .values_list("category", "region")
        .annotate(state=Value(name), number=Count("pk"))
        for name, rows in states.items()
    ]
    found: dict[tuple[str, int | None], dict[str, int]] = defaultdict(dict)
    for category, region, state, number in first.union(*others, all=True):
        found[category, region][state] = number
    return {place: Counts(**numbers) for place, numbers in found.items()}


def _by_cell(counts: dict[tuple[str, int | None], Counts]) -> dict[Cell, Counts]:
    """Add them up for each cell that holds them."""
    sums: dict[Cell, Counts] = defaultdict(Counts)
    for (category, region), number in counts.items():
        for column in ("", category):
            for row in {None, region}:
                sums[Cell(column, row)] += number
    return sums


def _homeless(counts: dict[tuple[str, int | None], Counts]) -> tuple[Counts, ...]:
    """Add those of no region up, in the order of the columns."""
    of_category = [counts.get((category, None), NOBODY) for category in Category.values]
    return (sum(of_category, NOBODY), *of_category)


def _parts(limits: dict[Cell, int]) -> dict[Cell, int]:
    """Add the places of narrower fields up, for each row, each column and the edition.

    A category's own number stands for those of its regions. Where nothing is limited there is
    no sum.
    """
    sums: dict[Cell, int] = defaultdict(int)
    for (category, region), places in limits.items():
        if category and region:
            sums[Cell(category, None)] += places
            sums[Cell("", region)] += places
    for category in Category.values:
        own = limits.get(Cell(category, None), sums.get(Cell(category, None)))
        if own is not None:
            sums[EVERYBODY] += own
    return dict(sums)
