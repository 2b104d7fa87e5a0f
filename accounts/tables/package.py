"""Looks into an XLSX file before it is opened: that it is one, of bearable size and harmless."""

import re
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
"""5,000 sessions with long summaries unpack to 30 MB."""
MOST_PARTS = 2_000
MOST_TAGS = 2_000_000
"""A tag takes 10 microseconds and 500 bytes to read; 5,000 sessions have 1.4 million."""
MOST_ROWS = 200_000
"""Those that are only formatted too."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z0-9:]{2,40})\"")
_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
_HEAD = 4096


class UnreadableTable(ValueError):
    """The file is no table that we can read; the text says why and what to do."""


def inspect(stream: BinaryIO) -> None:
    """Raise UnreadableTable where the file should not be opened."""
    head = stream.read(8)
    refuse_size(stream.seek(0, 2))
    stream.seek(0)
    if is_old_workbook(head):
        raise UnreadableTable(
            _("This is an old .xls file, or one with a password. Save it as .xlsx without one.")
        )
    try:
        with zipfile.ZipFile(stream) as package:
            _inspect_parts(package)
    except UnreadableTable:
        raise
    # What is wrong with a broken archive is told by whichever error its bytes happen to cause.
    except Exception as error:
        raise UnreadableTable(not_xlsx()) from error
    stream.seek(0)


def refuse_size(size: int) -> None:
    """Raise UnreadableTable for more bytes than are taken."""
    if size > MOST_BYTES:
        raise UnreadableTable(_("The file is larger than 10 MB. Leave out what is not needed."))


def is_old_workbook(head: bytes) -> bool:
    """Whether a file that begins so is an .xls, or an .xlsx with a password."""
    return head.startswith(_OLD_EXCEL)


def is_packed(head: bytes) -> bool:
    """Whether a file that begins so is a ZIP archive, as an .xlsx is."""
    return head.startswith(b"PK")


def not_xlsx() -> str:
    """Say that the file is something else."""
    return _(
        "This is not an XLSX workbook. Take the template from this page, or save the table as"
        " .xlsx."
    )


def _inspect_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if "[Content_Types].xml" not in package.namelist():
        raise UnreadableTable(not_xlsx())
    # No part unpacks to more than it declares: zipfile stops there.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableTable(
            _("The workbook unpacks to more than 64 MB. Leave out what is not needed.")
        )
    tags = sum(
        _count_tags(package, part) for part in parts if part.filename.endswith((".xml", ".rels"))
    )
    if tags > MOST_TAGS:
        raise UnreadableTable(_too_many_cells())


def _count_tags(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Return how many tags a part has, at least; raises where it holds what we do not take."""
    content = package.read(part)
    if any(doctype in content[:_HEAD] for doctype in _DOCTYPES):
        raise UnreadableTable(not_xlsx())
    if part.filename.startswith("xl/worksheets/"):
        if content.count(b"<row") > MOST_ROWS:
            raise UnreadableTable(_too_many_cells())
        if found := _MERGED.search(content):
            raise UnreadableTable(
                _("The cells %(cells)s are merged. Part them, so that each row has its own values.")
                % {"cells": found[1].decode()}
            )
    return content.count(b"<")


def _too_many_cells() -> str:
    return _("The workbook has too many cells. Delete the rows and columns that hold nothing.")
