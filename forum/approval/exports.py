"""The desk's list as a workbook, in parts that a request can write; never with needs."""

import datetime as dt

from import_export.formats.base_formats import XLSX

from forum.approval.asking import Asked, listed
from forum.editions.models import Edition
from forum.registrations.exports import RegistrationResource

A_FILE = 5_000
"""So many rows take two seconds to write."""


def registrations_workbook(edition: Edition, asked: Asked, *, part: int, now: dt.datetime) -> bytes:
    """Write the `part`th file of the list that was asked for, in the language that is active."""
    rows = listed(edition, asked, now=now)[(part - 1) * A_FILE : part * A_FILE]
    table = RegistrationResource(shows_needs=False).export(rows)
    content: bytes = XLSX().export_data(table)
    return content


def parts_of(count: int) -> list[tuple[int, int, int]]:
    """Return the files in which a list of `count` rows goes out: which, from and to which row."""
    starts = range(0, count, A_FILE)
    return [(1 + at // A_FILE, at + 1, min(at + A_FILE, count)) for at in starts]
