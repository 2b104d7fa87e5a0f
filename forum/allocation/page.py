"""The table of places as its page shows it: numbers with their words, and what was typed wrong."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Region
from forum.allocation.changes import Batch, CellChange
from forum.allocation.matrix import ALL, COLUMNS, Counts, Field, Matrix, Row, key_of
from forum.allocation.typed import PlacesForm
from forum.quotas.cells import cell_name
from forum.quotas.models import Approval, Category, CategoryRule
from forum.templatetags.frame import grouped


class Tally(NamedTuple):
    """How many stand in a state: a sign for eyes, and the word for everybody."""

    state: str
    sign: str
    word: str
    number: str = ""


class Shown(NamedTuple):
    """One field. Without a `key` nothing can be typed into it."""

    column: str
    tallies: list[Tally]
    key: str = ""
    name: str = ""
    value: str = ""
    seen: str = ""
    error: str = ""
    parts: str = ""
    is_full: bool = False


class ShownRow(NamedTuple):
    """A region with its fields."""

    heading: str
    fields: list[Shown]
    is_total: bool = False


class Column(NamedTuple):
    """A category, whether it is closed, and who approves where somebody must."""

    code: str
    label: str
    remarks: list[str]


class Table:
    """The whole table, or with `category` the column of one category alone."""

    def __init__(
        self,
        matrix: Matrix,
        *,
        form: PlacesForm,
        rules: Mapping[Category, CategoryRule],
        category: str,
    ) -> None:
        self.matrix = matrix
        self.form = form
        self.legend = _legend()
        self.words = {"parts": pgettext("how many", "sum"), "full": pgettext("places", "full")}
        self.places = [place for place, code in enumerate(COLUMNS) if category in ("", code)]
        self.columns = [_column(COLUMNS[place], rules) for place in self.places]

    @property
    def rows(self) -> Iterator[ShownRow]:
        """All regions together, each region, and those who come from none."""
        for row in self.matrix.rows:
            fields = [
                self._shown(row.fields[place], column.label)
                for place, column in zip(self.places, self.columns, strict=True)
            ]
            yield ShownRow(_heading(row), fields, is_total=row.region is None)
        homeless = [
            Shown(column.label, self._tallies(self.matrix.homeless[place]))
            for place, column in zip(self.places, self.columns, strict=True)
        ]
        yield ShownRow(_("No region"), homeless)

    def _shown(self, field: Field, column: str) -> Shown:
        seen = "" if field.places is None else str(field.places)
        return Shown(
            column=column,
            tallies=self._tallies(field.counts),
            key=field.key,
            name=field.name,
            value=self.form.typed.get(field.key, seen),
            seen=seen,
            error=self.form.errors.get(field.key, ""),
            parts="" if field.parts is None else grouped(field.parts),
            is_full=field.is_full,
        )

    def _tallies(self, counts: Counts) -> list[Tally]:
        numbers = (counts.confirmed, counts.offered, counts.awaiting, counts.waiting)
        return [
            kind._replace(number=grouped(number))
            for kind, number in zip(self.legend, numbers, strict=True)
            if number
        ]


def _legend() -> list[Tally]:
    return [
        Tally("confirmed", "✓", pgettext("how many", "confirmed")),
        Tally("offered", "→", pgettext("how many", "offered")),
        Tally("awaiting", "?", pgettext("how many", "awaiting approval")),
        Tally("waiting", "…", pgettext("how many", "waiting")),
    ]


def _heading(row: Row) -> str:
    return str(row.region) if row.region else _("All regions")


def _column(code: str, rules: Mapping[Category, CategoryRule]) -> Column:
    if not code:
        return Column(ALL, _("All categories"), [])
    rule = rules[Category(code)]
    remarks = [_("Closed")] if rule.closed_at else []
    if rule.approval != Approval.NOBODY:
        remarks.append(_("With approval"))
    return Column(code, str(Category(code).label), remarks)


class Undo(NamedTuple):
    """What was saved last, in words, and the fields that put the former numbers back."""

    at: dt.datetime
    batch: uuid.UUID
    sentences: list[str]
    fields: list[tuple[str, str, str]]


def undo_of(batch: Batch | None, regions: Sequence[Region]) -> Undo | None:
    """Make the button that takes `batch` back."""
    if batch is None:
        return None
    names = {region.pk: region for region in regions}
    sentences, fields = [], []
    for one in batch.changes:
        region = names.get(one.cell.region) if one.cell.region else None
        sentences.append(change_told(one, region))
        fields.append((key_of(one.cell.category, region), _typed(one.before), _typed(one.after)))
    return Undo(batch.at, batch.id, sentences, fields)


def change_told(change: CellChange, region: Region | None) -> str:
    """Say what a number was and what it became."""
    return _("%(cell)s: %(before)s → %(after)s") % {
        "cell": cell_name(change.cell.category, region),
        "before": _in_words(change.before),
        "after": _in_words(change.after),
    }


def _in_words(places: int | None) -> str:
    return _("no limit") if places is None else grouped(places)


def _typed(places: int | None) -> str:
    return "" if places is None else str(places)
