"""Calendars of one speaker, room or track: the same events as in the whole programme's."""

import datetime as dt
import re

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum.editions.models import Edition
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Appearance, Session, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room
from tests.sessions_app.exchange.conftest import NOW

pytestmark = pytest.mark.django_db
ASTANA = dt.timezone(dt.timedelta(hours=5))
PARTS = ["speakers/SPK001", "rooms/hall", "tracks/law"]
Event = dict[str, str]


def read_lines(content: bytes) -> list[Event]:
    """Read the events of a calendar without any library: a second opinion on what we write."""
    events: list[Event] = []
    for line in re.sub("\r\n[ \t]", "", content.decode()).split("\r\n"):
        head, _colon, value = line.partition(":")
        name = head.split(";")[0]
        if (name, value) == ("BEGIN", "VEVENT"):
            events.append({})
        elif events and name not in ("END", ""):
            events[-1].setdefault(name, value)
    return events


def moment(value: str) -> dt.datetime:
    assert re.fullmatch(r"\d{8}T\d{6}Z", value)
    return dt.datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)


@pytest.fixture
def edition() -> Edition:
    """At ten in Astana one session that has all three, and at eleven one that has none of them."""
    edition = Edition.objects.create(
        slug="12",
        number=12,
        year=2025,
        name_kk="Он екінші",
        starts_on=dt.date(2025, 10, 16),
        ends_on=dt.date(2025, 10, 16),
        published_at=NOW,
    )
    hall = Room.objects.create(edition=edition, code="hall", name_kk="Үлкен зал; 1, қабат")
    other = Room.objects.create(edition=edition, code="other", name_kk="Басқа")
    law = Track.objects.create(edition=edition, code="law", name_kk="Құқық", name_en="Law")
    speaker = Speaker.objects.create(edition=edition, code="SPK001", given_name_kk="Үлгі")
    talk = Session.objects.create(edition=edition, code="TALK01", title_kk="Сөз", track=law)
    Appearance.objects.create(session=talk, speaker=speaker)
    more = Session.objects.create(edition=edition, code="MORE01", title_kk="Тағы")
    ten = dt.datetime(2025, 10, 16, 10, 0, tzinfo=ASTANA)
    hour = dt.timedelta(hours=1)
    Placement.objects.create(session=talk, room=hall, starts_at=ten, ends_at=ten + hour)
    Placement.objects.create(session=more, room=other, starts_at=ten + hour, ends_at=ten + 2 * hour)
    publish(edition, by=None, note="", now=NOW)
    return edition


@pytest.mark.parametrize("part", PARTS)
def test_two_readers_see_the_same_instant(client: Client, edition: Edition, part: str):
    content = client.get(f"/{edition.slug}/{part}.ics").content
    (theirs,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    (ours,) = read_lines(content)
    five = dt.datetime(2025, 10, 16, 5, 0, tzinfo=dt.UTC)
    assert (theirs.start, moment(ours["DTSTART"])) == (five, five)
    assert (theirs.end, moment(ours["DTEND"])) == (five + dt.timedelta(hours=1),) * 2


@pytest.mark.parametrize("part", PARTS)
def test_events_are_those_of_the_whole_programme(client: Client, edition: Edition, part: str):
    session = Session.objects.get(code="TALK01")
    Placement.objects.filter(session=session).update(
        starts_at=dt.datetime(2025, 10, 16, 9, 0, tzinfo=ASTANA)
    )
    publish(edition, by=None, note="", now=NOW)
    whole = {event["UID"]: event for event in read_lines(client.get("/12/schedule.ics").content)}
    (event,) = read_lines(client.get(f"/12/{part}.ics").content)
    assert event == whole[event["UID"]]
    assert (len(whole), event["SEQUENCE"]) == (2, "2")


@pytest.mark.parametrize("part", ["speakers/NOBODY", "rooms/nowhere", "tracks/none"])
def test_what_is_not_in_the_programme_is_not_found(client: Client, edition: Edition, part: str):
    assert client.get(f"/{edition.slug}/{part}.ics").status_code == 404


def test_draft_is_not_shown(client: Client, edition: Edition):
    Speaker.objects.create(edition=edition, code="SPK002", given_name_kk="Кейін")
    Appearance.objects.create(
        session=Session.objects.get(code="MORE01"), speaker=Speaker.objects.get(code="SPK002")
    )
    assert client.get("/12/speakers/SPK002.ics").status_code == 404


def test_cancelled_session_says_so(client: Client, edition: Edition):
    Session.objects.filter(edition=edition, code="TALK01").update(cancelled_at=NOW)
    (event,) = read_lines(client.get("/12/rooms/hall.ics").content)
    assert event["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_calendar_is_called_after_its_part(client: Client, edition: Edition, language: str):
    content = client.get(f"/{edition.slug}/tracks/law.ics?lang={language}").content
    calendar = icalendar.Calendar.from_ical(content)
    track = "Law" if language == "en" else "Құқық"
    assert str(calendar["X-WR-CALNAME"]) == f"{track} · Он екінші"


@pytest.mark.parametrize("part", PARTS)
def test_second_answer_comes_from_memory(client: Client, edition: Edition, part: str):
    first = client.get(f"/{edition.slug}/{part}.ics")
    with CaptureQueriesContext(connection) as queries:
        again = client.get(f"/12/{part}.ics", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert len(queries) <= 1


@pytest.mark.parametrize(
    ("page", "calendar"),
    [
        ("/kk/12/speakers/SPK001/", "/12/speakers/SPK001.ics?lang=kk"),
        ("/kk/12/programme/?room=hall", "/12/rooms/hall.ics?lang=kk"),
        ("/kk/12/programme/?track=law", "/12/tracks/law.ics?lang=kk"),
    ],
)
@pytest.mark.usefixtures("edition")
def test_page_leads_to_its_calendar(client: Client, page: str, calendar: str):
    assert f'href="{calendar}"' in client.get(page).content.decode()
