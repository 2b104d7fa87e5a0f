"""Who gets the files, of which sessions and people, in which language, and by how many queries."""

import datetime as dt
import gzip
from collections.abc import Callable
from typing import Any

import brotli
import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from accounts.models import User
from forum.editions.models import Edition, Organiser
from forum.registrations.models import Registration
from sessions_app.exchange.actions import import_new_edition
from sessions_app.my_forum.calendar import calendar_secret
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Slot
from tests.sessions_app.exchange.conftest import NOW, event, xml

pytestmark = pytest.mark.django_db
FILES = ["schedule.ics", "schedule.json", "schedule.xml"]
ASTANA = dt.timezone(dt.timedelta(hours=5))


@pytest.fixture
def small() -> Edition:
    """One session at ten, with one speaker."""
    persons = "<room>Hall</room><persons><person id='1'>Sample Participant</person></persons>"
    import_new_edition(xml(event(more=persons)), "small", by=None, now=NOW)
    return Edition.objects.get(slug="small")


def get_events(client: Client, path: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(client.get(path).content).walk("VEVENT"))


@pytest.mark.parametrize("file", FILES)
def test_unpublished_edition_opens_to_its_organisers_alone(
    client: Client, small: Edition, file: str
):
    import_new_edition(xml(event()), "other", by=None, now=NOW)
    Edition.objects.update(published_at=None)
    organiser = User.objects.create_user("organiser@example.org")
    Organiser.objects.create(edition=small, person=organiser)
    another = User.objects.create_user("another@example.org")
    Organiser.objects.create(edition=Edition.objects.get(slug="other"), person=another)
    assert client.get(f"/small/{file}").status_code == 404
    client.force_login(another)
    assert client.get(f"/small/{file}").status_code == 404
    client.force_login(organiser)
    response = client.get(f"/small/{file}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("file", FILES)
def test_head_says_what_get_would_send(client: Client, small: Edition, file: str):
    got, asked = client.get(f"/{small.slug}/{file}"), client.head(f"/{small.slug}/{file}")
    names = ("Content-Type", "Content-Length", "Content-Disposition", "ETag", "Content-Language")
    assert [asked[name] for name in names] == [got[name] for name in names]
    assert asked.content == b""


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("accepted", "unpack"), [("gzip", gzip.decompress), ("gzip, br", brotli.decompress)]
)
def test_file_is_sent_packed_to_who_takes_it(
    client: Client, small: Edition, file: str, accepted: str, unpack: Callable[[bytes], bytes]
):
    bare = client.get(f"/{small.slug}/{file}")
    packed = client.get(f"/{small.slug}/{file}", headers={"Accept-Encoding": accepted})
    assert packed["Content-Encoding"] == accepted.rsplit(", ", maxsplit=1)[-1]
    assert unpack(packed.content) == bare.content


@pytest.mark.parametrize("file", FILES)
def test_unchanged_file_is_not_sent_again(client: Client, small: Edition, file: str):
    path = f"/{small.slug}/{file}?lang=ru"
    tag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    session = Session.objects.get()
    session.title_ru = "Другое название"
    session.save()
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("file", FILES)
def test_app_in_a_browser_may_ask_whether_a_file_changed(client: Client, file: str):
    response = client.options(f"/nowhere/{file}", headers={"Origin": "https://app.example.org"})
    names = ("Origin", "Methods", "Headers")
    assert (response.status_code, [response[f"Access-Control-Allow-{n}"] for n in names]) == (
        204,
        ["*", "GET, HEAD", "If-None-Match"],
    )


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("schedule.ics", "small.ics"),
        ("schedule.json", "small-schedule.json"),
        ("schedule.xml", "small-schedule.xml"),
    ],
)
def test_file_is_named_after_its_edition(client: Client, small: Edition, file: str, name: str):
    response = client.get(f"/{small.slug}/{file}")
    assert response["Content-Disposition"] == f'inline; filename="{name}"'


@pytest.mark.parametrize("file", FILES)
def test_writing_is_refused(client: Client, small: Edition, file: str):
    assert client.post(f"/{small.slug}/{file}").status_code == 405


@pytest.mark.parametrize(
    ("query", "language"), [("", "kk"), ("?lang=ru", "ru"), ("?lang=en", "en"), ("?lang=xx", "kk")]
)
def test_file_says_its_language_whatever_the_reader_speaks(
    client: Client, small: Edition, query: str, language: str
):
    path = f"/{small.slug}/schedule.xml{query}"
    response = client.get(path, headers={"Accept-Language": "en"})
    assert response["Content-Language"] == language
    address = etree.fromstring(response.content).findtext("day/room/event/url")
    assert address == f"http://127.0.0.1:8000/{language}/small/programme/{code()}/"


def code() -> str:
    return Session.objects.values_list("code", flat=True).get()


def test_made_up_language_is_answered_from_the_cache(client: Client, small: Edition):
    counts = []
    for query in ("", "", "?lang=xx&nonsense=1"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/{small.slug}/schedule.json{query}")
        counts.append(len(queries))
    assert counts[0] > counts[1] == counts[2]


@pytest.mark.parametrize("file", FILES)
def test_what_the_draft_alone_says_is_not_shown(client: Client, small: Edition, file: str):
    newcomer = Speaker.objects.create(edition=small, code="NEW234", given_name_kk="Жаңа адам")
    Appearance.objects.create(session=Session.objects.get(), speaker=newcomer)
    Placement.objects.update(ends_at=dt.datetime(2025, 10, 16, 9, tzinfo=dt.UTC))
    before = client.get(f"/{small.slug}/{file}").content.decode()
    publish(small, by=None, note="", now=NOW)
    after = client.get(f"/{small.slug}/{file}").content.decode()
    assert ("Жаңа адам" in before, "Жаңа адам" in after) == (False, True)


def test_sequence_never_falls(client: Client, small: Edition):
    sequences = []
    for cancelled_at in (None, NOW, None):
        Session.objects.update(cancelled_at=cancelled_at)
        sequences += [found["SEQUENCE"] for found in get_events(client, "/small/schedule.ics")]
        publish(small, by=None, note="", now=NOW)
        sequences += [found["SEQUENCE"] for found in get_events(client, "/small/schedule.ics")]
    assert sequences == [1, 1, 2, 3, 4, 5]


def test_after_midnight_belongs_to_the_day_before(client: Client, small: Edition):
    Edition.objects.update(day_starts_at=dt.time(6))
    small.refresh_from_db()
    late = dt.datetime(2025, 10, 17, 1, 30, tzinfo=ASTANA)
    Placement.objects.update(starts_at=late, ends_at=late + dt.timedelta(minutes=30))
    publish(small, by=None, note="", now=NOW)
    root = etree.fromstring(client.get("/small/schedule.xml").content)
    (day,) = root.findall("day")
    assert {str(name): str(value) for name, value in day.attrib.items()} == {
        "index": "1",
        "date": "2025-10-16",
        "start": "2025-10-16T06:00:00+05:00",
        "end": "2025-10-17T06:00:00+05:00",
    }
    facts = [day.findtext(f"room/event/{name}") for name in ("date", "start", "duration")]
    assert facts == ["2025-10-17T01:30:00+05:00", "01:30", "00:30"]


@pytest.mark.parametrize("which", ["sessions", "me"])
def test_queries_of_small_calendars_do_not_grow(client: Client, which: str):
    counts = []
    for slug, number in (("one", 1), ("three", 3)):
        inner = "".join(
            event(
                f"T{n}",
                id=str(n),
                start=f"{10 + n}:00",
                more="<room>Hall</room><persons><person id='1'>Sample</person></persons>",
            )
            for n in range(number)
        )
        import_new_edition(xml(inner), slug, by=None, now=NOW)
        edition = Edition.objects.get(slug=slug)
        person = User.objects.create_user(f"{slug}@example.org")
        Speaker.objects.filter(edition=edition).update(person=person)
        mine = Registration.objects.create(
            edition=edition, person=person, code=slug.upper(), category="ngo"
        )
        last = Slot.objects.filter(release__edition=edition).latest("pk")
        secret = calendar_secret(mine) if which == "me" else last.session.code
        with CaptureQueriesContext(connection) as queries:
            found = get_events(client, f"/{slug}/{which}/{secret}.ics")
        assert len(found) == (number + 1 if which == "me" else 1)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 10
