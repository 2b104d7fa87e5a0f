"""Writes the workbook: the draft as it stands, or an empty one to fill in."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.custom import IntProperty
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname

from accounts.languages import Language
from accounts.tables.values import escaped
from accounts.tables.writing import TOP, head_cell, offer, text_cell
from sessions_app.exchange.workbook.cells import Reference
from sessions_app.exchange.workbook.draft import Directory, Facts, Read, count_pairs, directories
from sessions_app.exchange.workbook.reading import MOST_ROWS, VERSION
from sessions_app.exchange.workbook.sheets import (
    ABOUT,
    LISTS,
    MOST_PAIRS,
    ROLE,
    SHEETS,
    SPEAKER,
    Column,
    Sheet,
)
from sessions_app.exchange.workbook.words import Choice, Flag

LONGEST = 32_767
"""What a cell of Excel holds; openpyxl would cut the rest off silently."""
FEWEST_PAIRS = 4


def too_long() -> str:
    """Say in a cell that a text does not fit into it; read back, it changes nothing."""
    return _("(This text is too long for a cell. It stays as it is.)")


def write_workbook(read: Read, *, empty: bool = False) -> bytes:
    """Write the draft, or with `empty` the headings and lists alone, in the active language."""
    book = Workbook(write_only=True)
    names = directories(read, {sheet.key: str(sheet.title) for sheet in SHEETS})
    pairs = min(MOST_PAIRS, max(FEWEST_PAIRS, 0 if empty else count_pairs(read) + 1))
    lists = _lists([] if empty else [names["speakers"].label(code) for code in read.speakers])
    _write_about(book, read)
    for sheet in SHEETS:
        things: dict[str, Any] = {} if empty else getattr(read, sheet.key)
        facts = (read.facts(sheet.key, thing) for thing in things.values())
        _write_sheet(book, sheet, facts, pairs=pairs, names=names, lists=lists)
    _write_lists(book, lists)
    book.active = 1
    if not empty:
        book.custom_doc_props.append(IntProperty(name=VERSION, value=read.version))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_about(book: Workbook, read: Read) -> None:
    sheet = book.create_sheet(str(ABOUT.title))
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(_about(read)):
        cell = _cell(sheet, line)
        cell.font = Font(bold=True, size=14) if number == 0 else Font()
        cell.alignment = TOP
        sheet.append([cell])


def _about(read: Read) -> list[str]:
    return [
        _("Programme: %(edition)s") % {"edition": read.edition.name},
        _("Fill in the sheets and send the file on the desk's page “Programme in and out”."),
        _("Nothing changes before you have seen every change and confirmed it."),
        _("One row is one session, room, track or speaker. The order of rows and columns is free."),
        _("The code says which session a row is. Leave it empty for a new one; never change it."),
        _("A row that you delete changes nothing; neither does a column or sheet that you delete."),
        _("Only the sessions' columns of code, title, room, day and start must stay."),
        _("A cell that you empty empties it in the programme."),
        _("To cancel a session, put “%(yes)s” under “%(cancelled)s”.")
        % {"yes": _("Yes"), "cancelled": _("Cancelled")},
        _("A session stands in the timetable when it has a room, a day and a start."),
        _("Without an end, the length in minutes counts. An end on another day needs its date."),
        _("Times are those of %(zone)s. Dates are written as 16.10.2025, times as 09:30.")
        % {"zone": read.edition.time_zone},
        _("Rooms, tracks and speakers are named by their name in any language, or by their code."),
        _("New ones belong on their sheets first."),
        _("Formulas and merged cells are refused."),
    ]


def _write_sheet(
    book: Workbook,
    sheet: Sheet,
    rows: Iterable[Facts],
    *,
    pairs: int,
    names: dict[str, Directory],
    lists: dict[str, list[str]],
) -> None:
    page = book.create_sheet(str(sheet.title))
    columns = list(_columns(sheet, pairs))
    for number, (column, _pair) in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
        if source := _source(column, lists):
            offer(page, number, source, rows=MOST_ROWS)
    page.freeze_panes = "C2"
    page.append([_head(page, column, pair) for column, pair in columns])
    for facts in rows:
        values = [_value(column, pair, facts, names) for column, pair in columns]
        page.append(
            [
                _write_cell(page, column, value)
                for (column, _pair), value in zip(columns, values, strict=True)
            ]
        )


def _columns(sheet: Sheet, pairs: int) -> Iterator[tuple[Column, int]]:
    """Yield the columns; those of speakers and roles with the number of their pair."""
    yield from ((column, 0) for column in sheet.columns)
    if sheet.key == "sessions":
        for pair in range(1, pairs + 1):
            yield SPEAKER, pair
            yield ROLE, pair


def _head(page: Any, column: Column, pair: int) -> WriteOnlyCell:
    return head_cell(page, f"{column.heading} {pair}" if pair else column.heading)


def _value(column: Column, pair: int, facts: Facts, names: dict[str, Directory]) -> Any:
    value: Any = facts[column.key] if not pair else ""
    if pair and pair <= len(facts["speakers"]):
        key, role = facts["speakers"][pair - 1]
        value = key if column is SPEAKER else role
    if isinstance(column.cell, Reference):
        return names[column.cell.to].label(value)
    return column.cell.write(value)


def _write_cell(page: Any, column: Column, value: Any) -> WriteOnlyCell:
    cell = _cell(page, value)
    cell.number_format = column.cell.number_format
    if hasattr(value, "year") and hasattr(value, "hour"):
        cell.number_format = "dd.mm.yyyy hh:mm"
    cell.alignment = TOP
    return cell


def _cell(page: Any, value: Any) -> WriteOnlyCell:
    if not isinstance(value, str):
        return WriteOnlyCell(page, value)
    fits = len(escaped(value).encode("utf-16-le")) // 2 <= LONGEST
    return text_cell(page, value if fits else too_long())


def _lists(speakers: list[str]) -> dict[str, list[str]]:
    """Return what stands on the hidden sheet, by the key of what may be chosen."""
    found: dict[str, list[str]] = {"flag": Flag().labels()}
    if speakers:
        found["speaker"] = speakers
    for column in (*(column for sheet in SHEETS for column in sheet.columns), ROLE):
        if isinstance(column.cell, Choice):
            found[column.key] = column.cell.labels()
    return found


def _write_lists(book: Workbook, lists: dict[str, list[str]]) -> None:
    sheet = book.create_sheet(str(LISTS.title))
    sheet.sheet_state = "hidden"
    for place in range(max(map(len, lists.values()))):
        sheet.append(
            [_cell(sheet, words[place]) if place < len(words) else None for words in lists.values()]
        )


def _source(column: Column, lists: dict[str, list[str]]) -> str:
    """Return the cells that a column's drop-down offers, as a formula; empty without one."""
    if isinstance(column.cell, Reference) and column is not SPEAKER:
        sheet = next(sheet for sheet in SHEETS if sheet.key == column.cell.to)
        letter = get_column_letter(2 + Language.values.index(get_language() or "kk"))
        return f"{quote_sheetname(str(sheet.title))}!${letter}$2:${letter}$300"
    key = "flag" if isinstance(column.cell, Flag) else column.key
    if key not in lists:
        return ""
    letter = get_column_letter(list(lists).index(key) + 1)
    return f"{quote_sheetname(str(LISTS.title))}!${letter}$1:${letter}${len(lists[key])}"
