"""Reads a workbook's sheets into rows of cells; interprets nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.tables.books import opened, refusal_of
from accounts.tables.package import UnreadableTable
from accounts.tables.values import text_of
from sessions_app.exchange.texts import cut
from sessions_app.exchange.workbook.sheets import (
    ABOUT,
    LISTS,
    NEEDED,
    SHEETS,
    Column,
    Sheet,
    column_headed,
    sheet_named,
)

MOST_ROWS = 5_000
MOST_COLUMNS = 400
MOST_PROBLEMS = 100
VERSION = "civil-forum-draft"
"""The workbook's property that says of which version of the draft it is."""


@dataclass(slots=True)
class Row:
    """A row; `number` is the one that the spreadsheet shows. `refused` names cells not to read."""

    number: int
    cells: dict[str, Any] = field(default_factory=dict)
    pairs: dict[int, dict[str, Any]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Table:
    """A sheet as the file has it; `headings` holds, by key, the heading over each column."""

    sheet: Sheet
    title: str
    headings: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Workbook:
    """The file: its tables by key, what is wrong in it, and what of it was not read."""

    version: int | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def problem_at(table: Table, row: int, heading: str, problem: str) -> str:
    """Say what is wrong in a cell, and where it stands."""
    return _("%(sheet)s, row %(row)d, column %(column)s: %(problem)s") % {
        "sheet": table.title,
        "row": row,
        "column": heading,
        "problem": problem,
    }


def read_workbook(stream: BinaryIO) -> Workbook:
    """Read the workbook; raises UnreadableTable where it is none of ours."""
    with opened(stream) as book:
        return _read(book)


def _read(book: Any) -> Workbook:
    found = Workbook(version=_version(book))
    for sheet in book.worksheets:
        ours = sheet_named(sheet.title)
        if ours is None:
            found.notes.append(
                _("The sheet “%(sheet)s” is none of ours; it was not read.")
                % {"sheet": sheet.title}
            )
        elif ours not in (ABOUT, LISTS):
            if ours.key in found.tables:
                raise UnreadableTable(
                    _("There are two sheets of the same kind: “%(one)s” and “%(other)s”.")
                    % {"one": found.tables[ours.key].title, "other": sheet.title}
                )
            found.tables[ours.key] = _read_sheet(sheet, ours, found)
    if not found.tables:
        raise UnreadableTable(
            _("No sheet of the workbook is one of ours. They are called: %(sheets)s.")
            % {"sheets": ", ".join(str(sheet.title) for sheet in SHEETS)}
        )
    return found


def _version(book: Any) -> int | None:
    for property in book.custom_doc_props.props:
        if property.name == VERSION and isinstance(property.value, int):
            return property.value
    return None


def _read_sheet(sheet: Any, ours: Sheet, found: Workbook) -> Table:
    table = Table(ours, sheet.title)
    # What a sheet says of its own size may be wrong, and cells beyond it would be lost.
    sheet.reset_dimensions()
    rows = sheet.iter_rows()
    columns = _read_headings(table, next(rows, ()), found)
    for cells in rows:
        row = _read_row(table, columns, cells, found)
        if row and len(table.rows) == MOST_ROWS:
            raise UnreadableTable(
                _("The sheet “%(sheet)s” has more than 5,000 rows.") % {"sheet": table.title}
            )
        if row:
            table.rows.append(row)
    return table


def _read_headings(
    table: Table, cells: tuple[Any, ...], found: Workbook
) -> dict[int, tuple[Column, int]]:
    """Tell which column stands under which number; a pair's column has the pair's number."""
    columns: dict[int, tuple[Column, int]] = {}
    unknown: list[str] = []
    for cell in cells[:MOST_COLUMNS]:
        heading = text_of(cell.value)
        if not heading:
            continue
        known = column_headed(table.sheet, heading)
        if known is None:
            unknown.append(cut(heading, 60))
        elif known in columns.values():
            raise UnreadableTable(
                _("The sheet “%(sheet)s” has the column “%(column)s” twice.")
                % {"sheet": table.title, "column": heading}
            )
        else:
            columns[cell.column] = known
            table.headings[_key(*known)] = heading
    if not columns:
        raise UnreadableTable(
            _("The first row of the sheet “%(sheet)s” has none of our headings.")
            % {"sheet": table.title}
        )
    found.problems.extend(_lacking(table))
    if unknown:
        found.notes.append(
            ngettext(
                "The sheet “%(sheet)s” has a column that is none of ours; it was not read:"
                " %(columns)s.",
                "The sheet “%(sheet)s” has columns that are none of ours; they were not read:"
                " %(columns)s.",
                len(unknown),
            )
            % {"sheet": table.title, "columns": ", ".join(unknown[:20])}
        )
    return columns


def _lacking(table: Table) -> Iterator[str]:
    """Name the columns that must be there: of a translated one, any language will do."""
    there = set(table.headings) | {key.rpartition("_")[0] for key in table.headings}
    for key in NEEDED.get(table.sheet.key, ()):
        if key not in there:
            columns = table.sheet.columns
            title = next(
                one.title for one in columns if key in (one.key, one.key.rpartition("_")[0])
            )
            yield _(
                "The sheet “%(sheet)s” has no column “%(column)s”. Put it back, or give it its"
                " heading again."
            ) % {"sheet": table.title, "column": title}


def _read_row(
    table: Table,
    columns: dict[int, tuple[Column, int]],
    cells: tuple[Any, ...],
    found: Workbook,
) -> Row | None:
    row: Row | None = None
    for cell in cells:
        if cell.value is None or cell.column not in columns or text_of(cell.value) == "":
            continue
        row = row or Row(cell.row)
        column, pair = columns[cell.column]
        if refusal := refusal_of(cell):
            key = _key(column, pair)
            row.refused.add(key)
            if len(found.problems) <= MOST_PROBLEMS:
                heading = table.headings[key]
                found.problems.append(problem_at(table, cell.row, heading, refusal))
            continue
        (row.pairs.setdefault(pair, {}) if pair else row.cells)[column.key] = cell.value
    return row


def _key(column: Column, pair: int) -> str:
    return f"{column.key}_{pair}" if pair else column.key
