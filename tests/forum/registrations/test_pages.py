"""The form of a registration says what is wrong, where, and why one signs up before it."""

import re

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Edition, Registration

pytestmark = pytest.mark.django_db


def problems(page: str) -> list[tuple[str, str]]:
    """Read the summary: where each link leads, and what it says."""
    return re.findall(r'<li><a href="#([^"]+)">(.*?)</a></li>', page)


def test_a_missing_organisation_stands_above_the_form_and_at_its_field(
    delegate_client: Client, edition: Edition
) -> None:
    sent = {"category": "ngo", "languages": ["kk"]}
    response = delegate_client.post(f"/en/{edition.slug}/register/", sent)
    page = response.content.decode()
    sentence = "Find your organisation in the list, or add it."
    assert response.status_code == 422
    assert problems(page)[0] == ("organisation_search", sentence)
    assert f'id="organisation_error">{sentence}' in page
    assert 'aria-describedby="organisation_help organisation_error" aria-invalid="true"' in page
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_link_of_the_summary_leads_to_a_field(
    delegate_client: Client, edition: Edition, language: str
) -> None:
    sent = {"organisation": "new", "new-bin": "600140000019"}
    response = delegate_client.post(f"/{language}/{edition.slug}/register/", sent)
    page = response.content.decode()
    anchors = [anchor for anchor, _sentence in problems(page)]
    assert anchors == [
        "id_category",
        "id_new-name",
        "id_new-bin",
        "id_new-kind",
        "id_languages_0",
        "id_consents_0",
    ]
    for anchor in anchors:
        assert page.count(f'id="{anchor}"') == 1, anchor
    if language != "en":
        assert not re.search("[A-Za-z]{3}", "".join(text for _anchor, text in problems(page)))


def test_sign_up_on_the_way_says_why(client: Client, edition: Edition) -> None:
    page = client.get(f"/en/{edition.slug}/register/", follow=True).content.decode()
    assert "To register, first confirm your e-mail" in page
    assert "To register, first" not in client.get("/en/accounts/signup/").content.decode()


def test_who_is_signed_in_is_told_nothing_of_accounts(
    client: Client, edition: Edition, delegate: User
) -> None:
    client.force_login(delegate)
    page = client.get(f"/en/{edition.slug}/register/").content.decode()
    assert "To register, first" not in page
