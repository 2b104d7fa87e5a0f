"""Signing in by a password: staff and demo people have one; the rest do without."""

# A fixture may be wanted for what it does alone.
# ruff: noqa: ARG001

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from accounts.models import User

pytestmark = pytest.mark.django_db
SIGN_IN = "/kk/accounts/login/"
RESET = "/kk/accounts/password/reset/"
PASSWORD = "correct horse battery"


def who_is_signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("typed", ["clerk@example.org", "Clerk@EXAMPLE.org"])
def test_the_password_signs_in_whatever_the_case_of_the_e_mail(
    client: Client, clerk: User, typed: str
) -> None:
    User.objects.get(pk=clerk.pk).emailaddress_set.create(  # type: ignore[attr-defined]
        email=clerk.email, verified=True, primary=True
    )
    client.post(SIGN_IN, {"login": typed, "password": PASSWORD})
    assert who_is_signed_in(client) == str(clerk.pk)


@pytest.mark.parametrize(
    ("login", "password"),
    [("clerk@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("clerk@example.org", "\0")],
)
def test_a_wrong_password_and_an_unknown_e_mail_get_the_same_sentence(
    client: Client, clerk: User, login: str, password: str
) -> None:
    response = client.post(SIGN_IN, {"login": login, "password": password})
    assert response.status_code == 422
    assert who_is_signed_in(client) is None
    with translation.override("kk"):
        sentence = translation.gettext("The e-mail or the password is wrong.")
    if password != "\0":
        assert response.context["form"].non_field_errors() == [sentence]


def test_the_sixth_guess_is_not_looked_at(client: Client, clerk: User) -> None:
    for _guess in range(5):
        client.post(SIGN_IN, {"login": clerk.email, "password": "wrong"})
    response = client.post(SIGN_IN, {"login": clerk.email, "password": PASSWORD})
    assert response.status_code in (422, 429)
    assert who_is_signed_in(client) is None


def test_who_has_no_password_is_not_let_in_by_an_empty_one(client: Client, person: User) -> None:
    client.post(SIGN_IN, {"login": person.email, "password": " "})
    assert who_is_signed_in(client) is None


def test_a_forgotten_password_is_set_anew_by_the_letters_link(client: Client, clerk: User) -> None:
    response = client.post(RESET, {"email": clerk.email})
    assert response.status_code == 302
    assert [letter.to for letter in mail.outbox] == [[clerk.email]]
    link = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[0].body))
    assert link is not None
    page = client.get(link[1], follow=True)
    assert page.status_code == 200
    new = "another horse battery"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    clerk.refresh_from_db()
    assert clerk.check_password(new)


@pytest.mark.parametrize("new", ["short", "clerk@example.org", "password1234"])
def test_a_weak_password_is_refused(client: Client, clerk: User, new: str) -> None:
    client.post(RESET, {"email": clerk.email})
    link = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[0].body))
    assert link is not None
    page = client.get(link[1], follow=True)
    response = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert response.status_code == 422
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_a_reset_for_an_unknown_e_mail_sends_nothing(client: Client, clerk: User) -> None:
    response = client.post(RESET, {"email": f"not-{clerk.email}"})
    assert response.status_code == 422
    assert mail.outbox == []


@pytest.mark.parametrize(
    "path",
    [
        "accounts/login/",
        "accounts/signup/",
        "accounts/password/reset/",
        "accounts/password/reset/done/",
        "accounts/inactive/",
    ],
)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_for_strangers_open_in_our_look(client: Client, path: str, language: str) -> None:
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    page = response.content.decode()
    assert f'<html lang="{language}">' in page
    assert '<header class="masthead">' in page


@pytest.mark.parametrize(
    "path",
    [
        "accounts/logout/",
        "accounts/email/",
        "accounts/password/change/",
        "accounts/reauthenticate/",
        "accounts/mfa/",
        "accounts/consents/",
    ],
)
def test_the_pages_for_signed_in_people_open_in_our_look(
    client: Client, clerk: User, path: str
) -> None:
    client.post(SIGN_IN, {"login": clerk.email, "password": PASSWORD})
    client.force_login(clerk)
    response = client.get(f"/kk/{path}", follow=True)
    assert response.status_code == 200
    assert '<header class="masthead">' in response.content.decode()
