"""Signing in and out while Redis does not answer: rate limits pause, and nothing is an error."""

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from accounts.models import User

from .letters import code_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("redis_away")]
SIGN_IN = "/kk/accounts/login/"


def test_a_code_signs_in(client: Client, person: User) -> None:
    client.post(SIGN_IN, {"login": person.email})
    client.post("/kk/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(("password", "status"), [("correct horse battery", 302), ("wrong", 422)])
def test_a_password_is_looked_at(client: Client, clerk: User, password: str, status: int) -> None:
    answer = client.post(SIGN_IN, {"login": clerk.email, "password": password})
    assert answer.status_code == status


def test_who_signs_out_is_out(client: Client, person: User) -> None:
    client.force_login(person)
    key = client.session.session_key
    assert client.post("/kk/accounts/logout/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()


def test_signing_up_works(client: Client, sign_up_form: dict[str, object]) -> None:
    assert client.post("/kk/accounts/signup/", sign_up_form).status_code == 302
    assert mail.outbox[-1].to == [sign_up_form["email"]]
