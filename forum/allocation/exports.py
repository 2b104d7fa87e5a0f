"""The table of places as a workbook: the numbers as they stand on the page, and who comes."""

import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from accounts.transfers import guarded
from forum.allocation.matrix import COLUMNS, Counts, Matrix, Row
from forum.quotas.models import Category

_HEAD_FONT = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="006F88")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
FIRST_WIDTH, WIDTH = 30, 16


def write_matrix(matrix: Matrix) -> bytes:
    """Write a sheet of places, which is pasted back as it is, and one with all counts."""
    book = Workbook(write_only=True)
    _write_places(book, matrix)
    _write_counts(book, matrix)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_places(book: Workbook, matrix: Matrix) -> None:
    heads = [_("Region"), *(_column(code) for code in COLUMNS)]
    sheet = _sheet(book, _("Places"), heads)
    for row in matrix.rows:
        sheet.append([guarded(_heading(row)), *(field.places for field in row.fields)])


def _write_counts(book: Workbook, matrix: Matrix) -> None:
    heads = [
        *(_("Region"), _("Category"), _("Places"), _("Confirmed"), _("Offered")),
        *(_("Awaiting approval"), _("On the waiting list")),
    ]
    sheet = _sheet(book, _("Who comes"), heads)
    for row in matrix.rows:
        for code, field in zip(COLUMNS, row.fields, strict=True):
            names = [guarded(_heading(row)), _column(code)]
            sheet.append([*names, field.places, *_numbers(field.counts)])
    for code, counts in zip(COLUMNS, matrix.homeless, strict=True):
        sheet.append([_("No region"), _column(code), None, *_numbers(counts)])


def _sheet(book: Workbook, title: str, heads: Sequence[str]) -> Any:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for number in range(1, len(heads) + 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = FIRST_WIDTH if number == 1 else WIDTH
    sheet.append([_head(sheet, words) for words in heads])
    return sheet


def _head(sheet: Any, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, words)
    cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _WRAPPED
    return cell


def _heading(row: Row) -> str:
    return str(row.region) if row.region else _("All regions")


def _column(code: str) -> str:
    return str(Category(code).label) if code else _("All categories")


def _numbers(counts: Counts) -> tuple[int, ...]:
    return counts.confirmed, counts.offered, counts.awaiting, counts.waiting
