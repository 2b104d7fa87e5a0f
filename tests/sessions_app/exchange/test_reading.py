"""What the readers take, and what they refuse in one sentence."""

import datetime as dt
import gzip
import json

import pytest

from sessions_app.exchange.raw import UnreadableSchedule
from sessions_app.exchange.reading import MOST_BYTES, MOST_PARTS
from sessions_app.exchange.texts import safe_text, split_name
from tests.sessions_app.exchange.conftest import event, read, xml

pytestmark = pytest.mark.usefixtures("english")


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
        (b"<a>" * 100_000, "XML is nested too deeply"),
        (b"<schedule>" + b"<a>" * 300 + b"</a>" * 300 + b"</schedule>", "XML is nested too deeply"),
        (b"%PDF-1.7", "neither XML nor JSON"),
        (gzip.compress(b"<schedule/>", mtime=0), "no session"),
        (gzip.compress(gzip.compress(b"<schedule/>", mtime=0), mtime=0), "packed"),
        (gzip.compress(b"<" + b" " * 11 * MOST_BYTES, mtime=0), "unpacks to more than 20 MB"),
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


def test_element_of_many_attributes_is_read():
    many = " ".join(f"a{number}=''" for number in range(20_000))
    assert read(xml(event().replace("<event ", f"<event {many} ")).read()).items


def test_languages_are_read_by_code_and_by_name():
    more = "<language>Қазақша, русский, de-formal, qaz</language>"
    assert read(xml(event(more=more)).read()).items[0].languages == ["kk", "ru", "de"]
