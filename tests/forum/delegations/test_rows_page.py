"""Registering several people by the form's rows."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation, Region, User
from forum.models import Edition, Quota, Registration

from .conftest import end_contact_of

pytestmark = pytest.mark.django_db


def told(count: int = 1, *, rows: int = 5, **more: Any) -> dict[str, Any]:
    """Fill in the first rows of the form."""
    data: dict[str, Any] = {"rows": str(rows), "declared": "on"}
    for n in range(1, rows + 1):
        data |= {f"d{n}-language": "kk", f"d{n}-category": "ngo", f"d{n}-languages": ["kk"]}
    for n in range(1, count + 1):
        data |= {f"d{n}-email": f"d{n}@example.org", f"d{n}-given_name": f"Делегат {n}"}
    return data | more


@pytest.fixture
def address(organisation: Organisation, edition: Edition) -> str:
    return f"/en/{edition.slug}/delegation/{organisation.code}/register/"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_five_rows_register_five(contact_client: Client, address: str) -> None:
    done = contact_client.post(address, told(5), follow=True)
    assert "5 delegates are registered, and we have written to each." in text(done)
    assert Registration.objects.confirmed().count() == 5


def test_rows_that_are_empty_do_not_count(contact_client: Client, address: str) -> None:
    page = contact_client.post(address, told(0))
    assert page.status_code == 422
    assert "Fill in at least one delegate." in text(page)
    assert "This field is required." not in text(page)
    assert contact_client.post(address, told(2)).status_code == 302
    assert Registration.objects.count() == 2


def test_without_the_declaration_nobody_is_registered(contact_client: Client, address: str) -> None:
    page = contact_client.post(address, {**told(1), "declared": ""})
    assert page.status_code == 422
    assert "Without each person&#x27;s agreement nobody may be registered." in text(page)
    assert not User.objects.filter(email="d1@example.org").exists()


def test_more_rows_come_without_javascript_and_keep_what_was_typed(
    contact_client: Client, address: str
) -> None:
    page = contact_client.post(address, told(1, more="1") | {"d1-email": "not yet"})
    assert page.status_code == 200
    assert page.content.decode().count("data-delegate-row") == 10 + 1
    assert 'value="not yet"' in text(page)
    assert "Enter a valid email address." not in text(page)


@pytest.mark.parametrize("typed", ["", "-1", "0", "9" * 400, "x", "٣", "\0", "51"])
def test_a_made_up_number_of_rows_is_bounded(
    contact_client: Client, address: str, typed: str
) -> None:
    page = contact_client.post(address, told(0, more="1") | {"rows": typed})
    assert page.status_code == 200
    assert page.content.decode().count("data-delegate-row") <= 51


def test_wrong_rows_are_said_at_their_rows_and_can_be_left_out(
    contact_client: Client, address: str
) -> None:
    taken = {"d2-email": "d1@example.org", "d3-email": "nonsense"}
    page = contact_client.post(address, told(3) | taken)
    assert page.status_code == 422
    assert "Enter a valid email address." in text(page)
    page = contact_client.post(address, told(3) | taken | {"d3-leave_out": "on"})
    assert page.status_code == 422
    assert "The e-mail stands in row 1 already." in text(page)
    assert Registration.objects.count() == 0
    out = {"d3-leave_out": "on", "d2-leave_out": "on"}
    assert contact_client.post(address, told(3) | taken | out).status_code == 302
    assert Registration.objects.count() == 1


def test_a_namesake_is_registered_once_the_contact_says_so(
    contact_client: Client, address: str
) -> None:
    same = {"d2-given_name": "делегат 1"}
    page = contact_client.post(address, told(2) | same)
    assert "In row 1 stands the same name." in text(page)
    assert 'name="d2-is_another"' in text(page)
    done = contact_client.post(address, told(2) | same | {"d2-is_another": "on"})
    assert done.status_code == 302


def test_how_many_would_wait_is_said_before(
    contact_client: Client, address: str, edition: Edition
) -> None:
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=2)
    page = contact_client.post(address, told(5))
    assert page.status_code == 200
    assert "2 people get a place." in text(page)
    assert "3 people will stand on the waiting list." in text(page)
    assert Registration.objects.count() == 0
    digest = page.context["forecast"].digest
    assert contact_client.post(address, told(5) | {"told": digest}).status_code == 302
    assert Registration.objects.waiting().count() == 3


def test_what_changed_since_it_was_said_is_said_anew(
    contact_client: Client, address: str, edition: Edition
) -> None:
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=2)
    digest = contact_client.post(address, told(5)).context["forecast"].digest
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=1)
    page = contact_client.post(address, told(5) | {"told": digest})
    assert "4 people will stand on the waiting list." in text(page)
    assert Registration.objects.count() == 0


def test_a_second_press_of_the_button_registers_nobody_twice(
    contact_client: Client, address: str
) -> None:
    contact_client.post(address, told(2))
    again = contact_client.post(address, told(2), follow=True)
    assert "These people are registered already." in text(again)
    assert Registration.objects.count() == 2


def test_whether_an_account_exists_is_not_told(contact_client: Client, address: str) -> None:
    User.objects.create_user("d1@example.org", given_name="Бар")
    known = contact_client.post(address, told(1), follow=True)
    assert "1 delegate is registered, and we have written to the person." in text(known)


def test_the_region_is_asked_where_the_organisation_has_none(
    contact_client: Client, address: str, edition: Edition, organisation: Organisation
) -> None:
    region = Region.objects.get(code="KZ-71")
    Organisation.objects.filter(pk=organisation.pk).update(region=None)
    Quota.objects.create(edition=edition, category="ngo", region=region, places=9)
    page = contact_client.post(address, told(1))
    assert page.status_code == 422
    assert "Say from which region you come" in text(page)
    assert contact_client.post(address, told(1) | {"region": region.pk}).status_code == 302


def test_before_registration_opens_it_says_so(
    contact_client: Client, address: str, edition: Edition
) -> None:
    Edition.objects.filter(pk=edition.pk).update(registration_opens_at=None)
    assert contact_client.post(address, told(1)).status_code == 409
    assert "have not yet said when registration opens" in text(contact_client.get(address))


def test_a_contact_who_ended_meanwhile_gets_a_404(
    contact_client: Client, contact: User, address: str
) -> None:
    end_contact_of(contact)
    assert contact_client.post(address, told(1)).status_code == 404


@pytest.mark.parametrize(
    "field", ["email", "family_name", "given_name", "latin_name", "phone", "job_title", "category"]
)
@pytest.mark.parametrize("value", ["\0", "х" * 5_000, "<script>", "'; --"])
def test_nonsense_is_a_sentence_and_no_fault(
    contact_client: Client, address: str, field: str, value: str
) -> None:
    answer = contact_client.post(address, told(1) | {f"d1-{field}": value})
    assert answer.status_code in (302, 422)
