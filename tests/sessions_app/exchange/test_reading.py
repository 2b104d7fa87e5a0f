"""What the readers take, and what they refuse in one sentence."""

import datetime as dt
import gzip
import io
import json
import zoneinfo
from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.exchange.interpreting import interpret
from sessions_app.exchange.lengths import read_length
from sessions_app.exchange.programme import Programme
from sessions_app.exchange.raw import UnreadableSchedule
from sessions_app.exchange.reading import MOST_BYTES, MOST_PARTS, read_schedule
from sessions_app.exchange.texts import safe_text, split_name
from sessions_app.exchange.times import read_clock, read_date, read_moment, read_zone
from tests.sessions_app.exchange.conftest import event, xml


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Read refusals in English, whatever the catalogues hold."""
    with translation.override("en"):
        yield


def read(content: bytes) -> Programme:
    return interpret(read_schedule(io.BytesIO(content)), zone="Asia/Almaty", site="http://here/")


def read_or_refused(content: bytes) -> str:
    """Say how it went; any other exception than the named one fails the test."""
    try:
        return f"read {len(read(content).items)}"
    except UnreadableSchedule as refusal:
        return str(refusal)


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


LAUGHS = b'<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><schedule>&b;</schedule>'
OUTSIDE = b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule>&x;</schedule>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"<schedule><day>", "broken or cut off"),
        (LAUGHS, "entities"),
        (OUTSIDE, "entities"),
        (OUTSIDE.decode().encode("utf-16"), "entities"),
        (b"<html><body/></html>", "no <schedule>"),
        (b"<schedule/>", "no session"),
        (b"[1, 2]", "a list"),
        (b"[]", "a list"),
        (b'[{"title": "Without a time"}]', "a list"),
        ('<schedule><a b="Ә"/></schedule>'.encode("utf-16")[2:], "no session"),
        ("<schedule>\n<a b='Ашылу'/></schedule>".encode("koi8-r"), "Near line 2 are signs"),
        ('{"title": "Ашылу"}'.encode("koi8-r"), "Near line 1 are signs"),
        (b"\x00" * 5000, "empty"),
        (b'{"schedule": NaN}', "broken or cut off"),
        (b'{"schedule": {', "broken or cut off"),
        (b'{"schedule": 5}', "no session"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"<a>" * 100_000, "broken or cut off"),
        (b"%PDF-1.7", "neither XML nor JSON"),
        (gzip.compress(b"<schedule/>", mtime=0), "no session"),
        (gzip.compress(gzip.compress(b"<schedule/>", mtime=0), mtime=0), "packed"),
        (gzip.compress(b"<" + b" " * 11 * MOST_BYTES, mtime=0), "larger than 20 MB"),
        (gzip.compress(b"<schedule>" * 99, mtime=0)[:-9], "cut off"),
        (b"\x1f\x8bno gzip at all", "packed file is broken"),
        (b"PK\x03\x04rest", "packed"),
        (b"<" + b" " * MOST_BYTES, "larger than 20 MB"),
        (b"<schedule>" + b"<event/>" * 20_001 + b"</schedule>", "more than 20,000"),
        (b'{"events":[' + b"{}," * 20_000 + b"{}]}", "more than 20,000"),
        (b"<schedule>" + b"<event/>" * MOST_PARTS + b"</schedule>", "more parts"),
        (b'{"events":[' + b"{}," * MOST_PARTS + b"{}]}", "more parts"),
        (b"\x80\x81\x82", "neither XML nor JSON"),
    ],
)
def test_what_is_no_schedule_is_refused_in_a_sentence(content: bytes, sentence: str):
    with pytest.raises(UnreadableSchedule, match=sentence):
        read(content)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251", "kz1048", "koi8-r"])
def test_declared_encodings_are_read(encoding: str):
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{declared}"?>' + xml(event("Ашылу")).read().decode()
    assert [item.title for item in read(text.encode(encoding)).items] == ["Ашылу"]


def test_namespaced_and_wrapped_file_is_read():
    inner = xml(event()).read().decode().replace("<schedule>", '<schedule xmlns="urn:x">')
    assert len(read(f"<response>{inner}</response>".encode()).items) == 1


def test_small_hour_under_a_day_is_the_next_night():
    programme = read(
        xml(
            event() + event("Night", id="2", start="01:30"),
            conference="<day_change>06:00</day_change>",
        ).read()
    )
    night = programme.items[1]
    assert night.starts_at == dt.datetime(2025, 10, 16, 20, 30, tzinfo=dt.UTC)
    assert (night.day, programme.day_starts_at) == (dt.date(2025, 10, 16), dt.time(6, 0))


def test_one_offset_throughout_is_the_zone():
    content = {
        "events": [
            {"id": 1, "title": "A", "date": "2024-12-01T10:00:00+01:00", "duration": "1:00"},
        ]
    }
    assert read(json.dumps(content).encode()).zone == "Etc/GMT-1"


def test_entries_with_speakers_and_bare_clocks_are_read():
    content = (
        '<schedule><day date="2014-07-21"><entry id="1"><title>A</title><start>0930</start>'
        "<duration>30</duration><category>Keynote</category><room id='7'>C01</room><speakers>"
        '<speaker id="3"><name>Sample Participant</name><description>Writes.</description>'
        "</speaker></speakers></entry></day></schedule>"
    )
    programme = read(content.encode())
    (item,) = programme.items
    assert (item.starts_at, item.room) == (dt.datetime(2014, 7, 21, 3, 30, tzinfo=dt.UTC), "C01")
    assert item.type == "Keynote"
    assert [(w.name, w.biography) for w in programme.people.values()] == [
        ("Sample Participant", "Writes.")
    ]


def test_guid_that_is_none_serves_as_an_id():
    inner = event().replace('id="1"', 'guid="HOqeNIb6G7M4hYFKFRkCmQ"')
    assert [item.key for item in read(xml(inner).read()).items] == ["guid:HOqeNIb6G7M4hYFKFRkCmQ"]


def test_duplicate_guids_are_both_kept_and_stay_what_they_are():
    guid = "270fa44c-821a-577f-8ca3-33e8d4a8c2a7"
    inner = "".join(
        event(title, start=start).replace('id="1"', f'guid="{guid}"')
        for title, start in (("A", "10:00"), ("B", "12:00"))
    )
    first, second = read(xml(inner).read()), read(xml(inner).read())
    assert [item.guid for item in first.items] == [item.guid for item in second.items]
    assert len({item.key for item in first.items}) == 2


def test_texts_in_several_languages_come_in_the_order_of_the_forum():
    content = {
        "talks": [
            {
                "code": "ABC",
                "title": {"en": "Opening", "kk": "Ашылу"},
                "start": "2025-10-16T10:00:00",
            }
        ]
    }
    assert [item.title for item in read(json.dumps(content).encode()).items] == ["Ашылу"]


def test_what_only_looks_like_a_tag_stays():
    assert safe_text("vector<int> and <b>bold</b>") == "vector<int> and bold"


def test_address_in_angle_brackets_stays_as_it_is():
    text = "See <https://example.org/> <br/>and <https://example.org/b>."
    assert safe_text(text) == "See <https://example.org/>\nand <https://example.org/b>."


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Madonna", ("Madonna", "")),
        ("Banu Nurgaziyeva", ("Banu", "Nurgaziyeva")),
        ("Sample van den Person", ("Sample", "van den Person")),
    ],
)
def test_names_are_parted(name: str, parts: tuple[str, str]):
    assert split_name(name) == parts


@pytest.mark.parametrize("field", ["date", "start", "end", "duration"])
def test_time_of_a_million_spaces_is_no_time(field: str):
    thing = {"title": "A", "date": "2025-10-16", "start": "10:00"} | {field: f"1{' ' * 10**6}1"}
    assert read_or_refused(json.dumps({"events": [thing]}).encode())


def test_element_of_many_attributes_is_read():
    many = " ".join(f"a{number}=''" for number in range(20_000))
    assert read(xml(event().replace("<event ", f"<event {many} ")).read()).items


NAMES = ["schedule", "conference", "days", "rooms", "events", "date", "start", "duration", "title"]
NAMES += [
    "persons",
    "id",
    "guid",
    "links",
    "language",
    "name",
    "talks",
    "speakers",
    "tracks",
    "end",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused(value: object):
    assert read_or_refused(json.dumps(value).encode())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes):
    for begin in (b"", b"<", b"{", b'<?xml version="1.0" encoding="rot13"?>'):
        assert read_or_refused(begin + content)


FIELD = st.text(max_size=20) | st.sampled_from(["24:00", "2025-10-16T10:00", "1:99", "99:99", "-1"])


@settings(max_examples=150, deadline=None)
@given(FIELD, FIELD, FIELD, FIELD)
def test_any_fields_are_read_or_refused(date: str, start: str, duration: str, guid: str):
    thing = {"title": "A", "date": date, "start": start, "duration": duration, "guid": guid}
    content = {"days": [{"date": "2025-10-16", "events": [thing]}]}
    assert read_or_refused(json.dumps(content).encode())


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


def test_languages_are_read_by_code_and_by_name():
    more = "<language>Қазақша, русский, de-formal, qaz</language>"
    assert read(xml(event(more=more)).read()).items[0].languages == ["kk", "ru", "de"]
