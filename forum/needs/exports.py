"""Who needs what as a workbook, for those who prepare it."""

import io
from collections.abc import Iterable

import openpyxl
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.transfers import guarded
from forum.registrations.models import Registration

WIDTHS = (12, 36, 36, 22, 24, 48, 60)


def needs_workbook(rows: Iterable[Registration]) -> bytes:
    """Write a sheet of who needs what, in the language that is active."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_("Needs"))
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.append(
        [
            *(_("Number"), _("Name"), _("Organisation"), _("Status"), _("Days"), _("Needs")),
            _("More about needs"),
        ]
    )
    for row in rows:
        sheet.append([guarded(cell) for cell in _cells(row)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cells(row: Registration) -> list[str]:
    return [
        row.code,
        row.person.full_name,
        str(row.organisation or ""),
        str(row.status.label),
        ", ".join(date_format(day, "SHORT_DATE_FORMAT") for day in sorted(row.days)),
        ", ".join(row.need_names),
        row.needs_note,
    ]
