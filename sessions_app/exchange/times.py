"""Reads the dates, clocks and zones of programme files, in every form that was met."""

import datetime as dt
import email.utils
import functools
import re
import zoneinfo

_CLOCK = re.compile(
    r"^T?(\d{1,2}(?=[:.hH])|\d{1,2}(?=\d{2}$))[:.hH]?(\d{2})(?::(\d{2})(?:\.\d+)?)?"
    r"\s*(?:([AaPp])\.?[Mm]\.?|Uhr|h)?$",
    re.ASCII,
)
_HOUR = re.compile(r"^(\d{1,2})\s*([AaPp])\.?[Mm]\.?$", re.ASCII)
_UNIX = re.compile(r"^\d{9,10}(?:\.\d+)?$|^\d{12,13}$", re.ASCII)
_YEAR_FIRST = re.compile(r"^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
_DAY_FIRST = re.compile(r"^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)", re.ASCII)
_WORD = re.compile(r"[^\W\d]+")
_SHIFT = re.compile(r"^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$", re.ASCII | re.IGNORECASE)
_MONTHS = (
    ("jan", "янв", "қаң"),
    ("feb", "фев", "ақп"),
    ("mar", "mär", "мар", "нау"),
    ("apr", "апр", "сәу"),
    ("may", "mai", "май", "мая", "мам"),
    ("jun", "июн", "мау"),
    ("jul", "июл", "шіл"),
    ("aug", "авг", "там"),
    ("sep", "сен", "қыр"),
    ("oct", "okt", "окт", "қаз"),
    ("nov", "ноя", "қар"),
    ("dec", "dez", "дек", "жел"),
)
LONGEST_TEXT = 80
"""No date is longer; looking for one in a million spaces would take hours."""
MOST_CLOCK = dt.timedelta(hours=36)
"""Clocks go on after midnight: 25:15 is a quarter past one in the night of that day."""


def read_moment(text: str, zone: dt.tzinfo) -> dt.datetime | None:
    """Read a date with a time, or a Unix timestamp; a naive time is in `zone`.

    None where there is no time.
    """
    if len(text) > LONGEST_TEXT:
        return None
    text = re.sub(r"\s*\[[\w/+-]+\]$", "", text.strip())
    try:
        if _UNIX.match(text):
            seconds = float(text) / (1000 if len(text.split(".")[0]) > 10 else 1)
            moment: dt.datetime | None = dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
        else:
            moment = _written(text, zone)
        if moment is None:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return moment.astimezone(dt.UTC) if 1970 <= moment.year <= 2200 else None
    except (ValueError, OverflowError, OSError):
        return None


def _written(text: str, zone: dt.tzinfo) -> dt.datetime | None:
    if re.match(r"^[A-Z][a-z]{2}, \d", text):  # as mails and feeds write it
        return email.utils.parsedate_to_datetime(text)
    if len(text) >= 12 and text[:4].isdecimal():
        # "2007-02-25 10:00:00 UTC" and "+0100" were met.
        iso = re.sub(r"\s*(UTC|GMT)$", "+00:00", text)
        iso = re.sub(r"\s+([+-]\d\d:?\d\d)$", r"\1", iso)
        try:
            return dt.datetime.fromisoformat(iso)
        except ValueError:
            pass  # the date may be written in another way, before a clock
    begin, _space, rest = text.partition(" ")
    date, clock = read_date(begin), read_clock(rest)
    return None if date is None or clock is None else at(date, clock, zone)


def at(date: dt.date, clock: dt.timedelta, zone: dt.tzinfo) -> dt.datetime:
    """Return what a clock shows, also after 24:00, on that day in that zone."""
    # Adding to a naive moment turns the clock's hands; the zone then says which moment that is.
    return (dt.datetime.combine(date, dt.time()) + clock).replace(tzinfo=zone)


def read_offset(text: str) -> dt.timedelta | None:
    """Return the UTC offset that a date states, if it does."""
    try:
        return dt.datetime.fromisoformat(text.strip()).utcoffset()
    except ValueError:
        return None


def read_date(text: str) -> dt.date | None:
    """Read a date, or the date of a moment: 2025-10-16, 20251016, 16.10.2025, 16 қазан 2025."""
    text = text[:LONGEST_TEXT].strip()
    if found := _YEAR_FIRST.match(text):
        parts = (int(found[1]), int(found[3]), int(found[4]))
    elif found := _DAY_FIRST.match(text):
        day, month = int(found[1]), int(found[3])
        # Only where there is no such month is the month first, as in America.
        parts = (int(found[4]), day, month) if month > 12 else (int(found[4]), month, day)
    elif told := _in_words(text):
        parts = told
    else:
        return None
    try:
        date = dt.date(*parts)
    except ValueError:
        return None
    return date if 1970 <= date.year <= 2200 else None


def _in_words(text: str) -> tuple[int, int, int] | None:
    year = re.search(r"(?<!\d)(\d{4})(?!\d)", text)
    day = re.search(r"(?<![\d:])(\d{1,2})(?![\d:])", text)
    begins = [word[:3].lower() for word in _WORD.findall(text)]
    months = [n for n, names in enumerate(_MONTHS, start=1) if any(b in names for b in begins)]
    if not year or not day or len(months) != 1:
        return None
    return int(year[1]), months[0], int(day[1])


def read_clock(text: str) -> dt.timedelta | None:
    """Read a time of day: 9:30, 09:30:00, 9.30, 0930, 9:30 pm; and 25:15 of the night after."""
    text = text.strip()
    found = _CLOCK.match(text)
    if found:
        hour, minute, half = int(found[1]), int(found[2]), found[4]
    elif found := _HOUR.match(text):
        hour, minute, half = int(found[1]), 0, found[2]
    else:
        return None
    if half:
        hour = hour % 12 + (12 if half in "Pp" else 0)
    clock = dt.timedelta(hours=hour, minutes=minute)
    return clock if minute < 60 and clock < MOST_CLOCK else None


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
