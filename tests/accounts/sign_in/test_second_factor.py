"""The admin's door: staff need an authenticator app, and nobody comes in beside the site's page."""

from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db
ADMIN = "/admin/"
SET_UP = "/kk/accounts/mfa/totp/activate/"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.ADMIN_SECOND_FACTOR = True


@pytest.fixture
def secret(clerk: User) -> str:
    """The clerk has an authenticator app."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(clerk, secret)
    return secret


def test_strangers_are_led_to_the_sites_own_sign_in(client: Client) -> None:
    answer = client.get(ADMIN, follow=True)
    assert answer.redirect_chain[-1] == ("/kk/accounts/login/?next=/admin/", 302)


def test_a_password_sent_to_the_admins_own_page_signs_nobody_in(
    client: Client, clerk: User
) -> None:
    client.post("/admin/login/", {"username": clerk.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_staff_without_an_app_are_led_to_setting_it_up(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    answer = client.get("/admin/accounts/user/", follow=True)
    assert SET_UP in [address for address, _status in answer.redirect_chain]


def test_recovery_codes_alone_are_no_second_factor(client: Client, clerk: User) -> None:
    RecoveryCodes.activate(clerk)
    client.force_login(clerk)
    assert client.get(ADMIN).status_code == 302


@pytest.mark.usefixtures("secret")
def test_staff_with_an_app_are_let_in(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    assert client.get(ADMIN).status_code == 200


def test_the_demo_goes_without(client: Client, clerk: User, settings: Any) -> None:
    settings.ADMIN_SECOND_FACTOR = False
    client.force_login(clerk)
    assert client.get(ADMIN).status_code == 200


@pytest.mark.usefixtures("secret")
def test_an_app_makes_nobody_staff(client: Client, clerk: User) -> None:
    clerk.is_staff = False
    clerk.save()
    client.force_login(clerk)
    assert client.get(ADMIN, follow=True).status_code == 403


def test_a_password_alone_does_not_sign_in_who_has_an_app(
    client: Client, clerk: User, secret: str
) -> None:
    clerk.emailaddress_set.create(email=clerk.email, verified=True, primary=True)
    address = f"/kk/accounts/login/?next={ADMIN}"
    answer = client.post(address, {"login": clerk.email, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    (counter,) = totp.yield_hotp_counters_from_time()
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    answer = client.post(answer["Location"], {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, ADMIN)
    assert client.get(ADMIN).status_code == 200


def test_who_is_led_to_another_site_stays_here(client: Client, clerk: User, settings: Any) -> None:
    settings.ADMIN_SECOND_FACTOR = False
    client.force_login(clerk)
    answer = client.get("/admin/login/?next=https://example.com/")
    assert answer["Location"] == ADMIN
