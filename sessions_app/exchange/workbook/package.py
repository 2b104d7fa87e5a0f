"""Looks into an XLSX file before it is opened: that it is one, of bearable size and harmless."""

import re
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
"""5,000 sessions with long summaries unpack to 30 MB."""
MOST_PARTS = 2_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z0-9:]{2,40})\"")
_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
_HEAD = 4096


class UnreadableWorkbook(ValueError):
    """The file is no workbook that we can read; the text says why and what to do."""


def inspect(stream: BinaryIO) -> None:
    """Raise UnreadableWorkbook where the file should not be opened."""
    head = stream.read(8)
    size = stream.seek(0, 2)
    stream.seek(0)
    if size > MOST_BYTES:
        raise UnreadableWorkbook(_("The file is larger than 10 MB. Leave out what is not needed."))
    if head == _OLD_EXCEL:
        raise UnreadableWorkbook(
            _("This is an old .xls file, or one with a password. Save it as .xlsx without one.")
        )
    try:
        with zipfile.ZipFile(stream) as package:
            _inspect_parts(package)
    except UnreadableWorkbook:
        raise
    # What is wrong with a broken archive is told by whichever error its bytes happen to cause.
    except Exception as error:
        raise UnreadableWorkbook(not_xlsx()) from error
    stream.seek(0)


def not_xlsx() -> str:
    """Say that the file is something else."""
    return _(
        "This is not an XLSX workbook. Take the template from this page, or save the table as"
        " .xlsx."
    )


def _inspect_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if "[Content_Types].xml" not in package.namelist():
        raise UnreadableWorkbook(not_xlsx())
    # No part unpacks to more than it declares: zipfile stops there.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableWorkbook(
            _("The workbook unpacks to more than 64 MB. Leave out what is not needed.")
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _inspect_part(package, part)


def _inspect_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with package.open(part) as content:
        head = content.read(_HEAD)
        if any(doctype in head for doctype in _DOCTYPES):
            raise UnreadableWorkbook(not_xlsx())
        if part.filename.startswith("xl/worksheets/") and (
            found := _MERGED.search(head + content.read())
        ):
            raise UnreadableWorkbook(
                _("The cells %(cells)s are merged. Part them, so that each row has its own values.")
                % {"cells": found[1].decode()}
            )
