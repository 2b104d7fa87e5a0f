"""What we export, imported into another edition and exported again, is the same programme."""

import io
import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from forum.editions.models import Edition
from sessions_app.exchange.actions import import_new_edition
from sessions_app.exchange.exports import schedule_json, schedule_xml
from sessions_app.exchange.published import newest_programme
from tests.sessions_app.exchange.conftest import NOW, shared

pytestmark = pytest.mark.django_db
SAME: tuple[str, ...] = ("guid", "title", "subtitle", "abstract", "description", "type", "track")
SAME += ("language", "room", "date", "start", "duration")
"""What an event says of itself; its code, address and slug are the edition's."""


def exported(slug: str) -> tuple[bytes, bytes]:
    published = newest_programme(Edition.objects.get(slug=slug))
    return schedule_xml(published), schedule_json(published)


def events_of_xml(content: bytes) -> list[dict[str, Any]]:
    found = []
    for node in etree.fromstring(content).iter("event"):
        texts: dict[str, Any] = {name: node.findtext(name) or "" for name in SAME[1:]}
        people = [person.text for person in node.iter("person")]
        found.append({"guid": node.get("guid"), **texts, "persons": people})
    return sorted(found, key=lambda one: str(one["guid"]))


def events_of_json(content: bytes) -> list[dict[str, Any]]:
    found = []
    for day in json.loads(content)["schedule"]["conference"]["days"]:
        for event in (event for held in day["rooms"].values() for event in held):
            people = [person["name"] for person in event["persons"]]
            found.append({name: event[name] or "" for name in SAME} | {"persons": people})
    return sorted(found, key=lambda one: str(one["guid"]))


def check_round_trip(slug: str) -> None:
    """Fail unless both files, imported, are exported as they were."""
    xml, exported_json = exported(slug)
    for suffix, content in (("xml", xml), ("json", exported_json)):
        import_new_edition(io.BytesIO(content), f"{slug}-{suffix}", by=None, now=NOW)
        xml_again, json_again = exported(f"{slug}-{suffix}")
        assert events_of_xml(xml_again) == events_of_xml(xml)
        assert events_of_json(json_again) == events_of_json(exported_json)


@pytest.mark.parametrize("file", ["fosdem-2007.xml", "democon.json", "38c3-schedule.xml"])
def test_real_programme_comes_back(file: str):
    content = shared(f"schedules/{file}").read_bytes()
    import_new_edition(io.BytesIO(content), "first", by=None, now=NOW)
    check_round_trip("first")


TITLES = st.text("Ашылуі ғқ&<>\"'\\,;:#0 ab\n", min_size=1, max_size=40).filter(str.strip)
NAMES = st.text("АнаҚәabc '.-", min_size=1, max_size=30).filter(str.strip)
EVENTS = st.fixed_dictionaries(
    {
        "title": TITLES,
        "abstract": st.text("Мазмұны <b>& \n•", max_size=60),
        "start": st.integers(0, 27 * 12 - 1).map(lambda n: f"{n // 12:02}:{n % 12 * 5:02}"),
        "duration": st.integers(1, 300),
        "room": st.sampled_from(["Зал 1", "Hall & Co", "Үлкен зал", ""]),
        "track": st.sampled_from(["", "Құқық", "Law"]),
        "language": st.sampled_from(["", "kk", "kk, ru", "en"]),
        "type": st.sampled_from(["", "Panel", "Keynote", "Пленарлық отырыс"]),
        "persons": st.lists(NAMES, max_size=3, unique=True),
    }
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(EVENTS, min_size=1, max_size=5))
@pytest.mark.usefixtures("db")
def test_any_programme_comes_back(events: list[dict[str, Any]]):
    day = {"date": "2025-10-16", "events": [{"id": n, **e} for n, e in enumerate(events, start=1)]}
    content = json.dumps({"conference": {"title": "Any", "days": [day]}}).encode()
    with transaction.atomic():
        import_new_edition(io.BytesIO(content), "first", by=None, now=NOW)
        check_round_trip("first")
        transaction.set_rollback(True)
