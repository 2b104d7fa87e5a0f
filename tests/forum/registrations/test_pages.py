"""The form of a registration says what is wrong, where, and why one signs up before it."""

import re

import pytest
from django.test import Client

from accounts.models import ConsentText, Organisation, Region, User
from forum.models import Edition, Quota, Registration
from tests.forum.registrations.conftest import Registrar

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


@pytest.mark.parametrize(
    "case",
    [
        ("ngo", "ngo", 302),
        ("republican", "ngo", 302),
        ("guest", "state", 302),
        ("state", "state", 302),
        ("ngo", "state", 422),
        ("state", "ngo", 422),
        ("media", "business", 422),
    ],
)
def test_category_and_kind_of_the_organisation_go_together(
    delegate_client: Client,
    edition: Edition,
    organisation: Organisation,
    processing: ConsentText,
    case: tuple[str, str, int],
) -> None:
    category, kind, answered = case
    Organisation.objects.update(kind=kind)
    sent = {
        "category": category,
        "languages": ["kk"],
        "organisation": str(organisation.pk),
        "consents": [str(processing.pk)],
    }
    response = delegate_client.post(f"/en/{edition.slug}/register/", sent)
    assert (response.status_code, Registration.objects.count()) == (answered, answered == 302)
    if answered == 422:
        ((anchor, sentence),) = problems(response.content.decode())
        assert anchor == "organisation_search"
        assert "stands in the list as" in sentence


def test_who_comes_for_none_is_told_the_category_for_it(
    delegate_client: Client, edition: Edition, processing: ConsentText
) -> None:
    sent = {"category": "ngo", "languages": ["kk"], "organisation": "none"}
    sent["consents"] = str(processing.pk)
    response = delegate_client.post(f"/en/{edition.slug}/register/", sent)
    assert response.status_code == 422
    ((_anchor, sentence),) = problems(response.content.decode())
    assert sentence == (
        "In this category one comes for an organisation. Find it, add it, or choose the category "
        "“Guest”."
    )


def test_what_did_not_go_together_before_may_stay_in_a_change(
    delegate_client: Client, edition: Edition, organisation: Organisation, enrol: Registrar
) -> None:
    mine = enrol(User.objects.get(email="p1@example.org"), organisation=organisation)
    Organisation.objects.update(kind="state")
    sent = {"category": "ngo", "languages": ["ru"], "organisation": str(organisation.pk)}
    assert delegate_client.post(f"/en/{edition.slug}/me/change/", sent).status_code == 302
    sent["category"] = "media"
    assert delegate_client.post(f"/en/{edition.slug}/me/change/", sent).status_code == 422
    mine.refresh_from_db()
    assert (mine.category, mine.languages) == ("ngo", ["ru"])


def test_what_is_refused_for_want_of_a_region_stands_in_the_form_again(
    delegate_client: Client, edition: Edition, processing: ConsentText
) -> None:
    body = Organisation.objects.create(name_kk="«Үлгі-08» ҚҚ")
    region = Region.objects.get(code="KZ-71")
    Quota.objects.create(edition=edition, category="ngo", region=region, places=3)
    sent: dict[str, object] = {"category": "ngo", "languages": ["kk"], "job_title": "Төраға-08"}
    sent |= {"organisation": str(body.pk), "consents": [str(processing.pk)]}
    path = f"/en/{edition.slug}/register/"
    response = delegate_client.post(path, sent)
    assert response.status_code == 422
    assert "Say from which region you come" in response.text
    assert 'value="Төраға-08"' in response.text
    assert delegate_client.post(path, sent | {"region": region.pk}).status_code == 302
