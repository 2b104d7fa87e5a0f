"""Finds when a programme's day begins: after midnight, where nights belong to the day before."""

import datetime as dt
from collections import Counter

from sessions_app.exchange.raw import RawSchedule
from sessions_app.exchange.times import read_clock, read_date, read_moment

MIDNIGHT = dt.time(0, 0)
NOON = dt.time(12, 0)


def read_bounds(raw: RawSchedule, zone: dt.tzinfo) -> tuple[dt.time, set[dt.date]]:
    """Return the clock, in `zone`, at which a day begins, and the days that the file lists."""
    days = {date for day in raw.days if (date := read_date(day.date))}
    stated = read_clock(raw.day_change)
    if stated and stated <= NOON:
        return stated, days
    ends: Counter[dt.time] = Counter()
    for day in raw.days:
        date, end = read_date(day.date), read_moment(day.end, zone)
        if date is None or end is None:
            continue
        # A day that ends at 03:59 or 05:59:59 ends where the next begins.
        local = end.astimezone(zone)
        if local.minute == 59:
            local = local.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
        if local.date() == date + dt.timedelta(days=1) and local.time() <= NOON:
            ends[local.time().replace(second=0, microsecond=0)] += 1
    return (max(ends, key=lambda clock: (ends[clock], clock)) if ends else MIDNIGHT), days
