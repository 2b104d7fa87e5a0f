"""Digests to contacts and organisers, letters about being a contact, and merged organisations."""

import datetime as dt
from collections.abc import Callable

import pytest

from accounts.contacts import actions as contacts
from accounts.models import Consent, ConsentText, Organisation, Purpose, User
from accounts.organisations.merging import merge
from forum.delegations import actions, inviting
from forum.delegations.planners import endorsements_asked, endorsements_denied
from forum.mailing.planning import carry_out
from forum.models import DelegateInvitation, Edition, Letter, Organiser, Registration
from forum.registrations import actions as registrations

from .conftest import end_contact_of, speaks_for

pytestmark = pytest.mark.django_db
SECONDS, HOUR, DAY = dt.timedelta(seconds=20), dt.timedelta(hours=1), dt.timedelta(days=1)
Names = Callable[..., Registration]


@pytest.fixture
def ten(now: dt.datetime, edition: Edition) -> dt.datetime:
    """Ten in the morning, where the forum is held."""
    tomorrow = now.astimezone(edition.zone) + DAY
    return tomorrow.replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def names(edition: Edition, organisation: Organisation) -> Names:
    """Let somebody register who names the organisation."""

    def register(name: str, at: dt.datetime) -> Registration:
        return registrations.register(
            edition,
            person=User.objects.create_user(f"{name}@example.org", given_name=name.title()),
            category="ngo",
            organisation=organisation,
            languages=["kk"],
            needs=[],
            needs_note="",
            job_title="",
            consents=ConsentText.objects.current().filter(purpose=Purpose.PROCESSING),
            method=Consent.Method.FORM,
            now=at,
        )

    return register


def plan(now: dt.datetime) -> list[Letter]:
    """Let the planners run at `now`; return what they wrote."""
    before = set(Letter.objects.values_list("pk", flat=True))
    carry_out([endorsements_asked, endorsements_denied], now=now)
    return list(Letter.objects.exclude(pk__in=before).order_by("pk"))


def test_the_first_who_names_the_organisation_is_told_at_once(
    names: Names, contact: User, ten: dt.datetime
) -> None:
    names("aidos", ten)
    (letter,) = plan(ten + SECONDS)
    assert (letter.recipient, letter.kind) == (contact, "endorsement_asked")
    assert "- Aidos" in letter.text


def test_those_after_are_told_together_the_next_morning(
    names: Names, contact: User, ten: dt.datetime
) -> None:
    names("aidos", ten)
    plan(ten + SECONDS)
    names("berik", ten + HOUR)
    names("dina", ten + 2 * HOUR)
    assert plan(ten + 3 * HOUR) == []
    assert plan(ten + DAY - 2 * HOUR) == []
    (letter,) = plan(ten + DAY - HOUR)
    assert letter.recipient == contact
    assert [name in letter.text for name in ("Aidos", "Berik", "Dina")] == [True] * 3


def test_nothing_new_is_no_letter(names: Names, contact: User, ten: dt.datetime) -> None:
    names("aidos", ten)
    assert len(plan(ten + SECONDS)) == 1
    assert plan(ten + 2 * DAY) == []
    assert contact.letters.filter(kind="endorsement_asked").count() == 1


def test_who_is_endorsed_or_denied_is_not_asked_about(
    names: Names, contact: User, ten: dt.datetime
) -> None:
    actions.endorse(names("aidos", ten), by=contact, now=ten)
    actions.deny(names("berik", ten), by=contact, reason="Бізден емес", now=ten)
    assert [one.kind for one in plan(ten + SECONDS)] == []


def test_what_is_not_settled_yet_is_left_to_the_next_run_and_told_once(
    names: Names, contact: User, ten: dt.datetime
) -> None:
    names("aidos", ten)
    assert plan(ten + dt.timedelta(seconds=5)) == []
    assert [one.recipient for one in plan(ten + SECONDS)] == [contact]
    assert plan(ten + DAY) == []


def test_a_contact_of_another_organisation_and_a_former_one_hear_nothing(
    names: Names, contact: User, outsider: User, ten: dt.datetime
) -> None:
    end_contact_of(contact)
    names("aidos", ten)
    assert plan(ten + SECONDS) == []
    assert not outsider.letters.filter(kind="endorsement_asked").exists()


def test_each_contact_reads_in_their_language(
    names: Names, contact: User, colleague: User, ten: dt.datetime
) -> None:
    names("aidos", ten)
    told = {one.recipient: one.language for one in plan(ten + SECONDS)}
    assert told == {contact: "kk", colleague: "ru"}


def test_organisers_read_whom_organisations_deny(
    names: Names, contact: User, edition: Edition, ten: dt.datetime
) -> None:
    organiser = User.objects.create_user("organiser@example.org", language="ru")
    Organiser.objects.create(edition=edition, person=organiser)
    helper = User.objects.create_user("door@example.org")
    Organiser.objects.create(edition=edition, person=helper, role="check_in")
    denied = names("aidos", ten)
    actions.deny(denied, by=contact, reason="Бізден емес", now=ten)
    (letter,) = plan(ten + SECONDS)
    assert (letter.recipient, letter.kind) == (organiser, "endorsement_denied")
    assert f"- Aidos ({denied.code}), ОФ «Пример-07»: Бізден емес" in letter.text
    assert plan(ten + HOUR) == []
    assert plan(ten + DAY) == []


def test_colleagues_are_asked_about_a_new_contact(
    contact: User, organisation: Organisation, now: dt.datetime
) -> None:
    person = User.objects.create_user("new@example.org", given_name="Жаңа")
    contacts.ask_to_be_contact(organisation, person=person, message="Хатшы", now=now)
    letter = Letter.objects.get(kind="contact_asked")
    assert letter.recipient == contact
    assert f"/kk/accounts/organisations/{organisation.code}/people/" in letter.text
    assert "Хатшы" in letter.text


def test_who_is_confirmed_reads_what_they_may_do(
    edition: Edition, organisation: Organisation
) -> None:
    person = speaks_for(organisation, "new", "ru")
    letter = Letter.objects.get(kind="contact_confirmed")
    assert (letter.recipient, letter.edition) == (person, edition)
    assert letter.subject == "Вы контактное лицо: ОФ «Пример-07»"
    assert f"/ru/12/delegation/{organisation.code}/" in letter.text


def test_without_a_current_edition_the_letter_comes_from_the_site(
    organisation: Organisation,
) -> None:
    speaks_for(organisation, "new")
    letter = Letter.objects.get(kind="contact_confirmed")
    assert letter.edition is None
    assert f"/kk/accounts/organisations/{organisation.code}/people/" in letter.text


def test_who_is_declined_or_ended_reads_why(
    contact: User, organisation: Organisation, now: dt.datetime
) -> None:
    person = User.objects.create_user("new@example.org")
    asked = contacts.ask_to_be_contact(organisation, person=person, message="", now=now)
    contacts.decline_contact(asked, by=contact, reason="Танымаймыз", now=now)
    letter = Letter.objects.get(kind="contact_ended")
    assert letter.recipient == person
    assert "бірақ расталмадыңыз" in letter.text
    assert "Себебі: Танымаймыз" in letter.text


def test_who_ends_it_themselves_needs_no_letter(
    contact: User, organisation: Organisation, now: dt.datetime
) -> None:
    own = organisation.contacts.get(person=contact)
    contacts.end_contact(own, by=contact, reason="", now=now)
    assert not Letter.objects.filter(kind="contact_ended").exists()


@pytest.fixture
def both(
    edition: Edition, organisation: Organisation, other_organisation: Organisation
) -> list[User]:
    """The contacts of two organisations, each of which invites one e-mail, and one of its own."""
    people = [speaks_for(organisation, "here"), speaks_for(other_organisation, "there")]
    for body, by in zip((organisation, other_organisation), people, strict=True):
        inviting.invite(
            edition, body, addresses=["a@example.org", f"of-{by.email}"], language="kk",
            category="ngo", by=by, now=by.date_joined,
        )  # fmt: skip
    return people


@pytest.mark.usefixtures("both")
def test_merged_organisations_keep_one_invitation_an_e_mail(
    organisation: Organisation, other_organisation: Organisation, now: dt.datetime
) -> None:
    clerk = User.objects.get(email="clerk@example.org")
    merge(organisation, gone=[other_organisation], by=clerk, reason="Қос жазба", now=now)
    left = DelegateInvitation.objects.open()
    assert {one.organisation for one in left} == {organisation}
    assert sorted(left.values_list("email", flat=True)) == [
        "a@example.org", "of-here@example.org", "of-there@example.org",
    ]  # fmt: skip
