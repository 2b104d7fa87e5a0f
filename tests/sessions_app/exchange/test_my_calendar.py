"""A delegate's own calendar: only for who holds its address, and only while registered."""

import datetime as dt

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.editions.models import Edition
from forum.registrations import emails
from forum.registrations.models import Registration
from sessions_app.exchange.actions import import_new_edition
from sessions_app.my_forum.calendar import calendar_secret
from sessions_app.speakers.models import Speaker
from tests.sessions_app.exchange.conftest import NOW, event, xml

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration() -> Registration:
    """A delegate who speaks in the first of two sessions."""
    more = "<room>Hall</room><persons><person id='1'>Sample Participant</person></persons>"
    inner = event("Mine", more=more) + event("Another's", id="2", start="12:00")
    import_new_edition(xml(inner), "small", by=None, now=NOW)
    person = User.objects.create(email="p03@example.org")
    Speaker.objects.update(person=person)
    return Registration.objects.create(
        edition=Edition.objects.get(), person=person, code="REG234", category="ngo"
    )


def path_of(registration: Registration) -> str:
    return reverse("my_ics", args=["small", calendar_secret(registration)])


def test_own_calendar_has_the_forum_and_ones_own_sessions(
    client: Client, registration: Registration
):
    response = client.get(path_of(registration))
    found = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert [entry["SUMMARY"] for entry in found] == ["Small", "Mine"]
    days = (found[0]["DTSTART"].dt, found[0]["DTEND"].dt)
    assert days == (dt.date(2025, 10, 16), dt.date(2025, 10, 17))


def test_the_forum_is_one_entry_in_the_letter_and_in_ones_own_calendar(
    client: Client, registration: Registration
):
    letter = icalendar.Calendar.from_ical(emails.confirmed(registration, now=NOW).calendar)
    own = icalendar.Calendar.from_ical(client.get(path_of(registration)).content)
    assert letter.walk("VEVENT")[0]["UID"] == own.walk("VEVENT")[0]["UID"]


def test_own_calendar_is_kept_by_nobody(client: Client, registration: Registration):
    response = client.get(path_of(registration))
    assert "no-store" in response["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response


def test_code_without_its_signature_opens_nothing(client: Client, registration: Registration):
    for secret in (
        registration.code,
        f"{registration.code}.x",
        f"X{calendar_secret(registration)}",
    ):
        assert client.get(f"/small/me/{secret}.ics").status_code == 404


def test_cancelled_registration_has_no_calendar(client: Client, registration: Registration):
    Registration.objects.update(cancelled_at=NOW)
    assert client.get(path_of(registration)).status_code == 410


def test_calendar_of_one_edition_is_not_found_in_another(
    client: Client, registration: Registration
):
    import_new_edition(xml(event()), "other", by=None, now=NOW)
    secret = calendar_secret(registration)
    assert client.get(f"/other/me/{secret}.ics").status_code == 404


def test_my_forum_shows_the_calendars_address(client: Client, registration: Registration):
    address = f"http://127.0.0.1:8000{path_of(registration)}?lang=en"
    client.force_login(registration.person)
    assert f'value="{address}"' in client.get("/en/small/me/").content.decode()
    Registration.objects.update(cancelled_at=NOW)
    assert address not in client.get("/en/small/me/").content.decode()


def test_who_waits_for_a_place_comes_perhaps(client: Client, registration: Registration):
    def statuses() -> list[str]:
        calendar = icalendar.Calendar.from_ical(client.get(path_of(registration)).content)
        return [str(entry["STATUS"]) for entry in calendar.walk("VEVENT")]

    waiting = statuses()
    Registration.objects.update(confirmed_at=NOW)
    assert (waiting, statuses()) == (["TENTATIVE", "CONFIRMED"], ["CONFIRMED", "CONFIRMED"])


def test_own_calendar_goes_with_its_edition(client: Client, registration: Registration):
    Edition.objects.update(published_at=None)
    assert client.get(path_of(registration)).status_code == 404
