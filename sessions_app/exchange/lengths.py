"""Reads how long things take, in every form that was met."""

import datetime as dt
import re

from sessions_app.exchange.times import LONGEST_TEXT

_ISO = re.compile(
    r"^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$", re.IGNORECASE | re.ASCII
)
_WORDS = re.compile(
    r"^(?:(\d+(?:[.,]\d+)?)\s*(?:h|ч|сағ)[^\W\d]*\.?)?\s*(?:(\d+)\s*(?:(?:m|м)[^\W\d]*\.?|'|′)?)?$",
    re.IGNORECASE,
)
_DAYS = re.compile(r"^(\d+) days?, (\d+:\d\d:\d\d)$", re.ASCII)  # as Python writes them
LONGEST = dt.timedelta(days=14)
MOST_HOURS = 10
"""A number with a point that is smaller counts hours: nothing takes 1.5 minutes."""
MOST_MINUTES = 24 * 60
"""A whole number of minutes that is larger, and divides by 60, counts seconds."""


def read_length(text: str) -> dt.timedelta | None:
    """Read H:MM, HH:MM:SS, D:HH:MM, minutes, hours with a point, PT45M, 1h 30m, 90 мин.

    Of three parts the first is days where it has one digit that is not 0 and the second can be
    hours: pretalx writes 1:02:30 for a day, two hours and a half.
    """
    text = text[:LONGEST_TEXT].strip()
    try:
        length = _parts(text) if ":" in text else _units(text)
    except (OverflowError, ValueError):
        return None
    return length if length and dt.timedelta(0) < length <= LONGEST else None


def _parts(text: str) -> dt.timedelta | None:
    parts = _DAYS.sub(r"\1:\2", text).split(":")
    if not all(part.isdecimal() and part.isascii() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(numbers) == 3 and len(parts[0]) == 1 and numbers[0] and numbers[1] < 24:
        numbers.append(0)
    match numbers:
        case [hours, minutes]:
            return dt.timedelta(hours=hours, minutes=minutes)
        case [hours, minutes, seconds]:
            return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
        case [days, hours, minutes, seconds]:
            return dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return None


def _units(text: str) -> dt.timedelta | None:
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text, re.ASCII):
        return _number(text.replace(",", "."))
    if found := _ISO.match(text):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if found := _WORDS.match(text):
        hours_told = float((found[1] or "0").replace(",", "."))
        return dt.timedelta(hours=hours_told, minutes=int(found[2] or 0))
    return None


def _number(text: str) -> dt.timedelta:
    number = float(text)
    if "." in text and number < MOST_HOURS:
        return dt.timedelta(hours=number)
    if number > MOST_MINUTES and number % 60 == 0:
        return dt.timedelta(seconds=number)
    return dt.timedelta(minutes=number)
