"""Lengths, clocks, dates, moments and zones, as files write them."""

import datetime as dt
import json
import zoneinfo

import pytest

from sessions_app.exchange.lengths import read_length
from sessions_app.exchange.times import read_clock, read_date, read_moment, read_zone
from tests.sessions_app.exchange.conftest import read_or_refused

pytestmark = pytest.mark.usefixtures("english")


def minutes(text: str) -> float | None:
    length = read_length(text)
    return None if length is None else length.total_seconds() / 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1:30", 90),
        ("01:30", 90),
        ("00:45:00", 45),
        ("0:45:00", 45),
        ("01:00:00", 60),
        ("1:02:30", 24 * 60 + 150),
        ("1 day, 2:30:00", 26 * 60 + 30),
        ("1.5", 90),
        ("0,75", 45),
        ("5400", 90),
        ("PT5400S", 90),
        ("P1DT1H", 25 * 60),
        ("1h30", 90),
        ("1 hour 15 minutes", 75),
        ("1 ч 30 мин", 90),
        ("2 сағат 10 минут", 130),
        ("1,5 часа", 90),
        ("45'", 45),
        ("1:02:30:00", 24 * 60 + 150),
        ("45", 45),
        ("45.0", 45),
        ("PT1H15M", 75),
        ("1h 30m", 90),
        ("90 min", 90),
        ("0:00", None),
        ("nan", None),
        ("inf", None),
        ("-30", None),
        ("", None),
        ("9999999999:00", None),
    ],
)
def test_length_is_read_in_every_form(text: str, expected: float | None):
    assert minutes(text) == expected


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("9:30", 9.5),
        ("0930", 9.5),
        ("930", 9.5),
        ("T09:30:00.000", 9.5),
        ("9:30 pm", 21.5),
        ("12 a.m.", 0),
        ("24:30", 24.5),
        ("25:15", 25.25),
        ("36:00", None),
        ("10:61", None),
    ],
)
def test_clock_goes_on_after_midnight(text: str, hours: float | None):
    assert read_clock(text) == (None if hours is None else dt.timedelta(hours=hours))


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-16",
        "2025/10/16",
        "20251016",
        "16.10.2025",
        "16/10/2025",
        "10/16/2025",
        "2025-10-16T23:00:00-09:00",
        "Thursday, October 16, 2025",
        "16 октября 2025 г.",
        "2025 жылғы 16 қазан",
    ],
)
def test_date_is_read_in_every_form(text: str):
    assert read_date(text) == dt.date(2025, 10, 16)


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-16T10:00:00",
        "2025-10-16 10:00",
        "2025-10-16T05:00:00Z",
        "2025-10-16T05:00:00.000Z",
        "2025-10-16T07:00:00 +0200",
        "2025-10-16 05:00:00 UTC",
        "2025-10-16T06:00:00+01:00[Europe/Berlin]",
        "20251016T050000Z",
        "1760590800",
        "1760590800.0",
        "1760590800000",
        "16.10.2025 10:00",
        "Thu, 16 Oct 2025 05:00:00 +0000",
    ],
)
def test_moment_is_read_in_every_form(text: str):
    almaty = zoneinfo.ZoneInfo("Asia/Almaty")
    assert read_moment(text, almaty) == dt.datetime(2025, 10, 16, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize("field", ["date", "start", "end", "duration"])
def test_time_of_a_million_spaces_is_no_time(field: str):
    thing = {"title": "A", "date": "2025-10-16", "start": "10:00"} | {field: f"1{' ' * 10**6}1"}
    assert read_or_refused(json.dumps({"events": [thing]}).encode())


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("GMT+5", "Etc/GMT-5"),
        ("UTC-03:00", "Etc/GMT+3"),
        ("+0500", "Etc/GMT-5"),
        ("UTC", "UTC"),
        ("+05:45", ""),
        ("+99", ""),
        ("Somewhere", ""),
    ],
)
def test_zone_is_read_in_any_case_and_from_hours(text: str, zone: str):
    assert read_zone(text) == zone
