"""One click from a letter: no sign-in, no form's token, and no accident by a program that looks."""

import pytest
from django.test import Client

from accounts.models import User
from forum.models import SwitchedOff, Topic
from forum.subscriptions.links import choice_url
from forum.subscriptions.models import is_off

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def reader() -> User:
    return User.objects.create_user("p1@example.org", given_name="Үлгі", language="ru")


@pytest.fixture
def browser() -> Client:
    """One that checks forms' tokens, as the product does."""
    return Client(enforce_csrf_checks=True)


def link(person: User, topic: Topic = Topic.SUMMARIES) -> str:
    return "/" + choice_url(person.pk, topic, language="ru").split("/", 3)[3]


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(browser: Client, reader: User, method: str) -> None:
    page = getattr(browser, method)(link(reader))
    assert (page.status_code, page.cookies) == (200, {})
    assert not is_off(reader, Topic.SUMMARIES)
    assert "no-store" in page["Cache-Control"]


def test_the_mail_programs_own_button_switches_off_at_once(browser: Client, reader: User) -> None:
    for _again in range(2):
        answer = browser.post(link(reader), ONE_CLICK)
        assert (answer.status_code, answer.cookies) == (200, {})
    (choice,) = SwitchedOff.objects.all()
    assert (choice.person, choice.topic, choice.off_way, choice.off_by) == (
        reader,
        Topic.SUMMARIES,
        "mail",
        None,
    )


def test_a_mail_program_may_post_the_parts_of_a_form(reader: User) -> None:
    body = (
        "--x\r\nContent-Disposition: form-data; name=List-Unsubscribe\r\n\r\nOne-Click\r\n--x--\r\n"
    )
    answer = Client().post(link(reader), body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 200
    assert is_off(reader, Topic.SUMMARIES)


def test_the_pages_button_switches_off_and_the_other_on_again(
    browser: Client, reader: User
) -> None:
    answer = browser.post(link(reader), {"do": "off"}, follow=True)
    assert is_off(reader, Topic.SUMMARIES)
    assert 'value="on"' in answer.content.decode()
    browser.post(link(reader), {"do": "on"})
    assert not is_off(reader, Topic.SUMMARIES)


def test_one_topic_is_switched_off_and_no_other(browser: Client, reader: User) -> None:
    browser.post(link(reader), ONE_CLICK)
    assert [topic for topic in Topic if is_off(reader, topic)] == [Topic.SUMMARIES]


@pytest.mark.parametrize(("posted", "status"), [({}, 422), ({"do": "nonsense"}, 422)])
def test_nonsense_is_refused(
    browser: Client, reader: User, posted: dict[str, str], status: int
) -> None:
    assert browser.post(link(reader), posted).status_code == status
    assert not is_off(reader, Topic.SUMMARIES)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_for_another_topic_is_no_link(browser: Client, reader: User, method: str) -> None:
    foreign = link(reader).replace(Topic.SUMMARIES.value, Topic.REMINDERS.value)
    answer = getattr(browser, method)(foreign, ONE_CLICK)
    assert answer.status_code == 404
    assert "Эта ссылка неполная или не наша." in answer.content.decode()
    assert not SwitchedOff.objects.exists()


def test_a_topic_that_does_not_exist_has_no_page(browser: Client, reader: User) -> None:
    foreign = link(reader).replace(Topic.SUMMARIES.value, "codes")
    assert browser.get(foreign).status_code == 404


def test_an_account_that_has_ended_is_told_so(browser: Client, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=False)
    answer = browser.post(link(reader), ONE_CLICK)
    assert answer.status_code == 404
    assert "Учётная запись" in answer.content.decode()


def test_the_page_does_not_say_whose_letter_it_was(browser: Client, reader: User) -> None:
    page = browser.get(link(reader)).content.decode()
    assert "Үлгі" not in page
    assert "p1@example.org" not in page
