"""What we write as iCalendar, the icalendar library reads."""

import datetime as dt

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.tables.values import plain
from sessions_app.exchange.lines import Line, date, moment, text, write


def entry(*lines: Line) -> bytes:
    return write(
        [
            ("BEGIN", "VCALENDAR"),
            ("BEGIN", "VEVENT"),
            *lines,
            ("END", "VEVENT"),
            ("END", "VCALENDAR"),
        ]
    )


def read(content: bytes) -> icalendar.Component:
    (found,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return found


TEXTS = st.text(st.one_of(st.sampled_from('әғқңөұүһі \\;,:"\nnN'), st.characters(codec="utf-8")))


@given(TEXTS)
def test_any_text_comes_back(value: str):
    assert str(read(entry(("SUMMARY", text(value))))["SUMMARY"]) == plain(value)


@given(st.text("әғқn ,;\n🙂", max_size=200))
def test_lines_are_short_and_cut_no_letter(value: str):
    lines = entry(("DESCRIPTION", text(value))).split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()


@pytest.mark.parametrize("octets", [74, 75, 76, 149, 150])
def test_line_is_folded_only_when_it_must_be(octets: int):
    content = write([("X", "a" * (octets - 2))])
    assert content.count(b"\r\n ") == max(0, (octets - 2) // 74)
    assert content.endswith(b"a\r\n")


def test_times_are_utc_and_days_are_days():
    astana = dt.timezone(dt.timedelta(hours=5))
    found = read(
        entry(
            ("DTSTART", moment(dt.datetime(2025, 10, 16, 10, tzinfo=astana))),
            ("X-DAY", date(dt.date(2025, 1, 2))),
        )
    )
    assert found["DTSTART"].dt == dt.datetime(2025, 10, 16, 5, tzinfo=dt.UTC)
    assert str(found["X-DAY"]) == "20250102"
