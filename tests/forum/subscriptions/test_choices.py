"""The page of one's letters."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Edition, Organiser, SwitchedOff, Topic
from forum.subscriptions.models import is_off

pytestmark = pytest.mark.django_db
PAGE = "/ru/accounts/letters/"


@pytest.fixture
def reader(client: Client) -> User:
    person = User.objects.create_user("p1@example.org", given_name="Үлгі", language="ru")
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return person


@pytest.mark.usefixtures("reader")
def test_everything_is_on_at_first_and_what_cannot_be_switched_off_says_so(client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert page.count('value="off"') == len(Topic) - 1
    assert "Коды для входа." in page


def test_who_organises_an_edition_may_switch_its_summaries_off(
    client: Client, reader: User
) -> None:
    edition = Edition.objects.create(
        year=2098, slug="98", starts_on=dt.date(2098, 10, 1), ends_on=dt.date(2098, 10, 2)
    )
    Organiser.objects.create(edition=edition, person=reader)
    assert client.get(PAGE).content.decode().count('value="off"') == len(Topic)


def test_one_switches_off_and_on_again(client: Client, reader: User) -> None:
    client.post(PAGE, {"topic": "reminders", "do": "off"})
    assert is_off(reader, Topic.REMINDERS)
    assert client.get(PAGE).content.decode().count('value="on"') == 1
    client.post(PAGE, {"topic": "reminders", "do": "on"})
    (choice,) = SwitchedOff.objects.all()
    assert (choice.off_by, choice.off_way) == (reader, "page")
    assert (choice.on_again_by, choice.on_again_way) == (reader, "page")


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    "posted", [{}, {"topic": "codes", "do": "off"}, {"topic": "reminders", "do": "\x00"}]
)
def test_nonsense_is_refused_with_a_sentence(client: Client, posted: dict[str, str]) -> None:
    answer = client.post(PAGE, posted)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not SwitchedOff.objects.exists()


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, {"topic": "reminders", "do": "off"}).status_code == 302
    assert not SwitchedOff.objects.exists()


def test_nobody_is_switched_off_from_another_site(reader: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    assert client.post(PAGE, {"topic": "reminders", "do": "off"}).status_code == 403
    assert not SwitchedOff.objects.exists()
