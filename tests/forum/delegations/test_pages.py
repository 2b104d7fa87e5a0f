"""The contact's pages: who opens them, what they say, and how much they ask of the database."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.contacts.actions import ask_to_be_contact, confirm_contact
from accounts.models import ConsentText, Organisation, Purpose, User
from forum.delegations import actions, inviting
from forum.delegations.registering import register_delegates
from forum.models import (
    CategoryRule,
    DelegateInvitation,
    Edition,
    EndorsementDenial,
    Letter,
    Registration,
)
from forum.registrations import actions as registrations

from .conftest import Registrar, end_contact_of, row, rows, speaks_for

pytestmark = pytest.mark.django_db
PAGES = (
    "delegation",
    "delegates_register",
    "delegates_file",
    "delegates_template",
    "delegates_invite",
)
ONE = ("delegate_deny", "delegate_cancel", "delegate_replace")
POSTED = ("delegate_endorse",)


def path(name: str, organisation: Organisation, **more: str) -> str:
    return reverse(name, kwargs={"edition": "12", "code": organisation.code, **more}).replace(
        "/kk/", "/en/"
    )


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def delegate(enrol: Registrar) -> Registration:
    return enrol(rows(1))[0]


def every_path(organisation: Organisation, delegate: Registration) -> list[str]:
    one = {"registration": delegate.code}
    return [path(name, organisation) for name in PAGES] + [
        path(name, organisation, **one) for name in ONE
    ]


def test_a_contact_opens_every_page(
    contact_client: Client, organisation: Organisation, delegate: Registration
) -> None:
    answers = {contact_client.get(one).status_code for one in every_path(organisation, delegate)}
    assert answers == {200}


@pytest.mark.parametrize("who", ["outsider", "former", "delegate", "superuser"])
def test_nobody_else_opens_any(
    client: Client,
    organisation: Organisation,
    delegate: Registration,
    who: str,
    request: pytest.FixtureRequest,
) -> None:
    if who == "outsider":
        person = request.getfixturevalue("outsider")
    elif who == "former":
        person = request.getfixturevalue("contact")
        end_contact_of(person)
    elif who == "delegate":
        person = delegate.person
    else:
        person = User.objects.create_superuser("root@example.org", "x")
    client.force_login(person)
    for one in every_path(organisation, delegate):
        assert client.get(one).status_code == 404
        assert client.post(one, {}).status_code == 404


def test_a_stranger_signs_in_first(client: Client, organisation: Organisation) -> None:
    for name in PAGES:
        assert client.get(path(name, organisation))["Location"].startswith("/en/accounts/login/")


@pytest.fixture
def theirs(
    edition: Edition, other_organisation: Organisation, outsider: User, now: dt.datetime
) -> Registration:
    """A delegate of another organisation."""
    return register_delegates(
        edition, other_organisation, [row(5)], region=None, by=outsider, now=now
    )[0]


def test_a_delegate_of_another_organisation_is_none_of_theirs(
    contact_client: Client, organisation: Organisation, theirs: Registration
) -> None:
    for name in (*ONE, *POSTED):
        address = path(name, organisation, registration=theirs.code)
        assert contact_client.post(address, {"reason": "Жоқ"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.is_live


def test_what_changes_something_is_posted(
    contact_client: Client, organisation: Organisation, delegate: Registration
) -> None:
    assert (
        contact_client.get(
            path("delegate_endorse", organisation, registration=delegate.code)
        ).status_code
        == 405
    )
    assert contact_client.get(path("delegates_file_confirm", organisation)).status_code == 405


@pytest.mark.usefixtures("edition")
def test_the_one_delegation_opens_by_itself_and_of_several_one_chooses(
    contact_client: Client,
    contact: User,
    organisation: Organisation,
    other_organisation: Organisation,
) -> None:
    start = "/en/12/delegation/"
    assert contact_client.get(start)["Location"] == path("delegation", organisation)
    clerk = User.objects.get(email="clerk@example.org")
    asked = ask_to_be_contact(other_organisation, person=contact, message="", now=clerk.date_joined)
    confirm_contact(asked, by=clerk, now=clerk.date_joined)
    page = contact_client.get(start)
    assert page.status_code == 200
    assert path("delegation", other_organisation) in text(page)


def test_who_speaks_for_nobody_reads_how_to(client: Client, edition: Edition) -> None:
    client.force_login(User.objects.create_user("p@example.org"))
    assert "You speak for no organisation yet." in text(client.get("/en/12/delegation/"))
    assert edition.slug == "12"


def test_the_list_shows_state_turn_and_places(
    contact_client: Client, edition: Edition, organisation: Organisation, enrol: Registrar
) -> None:
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=2, capacity=100)
    enrol(rows(4))
    page = text(contact_client.get(path("delegation", organisation)))
    assert "Number 2 in line; the quota “«Үлгі-07» ҚҚ” with its 2 places is full." in page
    assert "0 of 2 left" in page
    assert "2 of 100 taken" in page
    assert "An organisation has 2 places" in page


def test_an_account_that_the_contact_did_not_make_is_not_shown(
    contact_client: Client, organisation: Organisation, enrol: Registrar
) -> None:
    User.objects.create_user("d1@example.org", given_name="Құпия", family_name="Есім")
    enrol(rows(1))
    page = text(contact_client.get(path("delegation", organisation)))
    assert "Үлгі Делегат-1" in page
    assert "Құпия" not in page


def test_who_named_the_organisation_is_shown_without_an_e_mail(
    contact_client: Client, named: Registration, organisation: Organisation
) -> None:
    page = text(contact_client.get(path("delegation", organisation)))
    assert "Өзі" in page
    assert "self@example.org" not in page
    assert "Your delegate?" in page
    assert named.endorsed_at is None


@pytest.fixture
def named(edition: Edition, organisation: Organisation, now: dt.datetime) -> Registration:
    return registrations.register(
        edition,
        person=User.objects.create_user("self@example.org", given_name="Өзі"),
        category="ngo",
        organisation=organisation,
        languages=["kk"],
        needs=[],
        needs_note="",
        job_title="",
        consents=ConsentText.objects.current().filter(purpose=Purpose.PROCESSING),
        now=now,
    )


def test_a_draft_is_private(
    contact_client: Client, edition: Edition, organisation: Organisation, now: dt.datetime
) -> None:
    person = User.objects.create_user("draft@example.org", given_name="Жоба")
    registrations.save_draft(
        edition, person=person, now=now, category="ngo", organisation=organisation
    )
    assert "Жоба" not in text(contact_client.get(path("delegation", organisation)))


def test_a_letter_that_did_not_arrive_is_said(
    contact_client: Client, organisation: Organisation, delegate: Registration, now: dt.datetime
) -> None:
    said = "A letter to this person did not arrive."
    assert said not in text(contact_client.get(path("delegation", organisation)))
    Letter.objects.filter(recipient=delegate.person).update(failed_at=now)
    assert said in text(contact_client.get(path("delegation", organisation)))


def test_the_rules_say_who_approves_and_what_is_closed(
    contact_client: Client, edition: Edition, organisation: Organisation, now: dt.datetime
) -> None:
    CategoryRule.objects.create(edition=edition, category="ngo", approval="contact")
    CategoryRule.objects.create(edition=edition, category="republican", approval="organisers")
    CategoryRule.objects.create(edition=edition, category="guest", closed_at=now)
    CategoryRule.objects.create(edition=edition, category="media", approval="organisers")
    page = text(contact_client.get(path("delegation", organisation)))
    assert "NGO of a region: whom you endorse or register needs no other approval." in page
    assert "Republican NGO: the organisers approve each registration." in page
    assert "Guest: registration is closed." in page
    assert "Media:" not in page


def test_endorsing_and_denying_by_the_page(
    contact_client: Client, organisation: Organisation, named: Registration
) -> None:
    deny = path("delegate_deny", organisation, registration=named.code)
    assert contact_client.post(deny, {"reason": ""}).status_code == 422
    assert contact_client.post(deny, {"reason": "Бізден емес"}).status_code == 302
    assert EndorsementDenial.objects.get().reason == "Бізден емес"
    assert "Not your delegate, you said" in text(
        contact_client.get(path("delegation", organisation))
    )
    endorse = path("delegate_endorse", organisation, registration=named.code)
    assert contact_client.post(endorse).status_code == 302
    named.refresh_from_db()
    assert named.endorsed_at


def test_a_refusal_is_said_on_the_page_with_409(
    contact_client: Client, organisation: Organisation, delegate: Registration, now: dt.datetime
) -> None:
    registrations.cancel(delegate, by=delegate.person, reason="", now=now)
    address = path("delegate_cancel", organisation, registration=delegate.code)
    refused = contact_client.post(address, {"reason": "Келмейді"})
    assert refused.status_code == 409
    assert "This registration was cancelled already." in text(refused)


def test_replacing_by_the_page(
    contact_client: Client, organisation: Organisation, delegate: Registration
) -> None:
    address = path("delegate_replace", organisation, registration=delegate.code)
    told: dict[str, Any] = {
        "email": "new@example.org",
        "given_name": "Жаңа",
        "languages": ["kk"],
        "language": "kk",
        "reason": "Ауырып қалды",
    }
    assert contact_client.post(address, told).status_code == 422
    assert contact_client.post(address, told | {"declared": "on"}).status_code == 302
    assert Registration.objects.get(replaces=delegate).person.email == "new@example.org"


@pytest.mark.usefixtures("edition")
def test_inviting_by_the_page(contact_client: Client, organisation: Organisation) -> None:
    address = path("delegates_invite", organisation)
    told = {"language": "kk", "category": "ngo"}
    many = "\n".join(f"a{n}@example.org" for n in range(21))
    for typed in ("", "not an e-mail", "a@example.org\0", many):
        assert contact_client.post(address, told | {"addresses": typed}).status_code == 422
    done = contact_client.post(address, told | {"addresses": "a@example.org, B@example.org"})
    assert done.status_code == 302
    page = text(contact_client.get(path("delegation", organisation)))
    assert "a@example.org" in page
    assert "b@example.org" in page
    again = contact_client.post(address, told | {"addresses": "a@example.org"})
    assert again.status_code == 409


def test_an_invitation_is_withdrawn_by_the_page(
    contact_client: Client,
    contact: User,
    organisation: Organisation,
    invitation: DelegateInvitation,
) -> None:
    code = {"invitation": invitation.code}
    again = contact_client.post(path("delegate_invite_again", organisation, **code), follow=True)
    assert "The letter was sent today already." in text(again)
    contact_client.post(path("delegate_invite_withdraw", organisation, **code))
    invitation.refresh_from_db()
    assert invitation.ended_by == contact


QUERIES = 10


@pytest.fixture
def invitation(
    edition: Edition, organisation: Organisation, contact: User, now: dt.datetime
) -> DelegateInvitation:
    (made,) = inviting.invite(
        edition, organisation, addresses=["a@example.org"], language="kk", category="ngo",
        by=contact, now=now,
    )  # fmt: skip
    return made


@pytest.mark.usefixtures("invitation", "named")
@pytest.mark.parametrize("count", [1, 3, 500])
def test_the_list_asks_the_same_for_any_number_of_delegates(
    contact_client: Client,
    edition: Edition,
    organisation: Organisation,
    enrol: Registrar,
    count: int,
) -> None:
    Edition.objects.filter(pk=edition.pk).update(capacity=1, organisation_cap=1)
    enrol(rows(1))
    _line_up(edition, organisation, count - 1)
    address = path("delegation", organisation)
    contact_client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert contact_client.get(address).status_code == 200
    assert len(asked) == QUERIES


def _line_up(edition: Edition, organisation: Organisation, count: int) -> None:
    """Let many more wait for a place."""
    people = User.objects.bulk_create(
        User(email=f"b{n}@example.org", given_name=f"B {n}") for n in range(count)
    )
    since = edition.published_at
    Registration.objects.bulk_create(
        Registration(
            edition=edition,
            person=person,
            code=f"B{place:05}",
            organisation=organisation,
            region=organisation.region,
            category="ngo",
            languages=["kk"],
            registered_at=since,
            waiting_since=since,
        )
        for place, person in enumerate(people)
    )


def test_a_colleague_sees_the_same_list(
    organisation: Organisation, delegate: Registration, contact: User
) -> None:
    colleague = speaks_for(organisation, "colleague2")
    client = Client()
    client.force_login(colleague)
    page = text(client.get(path("delegation", organisation)))
    assert "Үлгі Делегат-1" in page
    assert delegate.registered_by == contact
    actions.cancel_delegate(delegate, by=colleague, reason="Келмейді", now=delegate.started_at)
