"""My forum says how each letter fares, and cancelling says what one gives up."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Edition, Letter, Registration
from sessions_app.models import Speaker

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 10, 1, 7, tzinfo=dt.UTC)


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        slug="12",
        number=12,
        year=2025,
        name_en="12th Civil Forum",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
        published_at=NOW,
    )


@pytest.fixture
def registration(edition: Edition) -> Registration:
    person = User.objects.create_user("p1@example.org", given_name="Sample")
    return Registration.objects.create(
        edition=edition, person=person, code="R1", category="ngo", confirmed_at=NOW
    )


@pytest.fixture
def delegate(client: Client, registration: Registration) -> Client:
    client.force_login(registration.person)
    return client


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "On its way"),
        ({"begun_at": NOW, "sent_at": NOW}, "1 October 2025, 12:00"),
        ({"begun_at": NOW, "uncertain_at": NOW}, "Perhaps it did not arrive. Read it here."),
        ({"begun_at": NOW, "failed_at": NOW}, "Could not be delivered. Check the address."),
        ({"missed_at": NOW}, "Not sent: it was too late to be of use."),
    ],
)
def test_a_letter_says_how_it_fares(
    delegate: Client, registration: Registration, state: dict[str, dt.datetime], words: str
) -> None:
    Letter.objects.create(
        edition=registration.edition,
        recipient=registration.person,
        to_address="p1@example.org",
        kind="confirmed",
        language="en",
        subject="A letter",
        text="A text",
        **state,
    )
    page = delegate.get("/en/12/me/").content.decode()
    assert page.count(f"{words} · p1@example.org") == 1


@pytest.mark.parametrize(
    ("confirmed_at", "words"),
    [
        (NOW, "Your place goes to the next person on the waiting list."),
        (None, "You leave the waiting list."),
    ],
)
def test_cancelling_says_what_one_gives_up(
    delegate: Client, confirmed_at: dt.datetime | None, words: str
) -> None:
    Registration.objects.update(confirmed_at=confirmed_at, waiting_since=NOW)
    page = delegate.get("/en/12/me/cancel/").content.decode()
    assert page.count(words) == 1


def test_a_speaker_is_led_to_the_own_page(
    delegate: Client, registration: Registration, edition: Edition
) -> None:
    speaker = Speaker.objects.create(edition=edition, code="SPK001", language="ru")
    assert "/speaking/" not in delegate.get("/en/12/me/").text
    Speaker.objects.update(person=registration.person)
    address = f"/ru/12/speaking/SPK001/{speaker.link_secret}/"
    assert delegate.get("/en/12/me/").text.count(address) == 1
