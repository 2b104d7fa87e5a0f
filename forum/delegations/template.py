"""The workbook that a contact fills in: headings, notes on how, and lists to choose from."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname

from accounts.tables.writing import TOP, head_cell, offer, text_cell
from forum.delegations.access import Delegation
from forum.delegations.columns import COLUMNS, Column
from forum.delegations.forms import categories_of
from forum.delegations.sheets import MOST_ROWS


def write_template(delegation: Delegation) -> bytes:
    """Write the empty workbook in the active language."""
    book = Workbook(write_only=True)
    lists = _lists(delegation)
    page = book.create_sheet(pgettext("a sheet", "Delegates"))
    title = pgettext("a sheet", "Lists")
    for number, column in enumerate(COLUMNS, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
        # A column of texts: a phone must not become a number, nor a name a date.
        page.column_dimensions[get_column_letter(number)].number_format = "@"
        if words := lists.get(column.key):
            letter = get_column_letter(list(lists).index(column.key) + 1)
            source = f"{quote_sheetname(title)}!${letter}$1:${letter}${len(words)}"
            offer(page, number, source, rows=MOST_ROWS)
    page.freeze_panes = "A2"
    page.append([_head(page, column) for column in COLUMNS])
    _write_about(book, delegation)
    _write_lists(book, title, lists)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _head(page: object, column: Column) -> object:
    cell = head_cell(page, str(column.heading))
    cell.comment = Comment(str(column.note), "", height=80, width=240)
    return cell


def _write_about(book: Workbook, delegation: Delegation) -> None:
    page = book.create_sheet(_("How to fill it in"))
    page.column_dimensions["A"].width = 110
    heading = _("Delegates of %(organisation)s: %(edition)s") % {
        "organisation": delegation.organisation,
        "edition": delegation.edition,
    }
    lines = [
        heading,
        _("One row is one person. Send the file on the page of your delegation."),
        _("You see what would become of each row before anybody is registered."),
        _("Keep the headings; the order of the columns is free."),
        _("Formulas and merged cells are refused."),
        _("Write to each person first: they must have agreed to it."),
        *(f"{column.heading}: {column.note}" for column in COLUMNS),
    ]
    for number, line in enumerate(lines):
        cell = text_cell(page, line)
        cell.font = Font(bold=True, size=14) if number == 0 else Font()
        cell.alignment = TOP
        page.append([cell])


def _lists(delegation: Delegation) -> dict[str, Sequence[str]]:
    """Return what may be chosen, by the column's key."""
    found: dict[str, Sequence[str]] = {
        column.key: [str(label) for _value, label in column.choices]
        for column in COLUMNS
        if column.choices
    }
    found["category"] = [str(label) for _value, label in categories_of(delegation.organisation)]
    return found


def _write_lists(book: Workbook, title: str, lists: dict[str, Sequence[str]]) -> None:
    page = book.create_sheet(title)
    page.sheet_state = "hidden"
    for place in range(max(map(len, lists.values()))):
        page.append(
            [
                text_cell(page, words[place]) if place < len(words) else None
                for words in lists.values()
            ]
        )
