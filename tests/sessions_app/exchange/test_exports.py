"""What conference apps and calendars get of the newest release."""

import datetime as dt
import json
from typing import Any

import icalendar
import jsonschema
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from forum.editions.models import Edition
from sessions_app.demo.load import load_demo
from sessions_app.exchange.actions import import_new_edition
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Slot
from tests.sessions_app.exchange.conftest import NOW, event, shared, xml

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")


@pytest.fixture
def small() -> Edition:
    persons = "<room>Hall</room><persons><person id='1'>Sample Participant</person></persons>"
    import_new_edition(xml(event(more=persons)), "small", by=None, now=NOW)
    return Edition.objects.get(slug="small")


def get_events(client: Client, path: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(client.get(path).content).walk("VEVENT"))


def check_schemas(client: Client, slug: str) -> None:
    """Fail unless both files, in each language, are as their schemas want them."""
    xsd = etree.XMLSchema(etree.parse(str(shared("schemas/schedule.xml.xsd"))))
    schema = json.loads(shared("schemas/schedule.schema.json").read_text())
    for language in LANGUAGES:
        xsd.assertValid(
            etree.fromstring(client.get(f"/{slug}/schedule.xml?lang={language}").content)
        )
        jsonschema.validate(client.get(f"/{slug}/schedule.json?lang={language}").json(), schema)


@pytest.mark.parametrize("file", ["38c3-schedule.xml", "fosdem-2007.xml", "democon.json"])
def test_real_programmes_are_written_as_the_schemas_want(client: Client, file: str):
    call_command("import_schedule", str(shared(f"schedules/{file}")), edition="77", create=True)
    check_schemas(client, "77")


def test_demo_is_written_as_the_schemas_want(client: Client):
    load_demo(now=timezone.now())
    check_schemas(client, "12")
    check_schemas(client, "11")


def test_edition_without_a_release_is_a_valid_empty_file(client: Client):
    Edition.objects.create(
        slug="x-1",
        year=2025,
        name_kk="Бос",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 15),
        published_at=NOW,
    )
    assert get_events(client, "/x-1/schedule.ics") == []
    check_schemas(client, "x-1")


@pytest.mark.parametrize("suffix", ["xml", "json"])
def test_twelfth_edition_comes_back_from_its_own_export(client: Client, suffix: str, tmp_path: Any):
    load_demo(now=timezone.now())
    path = tmp_path / f"schedule.{suffix}"
    path.write_bytes(client.get(f"/12/schedule.{suffix}").content)
    call_command("import_schedule", str(path), edition="copy", create=True)
    original, copy = (programme_of(Edition.objects.get(slug=slug)) for slug in ("12", "copy"))
    assert copy == original


def programme_of(edition: Edition) -> list[tuple[object, ...]]:
    """Return each session of the newest release by what a reader sees."""
    slots = Slot.objects.filter(release__edition=edition).select_related("session__track", "room")
    return sorted(
        (
            slot.session.guid,
            slot.session.title,
            slot.session.abstract,
            slot.session.kind,
            str(slot.session.track),
            slot.session.working_languages,
            slot.room.name,
            slot.during.lower,
            slot.during.upper,
            [
                appearance.speaker.name
                for appearance in slot.session.appearances.select_related("speaker")
            ],
        )
        for slot in slots
    )


def test_ten_in_astana_is_five_utc_and_an_hour_is_an_hour(client: Client, small: Edition):
    (found,) = get_events(client, f"/{small.slug}/schedule.ics")
    assert found["DTSTART"].dt == dt.datetime(2025, 10, 16, 5, tzinfo=dt.UTC)
    assert found["DTEND"].dt - found["DTSTART"].dt == dt.timedelta(hours=1)
    moment = client.get(f"/{small.slug}/schedule.json").json()
    (shown,) = moment["schedule"]["conference"]["days"][0]["rooms"]["Hall"]
    assert (shown["date"], shown["start"]) == ("2025-10-16T10:00:00+05:00", "10:00")


def test_moved_session_keeps_its_uid_and_counts_up(client: Client, small: Edition):
    (before,) = get_events(client, "/small/schedule.ics")
    Placement.objects.update(ends_at=dt.datetime(2025, 10, 16, 7, tzinfo=dt.UTC))
    publish(small, by=None, note="", now=NOW + dt.timedelta(days=1))
    (after,) = get_events(client, "/small/schedule.ics")
    assert after["UID"] == before["UID"] == f"{Session.objects.get().guid}@127.0.0.1"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (1, 2)
    assert after["LAST-MODIFIED"].dt == NOW + dt.timedelta(days=1)


def test_session_that_stays_keeps_its_sequence_in_a_later_release(client: Client, small: Edition):
    other = Session.objects.create(edition=small, code="SECND2", title_kk="Екінші")
    placement = Placement.objects.get()
    Placement.objects.create(
        session=other,
        room=placement.room,
        starts_at=placement.ends_at,
        ends_at=placement.ends_at + dt.timedelta(hours=1),
    )
    publish(small, by=None, note="", now=NOW)
    sequences = [found["SEQUENCE"] for found in get_events(client, "/small/schedule.ics")]
    assert sequences == [1, 2]


@pytest.mark.usefixtures("small")
def test_cancelled_session_is_cancelled_in_calendars_and_gone_elsewhere(client: Client):
    Session.objects.update(cancelled_at=NOW)
    (found,) = get_events(client, "/small/schedule.ics")
    assert (found["STATUS"], found["SEQUENCE"]) == ("CANCELLED", 2)
    days = client.get("/small/schedule.json").json()["schedule"]["conference"]["days"]
    assert days[0]["rooms"] == {}


@pytest.mark.usefixtures("small")
def test_lines_are_folded_at_75_octets_between_letters(client: Client):
    title = "Әділетті Қазақстан: азаматтық қоғам мен мемлекеттің әріптестігі, " * 3
    Session.objects.update(title_kk=title.strip())
    content = client.get("/small/schedule.ics").content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    for line in content.split(b"\r\n"):
        line.decode()
    assert get_events(client, "/small/schedule.ics")[0]["SUMMARY"] == title.strip()


@pytest.mark.usefixtures("small")
def test_language_is_asked_for_and_falls_back(client: Client):
    Session.objects.update(title_kk=None, title_ru="Открытие", title_en="Opening")
    titles = [
        get_events(client, f"/small/schedule.ics{query}")[0]["SUMMARY"]
        for query in ("", "?lang=ru", "?lang=en", "?lang=xx")
    ]
    assert titles == ["Открытие", "Открытие", "Opening", "Открытие"]


@pytest.mark.usefixtures("small")
def test_control_signs_do_not_break_the_files(client: Client):
    Session.objects.update(title_kk="Bad\x0bsign", abstract_kk="\x1b")
    etree.fromstring(client.get("/small/schedule.xml").content)
    assert get_events(client, "/small/schedule.ics")[0]["SUMMARY"] == "Badsign"


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("schedule.ics", "text/calendar; charset=utf-8"),
        ("schedule.json", "application/json; charset=utf-8"),
        ("schedule.xml", "application/xml; charset=utf-8"),
    ],
)
def test_headers_suit_apps_of_other_sites(client: Client, small: Edition, file: str, kind: str):
    response = client.get(f"/{small.slug}/{file}")
    assert response["Content-Type"] == kind
    assert response["Access-Control-Allow-Origin"] == "*"
    again = client.get(f"/{small.slug}/{file}", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")


@pytest.mark.parametrize(
    "path", ["schedule.ics", "schedule.json", "schedule.xml", "sessions/A.ics"]
)
def test_unknown_edition_is_not_found(client: Client, path: str):
    assert client.get(f"/nowhere/{path}").status_code == 404


def test_unpublished_edition_is_not_found_by_strangers(client: Client, small: Edition):
    Edition.objects.update(published_at=None)
    assert client.get(f"/{small.slug}/schedule.json").status_code == 404


def test_one_session_is_a_file_of_its_own(client: Client, small: Edition):
    code = Session.objects.get().code
    assert len(get_events(client, f"/{small.slug}/sessions/{code}.ics")) == 1
    assert client.get(f"/{small.slug}/sessions/ZZZZZZ.ics").status_code == 404


@pytest.mark.parametrize("file", ["schedule.ics", "schedule.json", "schedule.xml"])
def test_queries_are_few_and_as_many_for_one_session_as_for_three(client: Client, file: str):
    counts = []
    for slug, number in (("one", 1), ("three", 3)):
        inner = "".join(
            event(
                str(n),
                id=str(n),
                start=f"{10 + n}:00",
                more=f"<room>H{n}</room><track>T{n}</track>"
                f"<persons><person id='{n}'>Sample {n}</person></persons>",
            )
            for n in range(number)
        )
        import_new_edition(xml(inner), slug, by=None, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/{slug}/{file}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 10


def test_people_of_an_export_are_told_apart_by_their_ids(client: Client, small: Edition):
    twin = Speaker.objects.create(edition=small, code="TWN234", given_name_en="Sample Participant")
    Appearance.objects.create(session=Session.objects.get(), speaker=twin)
    publish(small, by=None, note="", now=NOW)
    call = client.get("/small/schedule.xml").content
    assert len({person.get("id") for person in etree.fromstring(call).iter("person")}) == 2
