"""Cells that hold a date or a time of day, as people type them and as Excel keeps them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from accounts.tables.values import BadCell, text_of
from sessions_app.exchange.times import read_clock, read_date, read_moment

_MIDNIGHT = dt.datetime.combine(dt.date(2000, 1, 1), dt.time())


@dataclass(frozen=True)
class Day:
    """A date."""

    number_format = "dd.mm.yyyy"

    def read(self, value: Any) -> dt.date | None:
        """Read a date, its text as 16.10.2025 or 2025-10-16, or the number that Excel keeps."""
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 1 < value < 110_000:
            return from_excel(int(value)).date()  # type: ignore[no-any-return]
        text = text_of(value)
        # Of 10/11/2025 nobody knows whether it is in October or in November.
        if text and ("/" in text or not (day := read_date(text))):
            raise BadCell(_("There must be a date, such as 16.10.2025."))
        return day if text else None

    def check(self, value: dt.date | None) -> None:
        """Whether it is one of the edition's days is asked with the time."""

    def write(self, value: dt.date | None) -> dt.date | None:
        """Return what the cell holds."""
        return value

    def show(self, value: dt.date | None) -> str:
        """Return it for a preview."""
        return date_format(value, "SHORT_DATE_FORMAT") if value else ""


@dataclass(frozen=True)
class Clock:
    """A time of day; `dated` ones may name another day than that of the row."""

    dated: bool = False
    number_format = "hh:mm"

    def read(self, value: Any) -> dt.time | dt.datetime | None:
        """Read a time, its text as 9:30, or the part of a day that Excel keeps; whole seconds."""
        if isinstance(value, dt.timedelta):
            value = value / dt.timedelta(days=1)
        if isinstance(value, dt.datetime):
            return self._moment(value)
        if isinstance(value, dt.time):
            return _second(dt.datetime.combine(dt.date.min, value)).time()
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            length = dt.timedelta(days=min(max(float(value), -1), 2))
        elif text := text_of(value):
            if (moment := read_moment(text, dt.UTC)) is not None:
                return self._moment(moment.replace(tzinfo=None))
            clock = read_clock(text)
            length = dt.timedelta(days=2) if clock is None else clock
        else:
            return None
        if not dt.timedelta() <= length < dt.timedelta(days=1):
            raise BadCell(_no_clock())
        return _second(_MIDNIGHT + length).time()

    def _moment(self, value: dt.datetime) -> dt.datetime:
        if not self.dated:
            raise BadCell(_no_clock())
        return _second(value)

    def check(self, value: Any) -> None:
        """Whether it is within the edition's days is asked with the day."""

    def write(self, value: Any) -> Any:
        """Return what the cell holds."""
        return value

    def show(self, value: dt.time | dt.datetime | None) -> str:
        """Return it for a preview."""
        if isinstance(value, dt.datetime):
            return f"{date_format(value.date(), 'SHORT_DATE_FORMAT')} {value:%H:%M}"
        return f"{value:%H:%M}" if value else ""


def _no_clock() -> str:
    return _("There must be a time of day, such as 09:30.")


def _second(moment: dt.datetime) -> dt.datetime:
    """Round to the second: a spreadsheet keeps times as fractions, and they come back inexact."""
    return (moment + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
