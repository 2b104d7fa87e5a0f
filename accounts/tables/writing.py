"""Cells of a workbook that we write: a text stays one, whatever it begins with."""

from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.tables.values import escaped

HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="006F88")
TOP = Alignment(vertical="top", wrap_text=True)


def text_cell(page: Any, text: str) -> WriteOnlyCell:
    """Make a cell that holds `text`: Excel marks it with an apostrophe and runs nothing."""
    cell = WriteOnlyCell(page, escaped(text) or None)
    if cell.value:
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def head_cell(page: Any, text: str) -> WriteOnlyCell:
    """Make the heading of a column."""
    cell = text_cell(page, text)
    cell.font, cell.fill, cell.alignment = HEAD_FONT, HEAD_FILL, TOP
    return cell


def offer(page: Any, column: int, source: str, *, rows: int) -> None:
    """Offer a list in the first `rows` of a column, where `source` names its cells.

    What is not in it may be typed: whoever reads the file judges, with reasons.
    """
    choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
    letter = get_column_letter(column)
    choice.add(f"{letter}2:{letter}{rows + 1}")
    page.data_validations.append(choice)
