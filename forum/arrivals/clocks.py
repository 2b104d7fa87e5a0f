"""When a scan was made: a device's clock may be wrong, and may be set while scans wait."""

import datetime as dt

from forum.arrivals.models import ClockDoubt
from forum.editions.models import Edition

LEEWAY = dt.timedelta(minutes=2)
"""By so much clocks may differ: answers take time, and offsets are measured through a network."""


def forum_day(edition: Edition, moment: dt.datetime) -> dt.date:
    """Return the edition's day to which `moment` belongs.

    The demo's forum was held in 2025: on any other day, who tries the software out is on its first.
    """
    day = edition.day_of(moment)
    if edition.is_demo and not edition.starts_on <= day <= edition.ends_on:
        return edition.starts_on
    return day


def believed(
    edition: Edition,
    scanned_at: dt.datetime,
    *,
    offset: dt.timedelta,
    known_offset: dt.timedelta | None,
    now: dt.datetime,
) -> tuple[dt.datetime, str]:
    """Return the moment by which a scan is judged, and why the device's own is not believed.

    `offset` is by how much the clock is slow, measured as the scan arrives; `known_offset`, as it
    was measured last before the scan. Where they differ, or the corrected time cannot be, the
    order in which scans reach us decides.
    """
    corrected = scanned_at + offset
    day = forum_day(edition, corrected)
    if corrected > now + LEEWAY:
        return now, ClockDoubt.FUTURE
    if known_offset is not None and abs(known_offset - offset) > LEEWAY:
        return now, ClockDoubt.CHANGED
    if corrected < now - LEEWAY and not edition.starts_on <= day <= edition.ends_on:
        return now, ClockDoubt.OUTSIDE
    return min(corrected, now), ""
