"""Writes from when until when something takes place, in the language that is active."""

import datetime as dt

from django.utils.formats import date_format

from forum.editions.models import Edition
from forum.templatetags.frame import day_line


def short_moment(moment: dt.datetime) -> str:
    """Write a local moment: "15.10.2025 10:00"."""
    return f"{date_format(moment.date(), 'SHORT_DATE_FORMAT')} {moment:%H:%M}"


def short_span(start: dt.datetime, end: dt.datetime) -> str:
    """Write local times; a range over midnight says both days."""
    if start.date() == end.date():
        return f"{short_moment(start)}–{end:%H:%M}"
    return f"{short_moment(start)} – {short_moment(end)}"


def long_span(edition: Edition, starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """Write "Wednesday, 15 October, 10:00–11:00"; what ends on another day says on which.

    The night belongs to its day, as the edition counts days.
    """
    start, end = (at.astimezone(edition.zone) for at in (starts_at, ends_at))
    day, last_day = edition.day_of(starts_at), edition.day_of(ends_at)
    if day == last_day:
        return f"{day_line(day)}, {start:%H:%M}–{end:%H:%M}"
    return f"{day_line(day)}, {start:%H:%M} – {day_line(last_day)}, {end:%H:%M}"
