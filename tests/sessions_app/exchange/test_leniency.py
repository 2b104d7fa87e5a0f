"""Quirks of other tools and years: what each means, told by what is read."""

import datetime as dt
import gzip
import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from django.utils import translation

from sessions_app.exchange.interpreting import interpret
from sessions_app.exchange.programme import Item, Programme
from sessions_app.exchange.raw import UnreadableSchedule
from sessions_app.exchange.reading import read_schedule
from tests.sessions_app.exchange.conftest import event, xml

FIVE = dt.datetime(2025, 10, 16, 5, tzinfo=dt.UTC)
"""Ten in the morning in Astana."""
HOUR = dt.timedelta(hours=1)


def read(content: Any, *, days: Sequence[dt.date] = ()) -> Programme:
    if isinstance(content, str):
        content = content.encode()
    elif not isinstance(content, bytes):
        content = json.dumps(content).encode()
    raw = read_schedule(io.BytesIO(content))
    return interpret(raw, zone="Asia/Almaty", site="http://here/", days=days)


def one(content: Any) -> Item:
    (item,) = read(content).items
    return item


def names(content: Any) -> list[str]:
    return [who.name for who in read(content).people.values()]


def day_of_json(*events: dict[str, Any]) -> dict[str, Any]:
    day = {"index": 1, "date": "2025-10-16", "rooms": {"Hall": list(events)}}
    return {"schedule": {"conference": {"title": "Small", "days": [day]}}}


COUNTED = (
    "<schedule><conference><title>Small</title>{}</conference>"
    "<day index='0'><room name='Hall'>{}</room></day>"
    "<day index='1'><room name='Hall'>{}</room></day></schedule>"
)


def test_clock_after_midnight_belongs_to_the_day_before():
    programme = read(xml(event(start="09:00") + event("Night", id="2", start="25:15")).read())
    night = programme.items[1]
    assert night.starts_at == dt.datetime(2025, 10, 16, 20, 15, tzinfo=dt.UTC)
    assert (night.day, programme.last_day) == (dt.date(2025, 10, 16), dt.date(2025, 10, 16))
    assert programme.day_starts_at == dt.time(2)


def test_days_are_counted_from_the_conferences_start():
    content = COUNTED.format("<start>2025-10-16</start>", event(), event(id="2"))
    assert [item.starts_at for item in read(content).items] == [FIVE, FIVE + 24 * HOUR]


def test_days_are_counted_from_the_editions_first_day():
    content = COUNTED.format("", event(), event(id="2"))
    days = [dt.date(2025, 10, 16), dt.date(2025, 10, 17)]
    assert [item.starts_at for item in read(content, days=days).items] == [FIVE, FIVE + 24 * HOUR]


def test_days_are_counted_from_one_that_has_a_date():
    content = COUNTED.format("", event(), event(id="2"))
    dated = content.replace("<day index='1'", "<day index='1' date='2025-10-17'")
    assert [item.starts_at for item in read(dated).items] == [FIVE, FIVE + 24 * HOUR]


def test_days_that_cannot_be_dated_are_refused_with_advice():
    with translation.override("en"), pytest.raises(UnreadableSchedule, match="Make the edition"):
        read(COUNTED.format("", event(), event(id="2")))


def test_day_is_known_by_its_start_alone():
    content = f'<schedule><day start="2025-10-16T09:00+05:00">{event()}</day></schedule>'
    assert one(content).starts_at == FIVE


def test_events_without_a_day_are_on_the_only_one():
    content = f"<schedule><conference><start>2025-10-16</start></conference>{event()}</schedule>"
    assert one(content).starts_at == FIVE


def test_event_under_no_room_with_its_own_date_is_read():
    inner = event(more="<date>2025-10-16</date><room>Hall</room>")
    assert one(f"<schedule>{inner}</schedule>").starts_at == FIVE


def test_midnight_in_the_date_gives_way_to_the_start():
    thing = {"title": "A", "date": "2025-10-16T00:00:00+05:00", "start": "10:00"}
    assert one(day_of_json(thing)).starts_at == FIVE


def test_end_after_midnight_is_read():
    thing = {"title": "A", "start": "23:00", "end": "25:30"}
    item = one(day_of_json(thing))
    assert item.starts_at
    assert item.ends_at == item.starts_at + 2.5 * HOUR


def test_unix_timestamps_are_moments():
    item = one({"events": [{"title": "A", "start": 1760590800, "end": 1760594400}]})
    assert (item.starts_at, item.ends_at) == (FIVE, FIVE + HOUR)


@pytest.mark.parametrize(
    "inner",
    [
        "<room><name>Hall</name>{}</room>",
        "<Room Name='Hall'>{}</Room>",
        "<room name='Hall'>{}</room>",
        "<room>Hall{}</room>",
    ],
)
def test_room_is_named_by_attribute_child_or_text(inner: str):
    content = xml(inner.format(event(more=""))).read()
    assert (one(content).room, [p.name for p in read(content).places]) == ("Hall", ["Hall"])


@pytest.mark.parametrize("more", ["<room><name>Two</name></room>", "<room name='Two'/>"])
def test_room_within_an_event_may_have_parts(more: str):
    assert one(xml(event(more=more)).read()).room == "Two"


def test_case_of_tags_and_attributes_does_not_matter():
    item = one(
        "<Schedule><Day Date='2025-10-16'><Event Id='1'><Title>A</Title><Start>10:00</Start>"
        "<Persons><Person Id='3'><publicName>Anna Sample</publicName></Person></Persons>"
        "</Event></Day></Schedule>"
    )
    assert (item.key, item.starts_at, [p.key for p in item.parts]) == ("id:1", FIVE, ["id:3"])


def test_event_may_be_all_attributes():
    item = one(
        "<schedule><day date='16.10.2025'>"
        "<event id='1' title='A' start='10:00' duration='60' room='Hall'/></day></schedule>"
    )
    assert (item.title, item.starts_at, item.ends_at, item.room) == ("A", FIVE, FIVE + HOUR, "Hall")


def test_sessions_of_other_names_are_read_where_there_are_no_events():
    inner = event().replace("<event", "<talk").replace("</event>", "</talk>")
    assert one(xml(f"<session>{inner}</session>").read().replace(b"session", b"block")).room


def test_file_without_a_schedule_around_its_events_is_read():
    assert one(f"<conference><day date='2025-10-16'>{event()}</day></conference>").starts_at == FIVE


@pytest.mark.parametrize(
    "persons",
    [
        "<persons><person>Anna Sample</person><person>Bolat Sample</person></persons>",
        "<persons><person><name>Anna Sample</name></person>"
        "<person><full_public_name>Bolat Sample</full_public_name></person></persons>",
        "<persons><person><firstname>Anna</firstname><lastname>Sample</lastname></person>"
        "<person name='Bolat Sample'/></persons>",
        "<persons>Anna Sample, Bolat Sample</persons>",
        "<persons>Anna Sample; Bolat Sample</persons>",
        "<speaker>Anna Sample</speaker><speaker>Bolat Sample</speaker>",
    ],
)
def test_persons_of_xml_are_read_in_every_form(persons: str):
    assert names(xml(event(more=persons)).read()) == ["Anna Sample", "Bolat Sample"]


@pytest.mark.parametrize(
    "field",
    [
        {"persons": ["Anna Sample", "Bolat Sample"]},
        {"persons": [{"name": "Anna Sample"}, {"full_public_name": "Bolat Sample"}]},
        {"persons": {"1": {"public_name": "Anna Sample"}, "2": {"name": "Bolat Sample"}}},
        {"speakers": "Anna Sample, Bolat Sample"},
        {"authors": [{"first_name": "Anna", "last_name": "Sample"}, "Bolat Sample"]},
    ],
)
def test_persons_of_json_are_read_in_every_form(field: dict[str, Any]):
    content = day_of_json({"title": "A", "start": "10:00", **field})
    assert names(content) == ["Anna Sample", "Bolat Sample"]


def test_person_here_with_an_id_and_there_with_a_code_is_one():
    content = day_of_json(
        {"id": 1, "title": "A", "start": "10:00", "persons": [{"id": 5, "name": "Anna Sample"}]},
        {
            "id": 2,
            "title": "B",
            "start": "12:00",
            "persons": [{"code": "Q", "name": "Anna Sample"}],
        },
    )
    assert list(read(content).people) == ["id:5"]


def test_person_with_an_id_and_a_code_is_found_by_either():
    content = day_of_json(
        {"id": 1, "title": "A", "start": "10:00", "persons": [{"code": "Q", "name": "A. Sample"}]},
        {
            "id": 2,
            "title": "B",
            "start": "12:00",
            "persons": [{"id": 5, "code": "Q", "name": "Anna Sample", "biography": "Writes."}],
        },
        {"id": 3, "title": "C", "start": "14:00", "persons": [{"id": 5, "name": "Anna S."}]},
    )
    people = read(content).people
    assert [(key, who.biography) for key, who in people.items()] == [("id:5", "Writes.")]


def test_namesakes_in_one_session_are_two():
    both = [{"id": 5, "name": "Anna Sample"}, {"code": "Q", "name": "Anna Sample"}]
    content = day_of_json({"title": "A", "start": "10:00", "persons": both})
    assert names(content) == ["Anna Sample", "Anna Sample"]


def test_id_that_everybody_has_tells_nobody_apart():
    everybody = [{"id": 0, "name": "Anna Sample"}, {"id": 0, "name": "Bolat Sample"}]
    content = day_of_json({"title": "A", "start": "10:00", "persons": everybody})
    assert names(content) == ["Anna Sample", "Bolat Sample"]


def test_id_0_of_one_person_is_an_id():
    first, second = {"id": 0, "name": "Anna Sample"}, {"id": 1, "name": "Bolat Sample"}
    content = day_of_json({"id": 0, "title": "A", "start": "10:00", "persons": [first, second]})
    programme = read(content)
    assert ([*programme.people], programme.items[0].key) == (["id:0", "id:1"], "id:0")


def test_id_that_every_session_has_gives_way_to_the_guid():
    content = day_of_json(
        {"id": 0, "guid": "https://example.org/1", "title": "A", "start": "10:00"},
        {"id": 0, "guid": "https://example.org/2", "title": "B", "start": "12:00"},
    )
    keys = [item.key for item in read(content).items]
    assert keys == ["guid:https://example.org/1", "guid:https://example.org/2"]


@pytest.mark.parametrize(
    ("tracks", "track"),
    [
        ([], {"name": "Law", "slug": "law", "color": "#123456"}),
        ([], {"id": 3, "name": {"en": "Law"}}),
        ([{"name": "Law", "slug": "small-3-law", "color": "#123456"}], "small-3-law"),
        ({"7": {"name": "Law"}}, 7),
        ({"7": "Law"}, "7"),
    ],
)
def test_track_is_read_by_name_slug_or_id(tracks: Any, track: Any):
    content = day_of_json({"title": "A", "start": "10:00", "track": track})
    content["schedule"]["conference"]["tracks"] = tracks
    assert one(content).track == "Law"


def test_language_with_a_region_is_the_language():
    thing = {"title": "A", "start": "10:00", "language": "en-US"}
    assert one(day_of_json(thing)).languages == ["en"]


def test_pretalx_submissions_stand_in_their_slots():
    slot = {
        "id": 9,
        "room": {"id": 3, "name": {"en": "Hall"}},
        "start": "2025-10-16T10:00:00+05:00",
    }
    talk = {"code": "ABCDEF", "title": "A", "duration": 60, "slots": [slot]}
    item = one({"count": 1, "results": [talk]})
    facts = (item.key, item.room, item.starts_at, item.ends_at)
    assert facts == ("code:ABCDEF", "Hall", FIVE, FIVE + HOUR)


def test_sessionize_grid_is_read():
    session = {
        "id": "7",
        "title": "A",
        "startsAt": "2025-10-16T10:00:00",
        "endsAt": "2025-10-16T11:00:00",
        "room": "Hall",
        "roomId": 4,
        "speakers": [{"id": "u1", "name": "Anna Sample"}],
        "categories": [{"id": 1, "name": "Level", "categoryItems": []}],
    }
    day = {"date": "2025-10-16T00:00:00", "rooms": [{"name": "Hall", "sessions": [session]}]}
    item = one([day])
    assert (item.room, item.starts_at, item.ends_at) == ("Hall", FIVE, FIVE + HOUR)


def test_indico_timetable_is_read_by_its_contributions():
    def when(hour: int) -> dict[str, str]:
        return {"date": "2025-10-16", "time": f"{hour}:00:00", "tz": "Europe/Berlin"}

    talk = {
        "title": "A",
        "startDate": when(7) | {"time": "07:00:00"},
        "duration": 60,
        "room": "Hall",
    }
    block = {"title": "Law", "startDate": when(10), "duration": 120, "entries": {"c1": talk}}
    lunch = {"title": "Lunch", "startDate": when(12), "duration": 60, "location": "Foyer"}
    programme = read({"results": {"1": {"20251016": {"s1": block, "b1": lunch}}}})
    found = [(item.title, item.track, item.room, item.starts_at) for item in programme.items]
    assert found == [
        ("A", "Law", "Hall", FIVE),
        ("Lunch", "", "Foyer", dt.datetime(2025, 10, 16, 10, tzinfo=dt.UTC)),
    ]


def test_list_of_sessions_is_read():
    talk = {"name": "A", "room": "Hall", "start": "2025-10-16T10:00:00", "duration": 60}
    assert one([talk]).ends_at == FIVE + HOUR


def test_days_and_rooms_that_are_only_keys_are_read():
    item = one({"days": {"2025-10-16": {"Hall": [{"title": "A", "start": "10 am"}]}}})
    assert (item.room, item.starts_at) == ("Hall", FIVE)


@pytest.mark.parametrize("declared", ["utf-16", "UTF-16LE", "ucs-2"])
def test_declared_utf_16_that_is_none_is_read(declared: str):
    text = f'<?xml version="1.0" encoding="{declared}"?>' + xml(event("Ашылу")).read().decode()
    assert one(text).title == "Ашылу"


def test_mark_of_utf_8_outweighs_the_declaration():
    text = '\ufeff<?xml version="1.0" encoding="windows-1251"?>' + xml(event("Ә")).read().decode()
    assert one(text).title == "Ә"


def test_doctype_without_entities_and_cdata_are_read():
    text = xml(event("<![CDATA[A & B]]>")).read().decode()
    assert one(f'<!DOCTYPE schedule SYSTEM "schedule.dtd">{text}').title == "A & B"


def test_packed_by_gzip_is_read():
    assert one(gzip.compress(xml(event()).read(), mtime=0)).starts_at == FIVE


@pytest.mark.parametrize(
    ("stamp", "zone"),
    [("2025-10-16T10:00:00+05:00", "Asia/Almaty"), ("2025-10-16T07:00:00+02:00", "Etc/GMT-2")],
)
def test_one_offset_throughout_is_ours_or_a_zone_of_its_own(stamp: str, zone: str):
    assert read([{"title": "A", "start": stamp}]).zone == zone
