"""What a calendar program makes of our files: by the icalendar library, and by a reader of ours.

The reader knows nothing but RFC 5545's lines, so that no leniency of the library hides a fault.
"""

import datetime as dt
import re
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from forum.editions.models import Edition
from sessions_app.demo.load import load_demo
from sessions_app.exchange.actions import import_new_edition
from sessions_app.sessions.models import Session
from tests.sessions_app.exchange.conftest import NOW, event, xml

pytestmark = pytest.mark.django_db
Fields = dict[str, str]


@pytest.fixture
def small() -> Edition:
    """One session, at ten in Astana."""
    import_new_edition(xml(event()), "small", by=None, now=NOW)
    return Edition.objects.get(slug="small")


def components(content: bytes) -> list[tuple[str, Fields]]:
    """Read a calendar by the letter of the standard; fails where it is not kept."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    octets = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, octets)) <= 75
    found: list[tuple[str, Fields]] = []
    above: list[str] = []
    for line in content.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n"):
        name, value = re.fullmatch(r"([A-Z-]+(?:;[A-Z-]+=[^:;]+)*):(.*)", line).groups()  # type: ignore[union-attr]
        if name == "BEGIN":
            above.append(value)
            found.append((value, {}))
        elif name == "END":
            assert above.pop() == value
        else:
            fields = found[-1][1]
            assert name not in fields
            fields[name] = value
    assert not above
    return found


def sessions(content: bytes) -> list[Fields]:
    return [fields for name, fields in components(content) if name == "VEVENT"]


def utc(value: str) -> dt.datetime:
    return dt.datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)


def plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_ten_in_astana_is_five_utc_and_an_hour_is_an_hour(client: Client, small: Edition):
    (found,) = sessions(client.get(f"/{small.slug}/schedule.ics").content)
    assert utc(found["DTSTART"]) == dt.datetime(2025, 10, 16, 5, tzinfo=dt.UTC)
    assert utc(found["DTEND"]) - utc(found["DTSTART"]) == dt.timedelta(hours=1)


def test_ten_in_astana_was_four_utc_before_march_2024(client: Client):
    old = xml(event()).read().replace(b"2025-10-16", b"2023-10-16")
    import_new_edition(_stream(old), "old", by=None, now=NOW)
    (found,) = sessions(client.get("/old/schedule.ics").content)
    assert utc(found["DTSTART"]) == dt.datetime(2023, 10, 16, 4, tzinfo=dt.UTC)


def _stream(content: bytes) -> Any:
    stream = xml("")
    stream.seek(0)
    stream.truncate()
    stream.write(content)
    stream.seek(0)
    return stream


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_two_readers_agree_on_the_twelfth_edition(client: Client, language: str):
    load_demo(now=timezone.now())
    content = client.get(f"/12/schedule.ics?lang={language}").content
    library = [
        (str(e["UID"]), str(e["SUMMARY"]), str(e["LOCATION"]), e["DTSTART"].dt, e["DTEND"].dt)
        for e in icalendar.Calendar.from_ical(content).walk("VEVENT")
    ]
    ours = [
        (
            found["UID"],
            plain(found["SUMMARY"]),
            plain(found["LOCATION"]),
            utc(found["DTSTART"]),
            utc(found["DTEND"]),
        )
        for found in sessions(content)
    ]
    assert len(ours) > 20
    assert ours == library


def test_edition_without_a_release_has_its_time_zone(client: Client, small: Edition):
    small.releases.all().delete()
    content = client.get("/small/schedule.ics").content
    assert [name for name, _fields in components(content)] == [
        "VCALENDAR",
        "VTIMEZONE",
        "STANDARD",
    ]
    (zone,) = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    offset = dt.datetime(2025, 10, 16, 10, tzinfo=zone.to_tz()).utcoffset()
    assert (zone["TZID"], offset) == ("Asia/Almaty", dt.timedelta(hours=5))


@pytest.mark.usefixtures("small")
def test_edited_title_is_a_modification_and_no_move(client: Client):
    (before,) = sessions(client.get("/small/schedule.ics").content)
    session = Session.objects.get()
    session.title_en = "Another title"
    session.save()
    (after,) = sessions(client.get("/small/schedule.ics").content)
    assert after["SEQUENCE"] == before["SEQUENCE"]
    assert utc(before["LAST-MODIFIED"]) == NOW
    assert utc(after["LAST-MODIFIED"]) > NOW
    assert after["DTSTAMP"] == after["LAST-MODIFIED"]
