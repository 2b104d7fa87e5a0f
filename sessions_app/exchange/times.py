"""Reads the dates, clocks and lengths of programme files, in every form that was met."""

import datetime as dt
import functools
import re
import zoneinfo

_CLOCK = re.compile(
    r"^(\d{1,2}(?=[:.hH])|\d{2}(?=\d{2}$))[:.hH]?(\d{2})(?::(\d{2}))?\s*([AaPp])?\.?[Mm]?\.?$"
)
_ISO_LENGTH = re.compile(r"^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:[\d.]+S)?)?$", re.IGNORECASE)
_WORDS = re.compile(r"^(?:(\d+)\s*h\w*)?\s*(?:(\d+)\s*m\w*)?$", re.IGNORECASE)
_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_DOTTED = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_SHIFT = re.compile(r"^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$", re.ASCII | re.IGNORECASE)
LONGEST = dt.timedelta(days=14)


def read_moment(text: str, zone: dt.tzinfo) -> dt.datetime | None:
    """Read an ISO date with a time; a naive one is in `zone`. None where there is no time."""
    text = text.strip()
    if len(text) < 12 or not text[:4].isdecimal():
        return None
    # "2007-02-25 10:00:00 UTC" and "+0100" were met.
    text = re.sub(r"\s*(UTC|GMT)$", "+00:00", text)
    text = re.sub(r"\s+([+-]\d\d:?\d\d)$", r"\1", text)
    try:
        moment = dt.datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return moment.astimezone(dt.UTC) if 1970 <= moment.year <= 2200 else None
    except (ValueError, OverflowError):
        return None


def read_offset(text: str) -> dt.timedelta | None:
    """Return the UTC offset that a date states, if it does."""
    try:
        return dt.datetime.fromisoformat(text.strip()).utcoffset()
    except ValueError:
        return None


def read_date(text: str) -> dt.date | None:
    """Read a date, or the date of a moment."""
    text = text.strip()
    found = _DAY.match(text[:10].split("T")[0].split(" ")[0])
    parts = [int(part) for part in found.groups()] if found else None
    if parts is None and (dotted := _DOTTED.match(text)):
        parts = [int(part) for part in reversed(dotted.groups())]
    try:
        day = dt.date(*parts) if parts else None
    except ValueError:
        return None
    return day if day and 1970 <= day.year <= 2200 else None


def read_clock(text: str) -> dt.time | None:
    """Read a time of day: 9:30, 09:30:00, 9.30, 0930, 9:30 pm."""
    found = _CLOCK.match(text.strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2])
    if found[4]:
        hour = hour % 12 + (12 if found[4] in "Pp" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def read_length(text: str) -> dt.timedelta | None:
    """Read how long something takes: H:MM, HH:MM:SS, D:HH:MM, minutes, PT45M, 1h 30m.

    Of three parts the first is days where it has one digit that is not 0 and the second can be
    hours: pretalx writes 1:02:30 for a day, two hours and a half.
    """
    text = text.strip()
    try:
        length = _parts(text) if ":" in text else _units(text)
    except (OverflowError, ValueError):
        return None
    return length if length and dt.timedelta(0) < length <= LONGEST else None


def _parts(text: str) -> dt.timedelta | None:
    parts = text.split(":")
    if not all(part.isdecimal() and part.isascii() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(numbers) == 2:
        return dt.timedelta(hours=numbers[0], minutes=numbers[1])
    if len(numbers) == 4:
        days, hours, minutes, seconds = numbers
        return dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if len(numbers) != 3:
        return None
    first, second, third = numbers
    if len(parts[0]) == 1 and first and second < 24:
        return dt.timedelta(days=first, hours=second, minutes=third)
    return dt.timedelta(hours=first, minutes=second, seconds=third)


def _units(text: str) -> dt.timedelta | None:
    try:
        return dt.timedelta(minutes=float(text))
    except ValueError:
        pass
    if found := _ISO_LENGTH.match(text):
        days, hours, minutes = (int(part or 0) for part in found.groups())
        return dt.timedelta(days=days, hours=hours, minutes=minutes)
    if found := _WORDS.match(text):
        hours, minutes = (int(part or 0) for part in found.groups())
        return dt.timedelta(hours=hours, minutes=minutes)
    return None


def read_zone(text: str) -> str:
    """Return the IANA zone that a text names, or an empty text.

    Names are read in any case, and so are whole hours from UTC: "GMT+5", "UTC+05:00", "+0500".
    """
    name = text.strip()
    if found := _zones().get(name.lower()):
        return found
    if shift := _SHIFT.match(name):
        offset = dt.timedelta(hours=int(shift[2]), minutes=int(shift[3] or 0))
        return zone_at(-offset if shift[1] == "-" else offset)
    return ""


@functools.cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in zoneinfo.available_timezones()}


def zone_at(offset: dt.timedelta) -> str:
    """Return the IANA zone of whole hours from UTC, or an empty text. Etc counts westwards."""
    hours, rest = divmod(int(offset.total_seconds()), 3600)
    if rest:
        return ""
    return read_zone("UTC" if hours == 0 else f"Etc/GMT{-hours:+d}")
