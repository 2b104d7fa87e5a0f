"""Programmes of the frab and pentabarf family, each in the dialect of its tool and year."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from forum.editions.models import Edition
from sessions_app.exchange.actions import import_new_edition, import_schedule
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Room, Slot
from tests.sessions_app.exchange.conftest import NOW
from tests.sessions_app.exchange.test_exports import check_schemas

pytestmark = pytest.mark.django_db
Row = tuple[str, str, str, int]
"""A session by title, room, start in UTC, and length in minutes."""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Read notes in English, whatever the catalogues hold."""
    with translation.override("en"):
        yield


PENTABARF_2005 = """<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE schedule>
<schedule>
 <conference><title>Beispieltage 2005</title><city>Köln</city><start>2005-07-28</start>
  <end>2005-07-29</end><days>2</days><day_change>04:00:00</day_change>
  <timeslot_duration>00:30:00</timeslot_duration></conference>
 <day date="2005-07-28" index="1"><room name="Großer Saal">
  <event id="101"><start>10:00:00</start><duration>01:00:00</duration><room>Großer Saal</room>
   <tag/><title>Begrüßung</title><subtitle/><track/><type/><language/>
   <abstract/><description/><persons><person id="7">Max Müller</person></persons>
   <links/></event>
  <event id="102"><start>01:30:00</start><duration>00:45:00</duration><room>Großer Saal</room>
   <title>Nacht</title><persons><person id="7">Max Mueller</person></persons></event>
 </room></day>
</schedule>"""
FRAB_2013 = """<?xml version="1.0" encoding="utf-8"?>
<schedule xmlns="http://example.org/schedule" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:noNamespaceSchemaLocation="http://example.org/x.xsd">
 <generator name="frab" version="0.5"/><version>1.1</version>
 <conference><acronym>s30</acronym><title>Sample 30</title><start>2013-12-27</start>
  <end>2013-12-28</end><days>2</days><timeslot_duration>00:15</timeslot_duration></conference>
 <day date='2013-12-27' end='2013-12-28T04:00:00+01:00' index='1'
  start='2013-12-27T11:00:00+01:00'>
  <room name='Saal 1'><event guid='5d3c9d1e-0000-4000-8000-000000000001' id='5001'>
   <date>2013-12-27T23:30:00+01:00</date><start>23:30</start><duration>00:45</duration>
   <room>Saal 1</room><slug>s30_-_5001</slug><title>Over midnight</title>
   <recording><license>CC-BY</license><optout>false</optout></recording>
   <language>de-formal</language><abstract>&lt;p&gt;One&lt;/p&gt;</abstract>
   <description><![CDATA[<b>Bold</b>]]></description><logo>/x.png</logo>
   <persons><person id='9'>Anna Sample</person></persons>
   <links><link href="https://example.org/">site</link></links>
   <attachments><attachment href="/a.pdf">a</attachment></attachments></event></room>
  <room name='Saal 1'/><room name='Saal 2'/></day>
 <day date='2013-12-28' index='2'><room name='Saal 1'/></day>
</schedule>"""
C3VOC_2016 = """\ufeff<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE schedule SYSTEM "schedule.dtd">
<schedule><conference><title>Voc</title></conference>
 <day index="0" date="2016-05-06">
  <room name="A"><event guid="5d3c9d1e-0000-4000-8000-000000000001" id="1">
   <date>2016-05-06T10:00:00Z</date><start>10:00</start><duration>1:30</duration>
   <room>A</room><title>Twice</title><persons><person>Anna Sample</person></persons></event></room>
  <room name="B"><event guid="5d3c9d1e-0000-4000-8000-000000000001" id="1">
   <date>2016-05-06T10:00:00Z</date><start>10:00</start><duration>1:30</duration>
   <room>B</room><title>Twice</title><persons><person id="3">Anna Sample</person></persons></event>
  </room></day></schedule>"""
WAFER_2019 = """<?xml version='1.0' encoding='utf-16'?>
<schedule><generator name="wafer"/><conference><title>Wafer 19</title>
  <timezone>Africa/Johannesburg</timezone></conference>
 <day date="2019-10-10" index="1"><room name="Main"><event id="5">
  <date>2019-10-10T09:00:00+0200</date><start>09:00:00</start><duration>PT1H30M</duration>
  <room>Main</room><title>Long <em>talk</em></title><type>Talk</type>
  <persons><person id="1">Бір Адам</person></persons></event>
  <event id="6"><start>11:00</start><duration>90</duration><title>Later</title></event>
 </room></day></schedule>"""
KAZAKH_1251 = """<?xml version="1.0" encoding="windows-1251"?>
<schedule><conference><title>Форум</title><time_zone_name>Asia/Almaty</time_zone_name></conference>
 <day date="2026-03-02"><room name="Зал"><event><start>9.30</start><duration/>
 <title>Открытие</title><language>ru, kk</language></event></room></day></schedule>"""


def pretalx(event: dict[str, Any], *, as_list: bool = False) -> dict[str, Any]:
    """Make pretalx's schedule.json of one event, on a day that ends at 4 in the morning."""
    rooms: Any = [{"name": "Hall", "events": [event]}] if as_list else {"Hall": [event], "Bare": []}
    return {
        "schedule": {
            "version": "1.0",
            "conference": {
                "title": "Pre 26",
                "time_zone_name": "Asia/Almaty",
                "colors": {"primary": "#123456"},
                "rooms": [{"name": "Hall", "guid": None, "capacity": 90}, {"name": "Hall"}],
                "tracks": [{"name": "Law", "slug": "law", "color": "#123456"}],
                "days": [
                    {
                        "index": 1,
                        "date": "2026-05-01",
                        "day_start": "2026-05-01T04:00:00+05:00",
                        "day_end": "2026-05-02T03:59:00+05:00",
                        "rooms": rooms,
                    }
                ],
            },
        }
    }


TALK: dict[str, Any] = {
    "guid": "5d3c9d1e-0000-4000-8000-000000000002",
    "code": "ABCDEF",
    "id": "77",
    "title": "Қоғам үні",
    "date": "2026-05-01T10:00:00+05:00",
    "start": "10:00",
    "duration": "00:45",
    "room": "Hall",
    "track": "Law",
    "type": {"en": "Panel"},
    "language": "",
    "logo": None,
    "do_not_record": False,
    "recording_license": "",
    "answers": [],
    "persons": [{"code": "QWERTY", "public_name": "Айгүл Үлгі", "biography": None, "answers": []}],
}
NIGHT = {"id": 1, "title": "Night", "start": "01:00", "duration": 90, "persons": ["Anna Sample"]}


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (
            PENTABARF_2005.encode("iso-8859-1"),
            [
                ("Begrüßung", "Großer Saal", "2005-07-28 04:00", 60),
                ("Nacht", "Großer Saal", "2005-07-28 19:30", 45),
            ],
        ),
        (FRAB_2013.encode(), [("Over midnight", "Saal 1", "2013-12-27 22:30", 45)]),
        (
            C3VOC_2016.encode(),
            [("Twice", "A", "2016-05-06 10:00", 90), ("Twice", "B", "2016-05-06 10:00", 90)],
        ),
        (
            WAFER_2019.encode("utf-16"),
            [
                ("Long talk", "Main", "2019-10-10 07:00", 90),
                ("Later", "Main", "2019-10-10 09:00", 90),
            ],
        ),
        (KAZAKH_1251.encode("windows-1251"), [("Открытие", "Зал", "2026-03-02 04:30", 30)]),
        (
            json.dumps(pretalx(TALK)).encode(),
            [("Қоғам үні", "Hall", "2026-05-01 05:00", 45)],
        ),
        (
            json.dumps(pretalx(NIGHT, as_list=True)).encode("utf-8-sig"),
            [("Night", "Hall", "2026-05-01 20:00", 90)],
        ),
    ],
    ids=["pentabarf", "frab", "c3voc", "wafer", "1251", "pretalx", "pretalx-list"],
)
def test_dialect_is_read_published_and_read_again(client: Client, content: bytes, rows: list[Row]):
    import_new_edition(io.BytesIO(content), "dialect", by=None, now=NOW)
    edition = Edition.objects.get(slug="dialect")
    assert rows_of(edition) == rows
    again = import_schedule(io.BytesIO(content), edition, by=None, now=NOW)
    assert (again.new, again.changed) == (0, 0)
    check_schemas(client, "dialect")


def rows_of(edition: Edition) -> list[Row]:
    slots = Slot.objects.filter(release__edition=edition).select_related("session", "room")
    return [
        (
            slot.session.title,
            slot.room.name,
            f"{slot.during.lower.astimezone(dt.UTC):%Y-%m-%d %H:%M}",
            int((slot.during.upper - slot.during.lower).total_seconds() // 60),
        )
        for slot in slots.order_by("during", "room__name")
    ]


def test_one_speaker_with_and_without_an_id_is_one():
    import_new_edition(io.BytesIO(C3VOC_2016.encode()), "voc", by=None, now=NOW)
    assert [speaker.name for speaker in Speaker.objects.all()] == ["Anna Sample"]


def test_room_listed_twice_is_one():
    import_new_edition(io.BytesIO(FRAB_2013.encode()), "frab", by=None, now=NOW)
    assert sorted(room.name for room in Room.objects.all()) == ["Saal 1", "Saal 2"]
