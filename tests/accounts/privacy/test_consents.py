"""Consents: asked apart, written down once, taken back by the person alone."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Consent, ConsentText, Purpose, User
from accounts.privacy.actions import agree, withdraw

pytestmark = pytest.mark.django_db
PAGE = "/kk/accounts/consents/"
NOW = dt.datetime(2025, 9, 1, 9, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)


def give(person: User, *purposes: Purpose, now: dt.datetime = NOW) -> None:
    texts = ConsentText.objects.current().filter(purpose__in=purposes)
    agree(person, texts=texts, language="ru", method=Consent.Method.FORM, now=now)


def withdrawn() -> dict[str, bool]:
    given = Consent.objects.select_related("text")
    return {consent.text.purpose: consent.withdrawn_at is not None for consent in given}


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def test_agreeing_twice_is_agreeing_once(person: User) -> None:
    give(person, Purpose.PUBLICATION)
    give(person, Purpose.PUBLICATION, now=LATER)
    assert list(Consent.objects.values_list("given_at", flat=True)) == [NOW]


def test_who_took_a_consent_back_may_give_it_again(person: User) -> None:
    give(person, Purpose.PUBLICATION)
    withdraw(person, purpose=Purpose.PUBLICATION, now=LATER)
    give(person, Purpose.PUBLICATION, now=LATER)
    assert Consent.objects.count() == 2
    assert Consent.objects.valid().count() == 1  # type: ignore[attr-defined]


def test_a_page_takes_one_consent_back_and_leaves_the_others(
    signed_in: Client, person: User
) -> None:
    give(person, Purpose.PROCESSING, Purpose.CROSS_BORDER, Purpose.PUBLICATION)
    response = signed_in.post(PAGE, {"purpose": "publication"})
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert withdrawn() == {"processing": False, "cross_border": False, "publication": True}


def test_nobody_takes_back_what_another_gave(signed_in: Client) -> None:
    other = User.objects.create_user("other@example.org")
    give(other, Purpose.PUBLICATION)
    signed_in.post(PAGE, {"purpose": "publication"})
    assert withdrawn() == {"publication": False}


@pytest.mark.parametrize("purpose", ["processing", "nonsense", "", "\0"])
def test_what_cannot_be_taken_back_here_is_refused_with_a_sentence(
    signed_in: Client, person: User, purpose: str
) -> None:
    give(person, Purpose.PROCESSING)
    assert signed_in.post(PAGE, {"purpose": purpose}).status_code == 422
    assert withdrawn() == {"processing": False}


def test_a_form_that_says_nothing_is_refused(signed_in: Client) -> None:
    assert signed_in.post(PAGE).status_code == 422


def test_the_page_shows_ones_own_consents_alone(signed_in: Client, person: User) -> None:
    give(person, Purpose.PUBLICATION)
    give(User.objects.create_user("other@example.org"), Purpose.CROSS_BORDER)
    shown = signed_in.get(PAGE).context["consents"]
    assert [(consent.person, consent.text.purpose) for consent in shown] == [
        (person, "publication")
    ]


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    response = client.get(PAGE)
    assert (response.status_code, response["Location"]) == (
        302,
        f"/kk/accounts/login/?next={PAGE}",
    )


def test_the_page_is_kept_by_no_cache(signed_in: Client) -> None:
    assert "no-store" in signed_in.get(PAGE)["Cache-Control"]


def test_as_many_queries_for_three_consents_as_for_one(signed_in: Client, person: User) -> None:
    counts = []
    for purpose in Purpose:
        give(person, purpose)
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(PAGE)
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 10


def test_the_admin_takes_back_what_was_withdrawn_in_writing(client: Client, person: User) -> None:
    give(person, Purpose.PROCESSING, Purpose.PUBLICATION)
    consent = Consent.objects.get(text__purpose=Purpose.PROCESSING)
    client.force_login(User.objects.create_superuser("boss@example.org"))
    sent = {"action": "take_back", "_selected_action": [consent.pk]}
    page = "/admin/accounts/consent/"
    asked = client.post(page, sent)
    assert asked.status_code == 200
    assert withdrawn() == {"processing": False, "publication": False}
    assert client.post(page, sent | {"confirmed": "1"}).status_code == 302
    assert withdrawn() == {"processing": True, "publication": False}


def test_who_may_only_look_at_consents_takes_none_back(client: Client, person: User) -> None:
    give(person, Purpose.PROCESSING)
    clerk = User.objects.create_user("clerk@example.org", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_consent"))
    client.force_login(clerk)
    consent = Consent.objects.get()
    sent = {"action": "take_back", "_selected_action": [consent.pk], "confirmed": "1"}
    client.post("/admin/accounts/consent/", sent)
    assert withdrawn() == {"processing": False}
