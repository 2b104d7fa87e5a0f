"""Opens a workbook that somebody sent, once it was looked into."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import openpyxl
from django.utils.translation import gettext as _
from lxml import etree

from accounts.tables.package import UnreadableTable, inspect, not_xlsx


@contextmanager
def opened(stream: BinaryIO) -> Iterator[Any]:
    """Open the workbook to read its sheets; raises UnreadableTable, while it is read too."""
    inspect(stream)
    try:
        with warnings.catch_warnings():
            # It tells of each feature of Excel that it leaves out; none matters to us.
            warnings.simplefilter("ignore")
            yield openpyxl.load_workbook(stream, read_only=True)
    except UnreadableTable:
        raise
    # openpyxl checks little: broken XML ends in whichever error comes of it.
    except Exception as error:
        if is_too_deep(error):
            raise UnreadableTable(
                _("The workbook is nested too deeply inside. Take the template from this page.")
            ) from error
        raise UnreadableTable(not_xlsx()) from error


def is_too_deep(error: Exception) -> bool:
    """Tell whether libxml2 stopped at elements within each other, 256 of them."""
    # Its code says only that some limit was reached, and which code that is changed with 2.14.
    return isinstance(error, etree.XMLSyntaxError) and "Excessive depth" in str(error.msg)


def refusal_of(cell: Any) -> str:
    """Say why a cell of a workbook is not read; "" for one that is."""
    if cell.data_type == "f":
        sentence = _("The cell %(cell)s holds a formula. Put its result there as a value.")
    elif cell.data_type == "e":
        sentence = _("The cell %(cell)s holds an error of the spreadsheet. Put a value there.")
    else:
        return ""
    return sentence % {"cell": cell.coordinate}
