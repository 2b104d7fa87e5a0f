"""The pages of one who speaks for an organisation, or asks to; everybody else meets a 404."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.contacts.actions import ask_to_be_contact, confirm_contact, end_contact
from accounts.models import Contact, ContactStatus, Organisation, RegisterStatus, User

pytestmark = pytest.mark.django_db
MINE = "/en/accounts/organisations/"
ASK = f"{MINE}ask/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(contact: Contact, act: str = "") -> str:
    base = f"{MINE}{contact.organisation.code}/people/"
    return f"{base}{contact.code}/{act}/" if act else base


def test_who_asks_nothing_is_led_to_asking(stranger: User) -> None:
    page = signed_in(stranger).get(MINE).content.decode()
    assert "You speak for no organisation yet." in page
    assert f'href="{ASK}"' in page


def test_asking_by_the_list(stranger: User, organisation: Organisation) -> None:
    sent = {"organisation": str(organisation.pk), "message": "Director"}
    response = signed_in(stranger).post(ASK, sent)
    assert (response.status_code, response["Location"]) == (302, MINE)
    (asked,) = Contact.objects.all()
    assert (asked.person, asked.organisation, asked.message, asked.status) == (
        stranger,
        organisation,
        "Director",
        ContactStatus.PENDING,
    )


def test_asking_for_a_new_organisation_adds_it(stranger: User) -> None:
    sent = {"organisation": "new", "new-name": "Sample body", "new-kind": "ngo"}
    assert signed_in(stranger).post(ASK, sent).status_code == 302
    assert Contact.objects.get().organisation.name_en == "Sample body"


@pytest.mark.parametrize(
    "name", ["Пример 07 қоғамдық қоры", "общественный фонд ПРИМЕР-07", "Primer 07", "Улги-07"]
)
def test_another_spelling_of_the_list_is_shown_first(
    stranger: User, organisation: Organisation, name: str
) -> None:
    client = signed_in(stranger)
    sent = {"organisation": "new", "new-name": name, "new-kind": "ngo"}
    response = client.post(ASK, sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert f'id="organisation_{organisation.pk}"' in page
    assert "The list holds nearly the same name." in page
    assert Organisation.objects.count() == 1
    assert client.post(ASK, sent | {"new-another": "on"}).status_code == 302


def test_a_bin_of_the_list_is_refused(stranger: User, organisation: Organisation) -> None:
    sent = {"organisation": "new", "new-name": "Өзге", "new-kind": "ngo"}
    response = signed_in(stranger).post(ASK, sent | {"new-bin": "6001 4000 0018"})
    page = response.content.decode()
    assert (response.status_code, Organisation.objects.count()) == (422, 1)
    assert "This BIN is in the list already." in page
    assert f'id="organisation_{organisation.pk}"' in page


@pytest.mark.parametrize("answer", ["", "none", "0", "x", "99999999999999999999", "\0"])
def test_asking_for_none_is_refused(stranger: User, answer: str) -> None:
    response = signed_in(stranger).post(ASK, {"organisation": answer})
    assert (response.status_code, Contact.objects.count()) == (422, 0)
    assert "Find your organisation in the list, or add it." in response.content.decode()


def test_nobody_comes_for_no_organisation_here(stranger: User) -> None:
    assert "organisation_none" not in signed_in(stranger).get(ASK).content.decode()


def test_the_search_without_javascript_keeps_what_was_typed(
    stranger: User, organisation: Organisation
) -> None:
    sent = {"find": "1", "organisation_search": "primer", "message": "Director"}
    response = signed_in(stranger).post(ASK, sent)
    page = response.content.decode()
    assert response.status_code == 200
    assert (f'id="organisation_{organisation.pk}"' in page, 'value="Director"' in page) == (
        True,
        True,
    )
    assert "Something is missing" not in page


def test_asking_twice_is_refused_with_a_sentence(asking: Contact) -> None:
    sent = {"organisation": str(asking.organisation.pk)}
    response = signed_in(asking.person).post(ASK, sent)
    assert (response.status_code, Contact.objects.count()) == (409, 1)
    assert "is a contact of this organisation already" in response.content.decode()


@pytest.mark.usefixtures("organisation")
def test_a_body_of_the_register_is_shown_with_what_the_register_says(stranger: User) -> None:
    Organisation.objects.update(register_status=RegisterStatus.LIQUIDATION, bin=None)
    client = signed_in(stranger)
    page = client.post(ASK, {"find": "1", "organisation_search": "primer"}).content.decode()
    assert "No BIN · In liquidation" in page
    (row,) = client.get(f"{MINE}search/?q=primer").json()["results"]
    assert row["note"] == "Ulytau · No BIN · In liquidation"


def test_mine_says_how_each_stands(
    asking: Contact, colleague: Contact, staff: User, now: dt.datetime
) -> None:
    assert "Waits for confirmation" in signed_in(asking.person).get(MINE).content.decode()
    page = signed_in(colleague.person).get(MINE).content.decode()
    assert f'href="{page_of(colleague)}"' in page
    end_contact(colleague, by=staff, reason="Left the organisation", now=now)
    page = signed_in(colleague.person).get(MINE).content.decode()
    assert (page_of(colleague) in page, "Left the organisation" in page) == (False, True)


def test_a_colleague_sees_who_asks_and_confirms(asking: Contact, colleague: Contact) -> None:
    client = signed_in(colleague.person)
    page = client.get(page_of(colleague)).content.decode()
    people = re.findall("<h2>(.*?)</h2>", page)
    assert people == ["Asking", "Colleague"]
    assert "Бухгалтер" in page
    response = client.post(page_of(asking, "confirm"))
    assert (response.status_code, response["Location"]) == (302, page_of(colleague))
    asking.refresh_from_db()
    assert asking.confirmed_by == colleague.person


def test_a_decline_needs_a_reason(asking: Contact, colleague: Contact) -> None:
    client = signed_in(colleague.person)
    assert client.get(page_of(asking, "decline")).status_code == 200
    assert client.post(page_of(asking, "decline"), {"reason": " "}).status_code == 422
    assert client.post(page_of(asking, "decline"), {"reason": "Unknown"}).status_code == 302
    asking.refresh_from_db()
    assert (asking.status, asking.end_reason) == (ContactStatus.DECLINED, "Unknown")


def test_ending_asks_first(
    asking: Contact, colleague: Contact, staff: User, now: dt.datetime
) -> None:
    confirm_contact(asking, by=staff, now=now)
    client = signed_in(colleague.person)
    assert client.get(page_of(asking, "end")).status_code == 200
    asking.refresh_from_db()
    assert asking.ended_at is None
    assert client.post(page_of(asking, "end"), {"reason": "Left"}).status_code == 302
    asking.refresh_from_db()
    assert (asking.status, asking.ended_by) == (ContactStatus.ENDED, colleague.person)


def test_what_became_of_it_meanwhile_is_said(
    asking: Contact, colleague: Contact, staff: User, now: dt.datetime
) -> None:
    confirm_contact(asking, by=staff, now=now)
    response = signed_in(colleague.person).post(page_of(asking, "confirm"))
    assert response.status_code == 409
    assert "This contact is confirmed already." in response.content.decode()


def test_a_closing_body_has_no_button_and_refuses(asking: Contact, colleague: Contact) -> None:
    Organisation.objects.update(register_status=RegisterStatus.SUSPENDED)
    client = signed_in(colleague.person)
    page = client.get(page_of(colleague)).content.decode()
    assert (page_of(asking, "confirm") in page, "Only the organisers can confirm" in page) == (
        False,
        True,
    )
    response = client.post(page_of(asking, "confirm"))
    assert response.status_code == 409
    asking.refresh_from_db()
    assert asking.confirmed_at is None


@pytest.fixture
def elsewhere(stranger: User, staff: User, now: dt.datetime) -> Contact:
    """Somebody who speaks for another organisation."""
    other = Organisation(name_kk="Басқа")
    asked = ask_to_be_contact(other, person=stranger, message="", now=now)
    return confirm_contact(asked, by=staff, now=now)


@pytest.mark.parametrize("act", ["confirm", "decline", "end", ""])
def test_nobody_else_gets_there(asking: Contact, elsewhere: Contact, staff: User, act: str) -> None:
    stranger = elsewhere.person
    path = page_of(asking, act)
    for person in (stranger, asking.person, staff):
        client = signed_in(person)
        assert client.get(path).status_code == (405 if act == "confirm" else 404)
        assert client.post(path, {"reason": "x"}).status_code == (404 if act else 405)
    anonymous = Client().post(path) if act else Client().get(path)
    assert (anonymous.status_code, "/login/" in anonymous["Location"]) == (302, True)
    asking.refresh_from_db()
    assert asking.status == ContactStatus.PENDING
    # Their own organisation, and the contact of another.
    mixed = f"{MINE}{elsewhere.organisation.code}/people/{asking.code}/{act or 'end'}/"
    assert signed_in(stranger).post(mixed, {"reason": "x"}).status_code == 404


def test_taking_back_ones_own(asking: Contact, colleague: Contact) -> None:
    path = f"{MINE}mine/{asking.code}/end/"
    assert signed_in(colleague.person).post(path).status_code == 404
    client = signed_in(asking.person)
    assert client.get(path).status_code == 200
    assert client.post(path, {"reason": ""}).status_code == 302
    asking.refresh_from_db()
    assert asking.status == ContactStatus.WITHDRAWN
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("code", ["x", "ABCDEFGH", "a" * 300])
def test_a_code_that_is_none_is_not_found(colleague: Contact, code: str) -> None:
    client = signed_in(colleague.person)
    assert client.get(reverse("organisation_people", args=[code])).status_code == 404
    assert client.get(reverse("contact_end_own", args=[code])).status_code == 404
    path = reverse("contact_end", args=[colleague.organisation.code, code])
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_english_is_left_in_kazakh_and_russian(
    asking: Contact, colleague: Contact, language: str
) -> None:
    client = signed_in(colleague.person)
    for path in (MINE, ASK, page_of(colleague), page_of(asking, "decline"), page_of(asking, "end")):
        page = client.get(path.replace("/en/", f"/{language}/")).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        main = re.sub(r"[\w.]+@example.org|Asking|Colleague|Staff|<[^>]*>", "", main)
        assert not re.search("[A-Za-z]{3}", main), path


def test_many_contacts_need_no_more_queries(
    asking: Contact, colleague: Contact, staff: User, now: dt.datetime
) -> None:
    client = signed_in(colleague.person)
    counts = []
    for more in (1, 3, 60):
        for number in range(more):
            person = User.objects.create_user(f"q{more}-{number}@example.org")
            contact = ask_to_be_contact(asking.organisation, person=person, message="", now=now)
            if number % 2:
                confirm_contact(contact, by=staff, now=now)
        for path in (MINE, page_of(colleague)):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
    assert (counts[0::2], counts[1::2]) == ([counts[0]] * 3, [counts[1]] * 3)
    assert max(counts) <= 10
