"""Finds a programme's days, by date or by number, and when they begin.

A day begins after midnight where nights belong to the day before.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from sessions_app.exchange.raw import RawSchedule
from sessions_app.exchange.times import at, read_clock, read_date, read_moment

MIDNIGHT = dt.time(0, 0)
NOON = dt.time(12, 0)


class Days:
    """The dates of a file's days. Without dates they are counted from the first day.

    That is the conference's first day, else the first of the edition's `given` days.
    """

    def __init__(self, raw: RawSchedule, given: Sequence[dt.date]) -> None:
        self._zero = _zero(raw, given)
        listed = [date for day in raw.days if (date := self.date(day.date))]
        self.listed = set(listed)
        self.only = listed[0] if len(self.listed) == 1 else None
        if not listed:
            start, end = read_date(raw.start), read_date(raw.end)
            if start and end in {start, None}:
                self.only = start
            elif not start and len(given) == 1:
                self.only = given[0]

    def date(self, text: str) -> dt.date | None:
        """Return the date of a day that is named by its date or by its number."""
        if found := read_date(text):
            return found
        number = _number(text)
        return self._zero + dt.timedelta(days=number) if self._zero and number is not None else None


def _number(text: str) -> int | None:
    found = re.fullmatch(r"\D{0,12}?(\d{1,2})\D{0,12}", text.strip(), re.ASCII)
    return int(found[1]) if found and ":" not in text else None


def _zero(raw: RawSchedule, given: Sequence[dt.date]) -> dt.date | None:
    """Return the date that would have the number 0."""
    for day in raw.days:
        date, number = read_date(day.date), _number(day.index)
        if date and number is not None:
            return date - dt.timedelta(days=number)
    names = [day.date for day in raw.days] or [event.day for event in raw.events]
    numbers = {number for name in names if (number := _number(name)) is not None}
    first = read_date(raw.start) or (given[0] if given else None)
    return first - dt.timedelta(days=min(numbers)) if first and numbers else None


def read_day_change(raw: RawSchedule, days: Days, zone: dt.tzinfo) -> dt.time:
    """Return the clock, in `zone`, at which the file says that a day begins."""
    stated = read_clock(raw.day_change)
    if stated and stated <= dt.timedelta(hours=12):
        return at(dt.date.min, stated, zone).time()
    ends: Counter[dt.time] = Counter()
    for day in raw.days:
        date, end = days.date(day.date), read_moment(day.end, zone)
        if date is None or end is None:
            continue
        # A day that ends at 03:59 or 05:59:59 ends where the next begins.
        local = end.astimezone(zone)
        if local.minute == 59:
            local = local.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
        if local.date() == date + dt.timedelta(days=1) and local.time() <= NOON:
            ends[local.time().replace(second=0, microsecond=0)] += 1
    return max(ends, key=lambda clock: (ends[clock], clock)) if ends else MIDNIGHT
