"""Reads a table that somebody sent, XLSX or CSV, into rows of texts under known headings."""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.tables.books import opened, refusal_of
from accounts.tables.encodings import decoded
from accounts.tables.lines import lines_of
from accounts.tables.package import UnreadableTable, is_old_workbook, is_packed, refuse_size
from accounts.tables.values import plain, text_of

MOST_COLUMNS = 400
LONGEST_HEADING = 60

Cells = list[tuple[int, tuple[str, str]]]
"""By place the text of each cell, and the reason why it is not read."""
Line = tuple[int, Cells]
Headed = Callable[[str], str | None]
"""Names the column of ours that stands under a heading; None for one that is none of ours."""


@dataclass(slots=True)
class Row:
    """A row; `number` is the one that the spreadsheet shows. `refused` says why by column."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """What was read: `columns` are those of ours that are there, `unknown` others' headings."""

    columns: dict[int, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    encoding: str = ""


def read_table(content: bytes, *, headed: Headed, most_rows: int) -> Table:
    """Read the first sheet that has a heading of ours; raises UnreadableTable, and says why.

    Rows in which nothing stands are left out and not counted.
    """
    refuse_size(len(content))
    if not content:
        raise UnreadableTable(_("The file is empty. Choose it again."))
    if is_packed(content) or is_old_workbook(content):
        return _read_book(content, headed, most_rows)
    text = decoded(content)
    lines = (
        (number, [(place, _of_text(cell)) for place, cell in enumerate(line)])
        for number, line in lines_of(text.text)
    )
    table = _read_rows(lines, headed, most_rows)
    if not table.columns:
        raise UnreadableTable(_no_headings())
    table.encoding = text.encoding
    return table


def _read_book(content: bytes, headed: Headed, most_rows: int) -> Table:
    with opened(io.BytesIO(content)) as book:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            # What a sheet says of its own size may be wrong, and cells beyond it would be lost.
            sheet.reset_dimensions()
            table = _read_rows(_lines(sheet), headed, most_rows)
            if table.columns:
                return table
    raise UnreadableTable(_no_headings())


def _lines(sheet: Any) -> Iterator[Line]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        told = [
            (cell.column, _of_cell(cell)) for cell in cells[:MOST_COLUMNS] if cell.value is not None
        ]
        yield number, told


def _of_cell(cell: Any) -> tuple[str, str]:
    if refusal := refusal_of(cell):
        return "", refusal
    if isinstance(cell.value, dt.date | dt.time | dt.timedelta):
        return "", _("There is a date instead of text. Format the cell as text.")
    return text_of(cell.value), ""


def _of_text(cell: str) -> tuple[str, str]:
    text = plain(cell).strip()
    if text.startswith("="):
        return "", _("The cell holds a formula. Put its result there as a value.")
    return text, ""


def _read_rows(lines: Iterable[Line], headed: Headed, most_rows: int) -> Table:
    """Read the headings and, where one of them is ours, what stands below."""
    lines, table = iter(lines), Table()
    _read_headings(table, next(lines, (0, []))[1], headed)
    if not table.columns:
        return table
    for number, cells in lines:
        if row := _row(table, number, cells):
            if len(table.rows) == most_rows:
                raise UnreadableTable(_too_many(most_rows))
            table.rows.append(row)
    return table


def _read_headings(table: Table, cells: Cells, headed: Headed) -> None:
    for place, (heading, _refusal) in cells:
        if not heading:
            continue
        known = headed(heading)
        if known is None:
            table.unknown.append(heading[:LONGEST_HEADING])
        elif known in table.columns.values():
            raise UnreadableTable(
                _("The table has the column “%(column)s” twice.") % {"column": heading}
            )
        else:
            table.columns[place] = known


def _row(table: Table, number: int, cells: Cells) -> Row | None:
    row = Row(number)
    for place, (text, refusal) in cells:
        if (column := table.columns.get(place)) is None:
            continue
        if refusal:
            row.refused[column] = refusal
        elif text:
            row.cells[column] = text
    return row if row.cells or row.refused else None


def _no_headings() -> str:
    return _(
        "The first row of the table has none of our headings. Take the template from this page."
    )


def _too_many(most: int) -> str:
    return ngettext(
        "The table has more than %(most)d row. Part it, and send the parts one after the other.",
        "The table has more than %(most)d rows. Part it, and send the parts one after the other.",
        most,
    ) % {"most": most}
