"""The lines of iCalendar (RFC 5545, §3.1): values escaped, lines folded between letters.

Only writing is ours, for its speed (README, Decisions): in tests the icalendar library reads it.
"""

import datetime as dt
from collections.abc import Iterable

from accounts.tables.values import plain

MOST_OCTETS = 75
Line = tuple[str, str]
"""A property's name, with its parameters, and its value as it is to stand in the file."""


def write(lines: Iterable[Line]) -> bytes:
    """Write a calendar's lines, each ended by CRLF."""
    return b"".join(_folded(f"{name}:{value}") for name, value in lines)


def text(value: str) -> str:
    """Return a TEXT value: what would end or part it is escaped."""
    escaped = plain(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def moment(value: dt.datetime) -> str:
    """Return an aware moment as a DATE-TIME in UTC."""
    return f"{value.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def date(value: dt.date) -> str:
    """Return a DATE; its property needs the parameter VALUE=DATE."""
    return f"{value:%Y%m%d}"


def _folded(line: str) -> bytes:
    octets = line.encode()
    parts, begin, most = [], 0, MOST_OCTETS
    while len(octets) - begin > most:
        end = begin + most
        while octets[end] & 0b1100_0000 == 0b1000_0000:  # in the middle of a letter
            end -= 1
        parts.append(octets[begin:end])
        begin, most = end, MOST_OCTETS - 1  # a line that goes on begins with a space
    parts.append(octets[begin:])
    return b"\r\n ".join(parts) + b"\r\n"
