"""What a contact does with one delegate: endorses, denies, cancels, replaces."""

import datetime as dt

import pytest

from accounts.models import Consent, ConsentText, Organisation, Purpose, User
from forum.delegations import actions
from forum.delegations.errors import (
    CannotBeRegistered,
    EndorsedAlready,
    NotEndorsed,
    NotYourDelegation,
)
from forum.models import (
    CategoryRule,
    Edition,
    EndorsementDenial,
    Letter,
    Nomination,
    Registration,
    Status,
)
from forum.registrations import actions as registrations
from forum.registrations.errors import AlreadyCancelled, HasArrived

from .conftest import Registrar, end_contact_of, row, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(edition: Edition, organisation: Organisation, now: dt.datetime) -> Registration:
    """Somebody who named the organisation by themselves."""
    person = User.objects.create_user("self@example.org", given_name="Өзі", language="ru")
    return registrations.register(
        edition,
        person=person,
        category="ngo",
        organisation=organisation,
        languages=["kk"],
        needs=[],
        needs_note="",
        job_title="",
        consents=ConsentText.objects.current().filter(purpose=Purpose.PROCESSING),
        now=now,
    )


def test_an_endorsement_is_the_approval_where_the_category_says_so(
    edition: Edition, organisation: Organisation, contact: User, now: dt.datetime
) -> None:
    CategoryRule.objects.create(edition=edition, category="ngo", approval="contact")
    person = User.objects.create_user("self@example.org")
    mine = registrations.register(
        edition,
        person=person,
        category="ngo",
        organisation=organisation,
        languages=["kk"],
        needs=[],
        needs_note="",
        job_title="",
        consents=ConsentText.objects.current().filter(purpose=Purpose.PROCESSING),
        now=now,
    )
    assert mine.status == Status.AWAITING
    endorsed = actions.endorse(mine, by=contact, now=now)
    assert (endorsed.status, endorsed.endorsed_by, endorsed.approved_by) == (
        Status.CONFIRMED, contact, contact,
    )  # fmt: skip


def test_a_denial_cancels_nothing(named: Registration, contact: User, now: dt.datetime) -> None:
    denial = actions.deny(named, by=contact, reason="Бізден емес", now=now)
    named.refresh_from_db()
    assert (denial.denied_by, denial.reason) == (contact, "Бізден емес")
    assert named.status == Status.CONFIRMED


def test_a_second_denial_changes_the_reason_of_the_first(
    named: Registration, contact: User, now: dt.datetime
) -> None:
    for reason in ("Бізден емес", "Танымаймыз"):
        actions.deny(named, by=contact, reason=reason, now=now)
    assert list(EndorsementDenial.objects.values_list("reason", flat=True)) == ["Танымаймыз"]


def test_an_endorsement_takes_a_denial_back(
    named: Registration, contact: User, now: dt.datetime
) -> None:
    denial = actions.deny(named, by=contact, reason="Бізден емес", now=now)
    actions.endorse(named, by=contact, now=now)
    denial.refresh_from_db()
    assert denial.withdrawn_at == now
    with pytest.raises(EndorsedAlready):
        actions.deny(named, by=contact, reason="Бізден емес", now=now)


def test_who_is_not_endorsed_is_neither_cancelled_nor_replaced(
    named: Registration, contact: User, now: dt.datetime
) -> None:
    with pytest.raises(NotEndorsed):
        actions.cancel_delegate(named, by=contact, reason="Келмейді", now=now)
    with pytest.raises(NotEndorsed):
        actions.replace_delegate(named, row(9), by=contact, reason="Келмейді", now=now)
    named.refresh_from_db()
    assert named.is_live


def test_cancelling_gives_the_place_to_the_next_and_says_who_and_why(
    enrol: Registrar, edition: Edition, contact: User, now: dt.datetime
) -> None:
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=1)
    first, second = enrol(rows(2))
    actions.cancel_delegate(first, by=contact, reason="Ауырып қалды", now=now)
    second.refresh_from_db()
    assert second.status == Status.CONFIRMED
    letter = Letter.objects.get(kind="cancelled")
    assert letter.to_address == "d1@example.org"
    assert "Кім жойды: Contact." in letter.text
    assert "Себебі: Ауырып қалды" in letter.text


@pytest.mark.usefixtures("colleague")
def test_a_substitute_takes_the_place_and_is_written_to(
    enrol: Registrar, contact: User, now: dt.datetime
) -> None:
    (old,) = enrol(rows(1))
    new = actions.replace_delegate(old, row(9), by=contact, reason="Ауырып қалды", now=now)
    old.refresh_from_db()
    assert (old.status, new.status, new.replaces) == (Status.CANCELLED, Status.CONFIRMED, old)
    assert Nomination.objects.get(registration=new).email == "d9@example.org"
    assert Consent.objects.get(person=new.person).declared_by == contact
    told = Letter.objects.exclude(kind__startswith="contact_").exclude(pk=0).order_by("pk")
    assert set(told.values_list("to_address", "kind")) >= {
        ("d1@example.org", "cancelled"),
        ("d9@example.org", "confirmed"),
        ("colleague@example.org", "delegate_replaced"),
    }


def test_colleagues_read_in_their_language_who_was_replaced_but_not_who_did_it(
    enrol: Registrar, colleague: User, contact: User, now: dt.datetime
) -> None:
    (old,) = enrol(rows(1))
    actions.replace_delegate(old, row(9), by=contact, reason="Ауырып қалды", now=now)
    letter = Letter.objects.get(kind="delegate_replaced")
    assert (letter.recipient, letter.language) == (colleague, "ru")
    assert letter.subject == "Замена делегата: Үлгі Делегат-1 → Үлгі Делегат-9"


def test_who_is_registered_already_replaces_nobody(
    enrol: Registrar, contact: User, now: dt.datetime
) -> None:
    first, _second = enrol(rows(2))
    with pytest.raises(CannotBeRegistered):
        actions.replace_delegate(first, row(2), by=contact, reason="Ауырып қалды", now=now)
    first.refresh_from_db()
    assert first.is_live


def test_who_has_arrived_is_not_cancelled(
    enrol: Registrar, contact: User, now: dt.datetime
) -> None:
    (one,) = enrol(rows(1))
    Registration.objects.filter(pk=one.pk).update(arrived_at=now)
    with pytest.raises(HasArrived):
        actions.cancel_delegate(one, by=contact, reason="Келмейді", now=now)


def test_who_cancelled_by_themselves_is_not_cancelled_again(
    enrol: Registrar, contact: User, now: dt.datetime
) -> None:
    (one,) = enrol(rows(1))
    registrations.cancel(one, by=one.person, reason="", now=now)
    with pytest.raises(AlreadyCancelled):
        actions.cancel_delegate(one, by=contact, reason="Келмейді", now=now)


@pytest.mark.parametrize("who", ["outsider", "contact", "colleague"])
def test_strangers_and_former_contacts_do_nothing(
    request: pytest.FixtureRequest, named: Registration, who: str, now: dt.datetime
) -> None:
    person = request.getfixturevalue(who)
    if who != "outsider":
        end_contact_of(person)
    with pytest.raises(NotYourDelegation):
        actions.endorse(named, by=person, now=now)
    with pytest.raises(NotYourDelegation):
        actions.deny(named, by=person, reason="Бізден емес", now=now)
    with pytest.raises(NotYourDelegation):
        actions.cancel_delegate(named, by=person, reason="Бізден емес", now=now)


def test_who_named_another_organisation_meanwhile_is_not_endorsed(
    named: Registration, contact: User, other_organisation: Organisation, now: dt.datetime
) -> None:
    registrations.change(named, by=named.person, organisation=other_organisation, now=now)
    with pytest.raises(NotYourDelegation):
        actions.endorse(named, by=contact, now=now)
