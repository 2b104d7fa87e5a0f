"""The days of an edition as the board draws them: bounds, names, and moments in minutes."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format

from forum.editions.models import Edition
from forum.templatetags.frame import day_line

DAY = dt.timedelta(days=1)
USUAL = (8 * 60, 20 * 60)
"""What is drawn of a day at least, in minutes since its midnight."""


def span_of(edition: Edition) -> tuple[dt.datetime, dt.datetime]:
    """Return when the edition's first day begins and its last one is over."""
    return edition.beginning_of(edition.starts_on), edition.beginning_of(edition.ends_on + DAY)


def minute_of(edition: Edition, day: dt.date, moment: dt.datetime) -> int:
    """Return how many minutes of the wall's clocks lie between midnight of `day` and `moment`."""
    local = moment.astimezone(edition.zone).replace(tzinfo=None)
    return int((local - dt.datetime.combine(day, dt.time())).total_seconds() // 60)


def days_of(edition: Edition, stays: list[tuple[dt.datetime, dt.datetime]]) -> list[dict[str, Any]]:
    """Describe each day: the edition's, and others on which something stands by mistake.

    `stays` are the beginnings and ends of what is placed: what is drawn of a day holds them all.
    """
    bounds = dict.fromkeys(edition.days, USUAL)
    for start, end in stays:
        day = edition.day_of(start)
        first, last = bounds.get(day, USUAL)
        begins, ends = minute_of(edition, day, start), minute_of(edition, day, end)
        bounds[day] = (min(first, begins // 60 * 60), max(last, -(-ends // 60) * 60))
    opening = edition.day_starts_at.hour * 60 + edition.day_starts_at.minute
    return [
        {
            "date": day.isoformat(),
            "label": day_line(day),
            "short": date_format(day, "j E"),
            "opens": opening,
            "closes": opening + 24 * 60,
            "first": max(first, opening),
            "last": last,
            "outside": not edition.starts_on <= day <= edition.ends_on,
        }
        for day, (first, last) in sorted(bounds.items())
    ]
