"""Signing in by a code: six digits by letter, good for a quarter of an hour and three tries."""

# A fixture may be wanted for what it does alone.
# ruff: noqa: ARG001

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation
from pytest_django.fixtures import Settings

from accounts.models import User

from .letters import code_in, wrong_code

pytestmark = pytest.mark.django_db
SIGN_IN = "/kk/accounts/login/"
CONFIRM = "/kk/accounts/login/code/confirm/"


def ask_for_code(client: Client, email: str = "p03@example.org") -> str:
    response = client.post(SIGN_IN, {"login": email})
    assert (response.status_code, response["Location"]) == (302, CONFIRM)
    return code_in(mail.outbox[-1])


def who_is_signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("typed", ["p03@example.org", "P03@Example.ORG", " p03@example.org "])
def test_the_code_signs_in_whatever_the_case_of_the_e_mail(
    client: Client, person: User, typed: str
) -> None:
    code = ask_for_code(client, typed)
    assert client.post(CONFIRM, {"code": code}).status_code == 302
    assert who_is_signed_in(client) == str(person.pk)


def test_the_letter_is_in_the_persons_language(client: Client, person: User) -> None:
    ask_for_code(client)
    with translation.override("ru"):
        assert translation.gettext("This is your code for signing in:") in mail.outbox[0].body


def test_the_letter_says_that_a_program_wrote_it_and_is_styled_as_ours(
    client: Client,
    person: User,
) -> None:
    ask_for_code(client)
    message = mail.outbox[0].message()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "ru"
    (html,) = [part for part in message.walk() if part.get_content_type() == "text/html"]
    assert b'class="code" style="' in html.get_payload(decode=True)


def test_an_unknown_e_mail_is_told_so_and_gets_no_letter(client: Client, person: User) -> None:
    response = client.post(SIGN_IN, {"login": f"not-{person.email}"})
    assert response.status_code == 422
    assert mail.outbox == []


def test_tries_sent_at_once_are_counted_too(client: Client, person: User) -> None:
    ask_for_code(client)
    begun = client.session["account_login"]
    answers = []
    for _try in range(12):
        # What each of several requests reads that begin before the first has ended.
        session = client.session
        session["account_login"] = begun
        session.save()
        answers.append(client.post(CONFIRM, {"code": wrong_code(mail.outbox[0])}).status_code)
    assert answers == [422] * 10 + [429] * 2


def test_a_code_is_good_once(client: Client, person: User) -> None:
    code = ask_for_code(client)
    client.post(CONFIRM, {"code": code})
    other = Client()
    other.post(CONFIRM, {"code": code})
    assert who_is_signed_in(other) is None


def test_a_code_is_good_only_in_the_browser_that_asked(client: Client, person: User) -> None:
    code = ask_for_code(client)
    thief = Client()
    thief.post(SIGN_IN, {"login": person.email})
    assert thief.post(CONFIRM, {"code": code}).status_code == 422
    assert who_is_signed_in(thief) is None


def test_a_wrong_code_is_refused(client: Client, person: User) -> None:
    ask_for_code(client)
    assert client.post(CONFIRM, {"code": wrong_code(mail.outbox[0])}).status_code == 422
    assert who_is_signed_in(client) is None


def test_after_three_wrong_codes_the_right_one_is_too_late(client: Client, person: User) -> None:
    code = ask_for_code(client)
    for _attempt in range(3):
        client.post(CONFIRM, {"code": wrong_code(mail.outbox[0])})
    client.post(CONFIRM, {"code": code})
    assert who_is_signed_in(client) is None


@pytest.mark.parametrize(("minutes", "signed_in"), [(14, True), (16, False)])
def test_a_code_is_good_for_a_quarter_of_an_hour(
    client: Client, person: User, minutes: int, signed_in: bool
) -> None:
    with time_machine.travel(dt.datetime(2026, 1, 10, 9, 0, tzinfo=dt.UTC), tick=False) as clock:
        code = ask_for_code(client)
        clock.shift(dt.timedelta(minutes=minutes))
        client.post(CONFIRM, {"code": code})
        assert (who_is_signed_in(client) is not None) == signed_in


def test_a_new_code_replaces_the_old_one(client: Client, person: User) -> None:
    old = ask_for_code(client)
    client.post(CONFIRM, {"action": "resend"})
    new = code_in(mail.outbox[1])
    assert client.post(CONFIRM, {"code": old}).status_code == (302 if old == new else 422)
    client.post(CONFIRM, {"code": new})
    assert who_is_signed_in(client) == str(person.pk)


def test_the_fourth_code_within_a_minute_is_not_sent(person: User) -> None:
    answers = [Client().post(SIGN_IN, {"login": person.email}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 422]
    assert len(mail.outbox) == 3


def test_an_address_with_many_people_is_not_locked_out() -> None:
    for number in range(10):
        User.objects.create_user(f"d{number}@example.org")
    answers = [
        Client().post(SIGN_IN, {"login": f"d{number}@example.org"}).status_code
        for number in range(10)
    ]
    assert answers == [302] * 10


def test_who_may_not_sign_in_does_not(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    client.post(SIGN_IN, {"login": person.email})
    if mail.outbox:
        client.post(CONFIRM, {"code": code_in(mail.outbox[0])})
    assert who_is_signed_in(client) is None


@override_settings(
    EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=9,
)
def test_when_mail_is_down_a_page_says_so_and_when_to_try_again(
    client: Client, person: User
) -> None:
    response = client.post(SIGN_IN, {"login": person.email})
    assert (response.status_code, response["Retry-After"]) == (503, "120")
    with translation.override("kk"):
        assert translation.gettext("The letter could not be sent") in response.content.decode()


def test_whom_the_staff_entered_signs_in_too(client: Client) -> None:
    entered = User.objects.create_user("entered@example.org")
    client.post(CONFIRM, {"code": ask_for_code(client, "entered@example.org")})
    assert who_is_signed_in(client) == str(entered.pk)


def test_the_session_gets_a_new_key(client: Client, person: User) -> None:
    code = ask_for_code(client)
    before = client.session.session_key
    client.post(CONFIRM, {"code": code})
    assert client.session.session_key != before


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_nobody_is_led_to_another_site(client: Client, person: User, target: str) -> None:
    client.post(SIGN_IN, {"login": person.email, "next": target})
    response = client.post(CONFIRM, {"code": code_in(mail.outbox[0]), "next": target})
    assert response["Location"] == reverse("home")


def test_signing_out_wants_a_post(client: Client, person: User) -> None:
    client.force_login(person)
    client.get("/kk/accounts/logout/")
    assert who_is_signed_in(client) == str(person.pk)
    client.post("/kk/accounts/logout/")
    assert who_is_signed_in(client) is None


@pytest.mark.parametrize("typed", ["", "abc", "1234567890123", "\0", "١٢٣٤٥٦"])
def test_what_is_no_code_is_refused(client: Client, person: User, typed: str) -> None:
    ask_for_code(client)
    assert client.post(CONFIRM, {"code": typed}).status_code == 422
    assert who_is_signed_in(client) is None


@pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 422)])
def test_behind_a_proxy_the_visitors_address_counts(
    client: Client, settings: Settings, proxies: int, last: int
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    answers = [
        client.post(
            SIGN_IN, {"login": ""}, headers={"x-forwarded-for": f"198.51.100.1, 203.0.113.{number}"}
        ).status_code
        for number in range(4)
    ]
    assert answers == [422, 422, 422, last]


def test_who_names_an_address_of_their_own_gets_no_other_limit(
    client: Client, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    answers = [
        client.post(
            SIGN_IN, {"login": ""}, headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.1"}
        ).status_code
        for number in range(4)
    ]
    assert answers == [422, 422, 422, 429]
