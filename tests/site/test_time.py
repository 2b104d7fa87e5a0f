"""2025-10-16 10:00 in Astana is 05:00 UTC wherever it is told, and an hour is an hour."""

import datetime as dt

import icalendar
import pytest
from django.test import Client
from lxml import etree

from forum.models import Edition
from sessions_app.models import Slot

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2025, 10, 16, 5, 0, tzinfo=dt.UTC)
LENGTH = dt.timedelta(hours=2, minutes=30)


@pytest.fixture
def plenary() -> Slot:
    return Slot.objects.select_related("session").get(
        release__edition__slug="12", during__startswith=MOMENT, session__kind="plenary"
    )


def test_the_page_tells_astanas_time(client: Client, plenary: Slot) -> None:
    page = client.get(f"/kk/12/programme/{plenary.session.code}/").content.decode()
    assert '<time datetime="2025-10-16T10:00' in page
    assert "10:00" in page


def event_of(text: bytes, title: str) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(text)
    return next(event for event in calendar.walk("VEVENT") if str(event["SUMMARY"]) == title)


@pytest.mark.parametrize("path", ["/12/schedule.ics", "/12/sessions/{code}.ics"])
def test_the_calendar_file_tells_the_moment(client: Client, plenary: Slot, path: str) -> None:
    answer = client.get(path.format(code=plenary.session.code), {"lang": "kk"})
    event = event_of(answer.content, plenary.session.title)
    assert event["DTSTART"].dt.astimezone(dt.UTC) == MOMENT
    assert event["DTEND"].dt - event["DTSTART"].dt == LENGTH


def test_the_json_tells_the_moment_and_the_length(client: Client, plenary: Slot) -> None:
    days = client.get("/12/schedule.json").json()["schedule"]["conference"]["days"]
    talks = [talk for day in days for room in day["rooms"].values() for talk in room]
    told = next(talk for talk in talks if plenary.session.code in talk["url"])
    assert dt.datetime.fromisoformat(told["date"]) == MOMENT
    assert (told["start"], told["duration"]) == ("10:00", "02:30")


def test_the_xml_tells_the_moment_and_the_length(client: Client, plenary: Slot) -> None:
    tree = etree.fromstring(client.get("/12/schedule.xml").content)
    told = next(
        event
        for event in tree.iter("event")
        if plenary.session.code in (event.findtext("url") or "")
    )
    assert dt.datetime.fromisoformat(told.findtext("date") or "") == MOMENT
    assert (told.findtext("start"), told.findtext("duration")) == ("10:00", "02:30")


def test_the_zone_of_the_edition_is_five_hours_ahead() -> None:
    zone = Edition.objects.get(slug="12").zone
    assert MOMENT.astimezone(zone).utcoffset() == dt.timedelta(hours=5)
