"""A contact registers several people: all or nobody, and says of each why not."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import is_password_usable

from accounts.models import Consent, ConsentText, Organisation, Purpose, User
from accounts.privacy.actions import agree, withdraw
from forum.delegations.errors import NobodyToRegister, NotYourDelegation, OutOfDate, RowsRefused
from forum.delegations.foreseeing import Fate, foresee
from forum.models import CategoryRule, Edition, Letter, Nomination, Quota, Registration, Status
from forum.registrations import actions
from forum.registrations.errors import NotOpen

from .conftest import Registrar, end_contact_of, row, rows

pytestmark = pytest.mark.django_db
CANNOT = "Бұл адам тіркеліп қойған немесе оны тіркеу мүмкін емес. Толығырақ оның өзі айта алады."


def statuses(registrations: list[Registration]) -> list[str]:
    return [str(Registration.objects.get(pk=one.pk).status) for one in registrations]


def refusals(enrol: Registrar, *people: object) -> dict[int, str]:
    with pytest.raises(RowsRefused) as refused:
        enrol(list(people))
    return refused.value.rows


def test_five_are_registered_endorsed_and_written_to(
    enrol: Registrar, contact: User, organisation: Organisation
) -> None:
    made = enrol(rows(5))
    assert statuses(made) == [Status.CONFIRMED] * 5
    assert {(one.organisation, one.registered_by, one.endorsed_by) for one in made} == {
        (organisation, contact, contact)
    }
    letters = Letter.objects.exclude(recipient=contact).order_by("pk")
    assert list(letters.values_list("to_address", "kind")) == [
        (f"d{number}@example.org", "confirmed") for number in range(1, 6)
    ]


def test_a_new_person_gets_an_account_without_a_password(enrol: Registrar) -> None:
    enrol([row(latin_name="Ulgi Delegat", phone="+77010000001", language="ru")])
    person = User.objects.get(email="d1@example.org")
    told = person.family_name, person.given_name, person.latin_name, person.phone, person.language
    assert told == ("Үлгі", "Делегат-1", "Ulgi Delegat", "+77010000001", "ru")
    assert not is_password_usable(person.password)


def test_the_letter_says_in_the_persons_language_who_registered_them(enrol: Registrar) -> None:
    enrol([row(language="ru")])
    letter = Letter.objects.get(to_address="d1@example.org")
    said = "Вас зарегистрировали делегатом организации: ОФ «Пример-07». Кто это сделал: Contact."
    assert letter.language == "ru"
    assert said in letter.text
    assert said in letter.html
    assert "Мы отправим код; пароль не нужен." in letter.text


def test_the_consent_names_the_contact_who_declared_it(enrol: Registrar, contact: User) -> None:
    enrol(rows(2))
    consents = Consent.objects.filter(text__purpose=Purpose.PROCESSING)
    told = set(consents.values_list("person__email", "method", "declared_by"))
    assert told == {(f"d{n}@example.org", "contact", contact.pk) for n in (1, 2)}


def test_an_account_that_is_there_stays_as_it_is(enrol: Registrar) -> None:
    known = User.objects.create_user("d1@example.org", given_name="Шын", language="en", phone="")
    made = enrol([row(phone="+77010000001", language="kk")])[0]
    known.refresh_from_db()
    assert made.person == known
    assert (known.given_name, known.language, known.phone) == ("Шын", "en", "")
    assert Nomination.objects.get(registration=made).full_name == "Үлгі Делегат-1"


def test_an_own_consent_is_not_declared_again(enrol: Registrar, now: dt.datetime) -> None:
    known = User.objects.create_user("d1@example.org")
    texts = ConsentText.objects.current().filter(purpose=Purpose.PROCESSING)
    agree(known, texts=texts, language="kk", method=Consent.Method.FORM, now=now)
    enrol([row()])
    assert list(Consent.objects.values_list("method", "declared_by")) == [("form", None)]


def test_who_is_registered_already_is_refused_without_a_word_on_how(
    enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    registered = User.objects.create_user("d1@example.org")
    actions.register(
        edition,
        person=registered,
        category="guest",
        organisation=None,
        languages=["kk"],
        needs=[],
        needs_note="",
        job_title="",
        consents=ConsentText.objects.current().filter(purpose=Purpose.PROCESSING),
        now=now,
    )
    User.objects.create_user("d2@example.org", is_active=False)
    gone = User.objects.create_user("d3@example.org")
    texts = ConsentText.objects.current().filter(purpose=Purpose.PROCESSING)
    agree(gone, texts=texts, language="kk", method=Consent.Method.FORM, now=now)
    withdraw(gone, purpose=Purpose.PROCESSING, now=now)
    assert refusals(enrol, *rows(4)) == dict.fromkeys([1, 2, 3], CANNOT)
    assert Registration.objects.count() == 1
    assert not User.objects.filter(email="d4@example.org").exists()


def test_a_draft_of_the_person_becomes_the_registration(
    enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    person = User.objects.create_user("d1@example.org")
    draft = actions.save_draft(edition, person=person, now=now, category="guest")
    made = enrol([row()])[0]
    assert (made.pk, made.category, statuses([made])) == (draft.pk, "ngo", ["confirmed"])


def test_registering_the_same_again_is_refused_and_changes_nothing(enrol: Registrar) -> None:
    enrol(rows(2))
    refused = refusals(enrol, *rows(3))
    assert set(refused) == {1, 2}
    assert len(set(refused.values())) == 1
    assert Registration.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "number"),
    [({"email": "D1@example.org", "given_name": "Басқа"}, 2), ({"given_name": "делегат-1"}, 2)],
)
def test_doubles_within_the_rows_are_refused(
    enrol: Registrar, fields: dict[str, object], number: int
) -> None:
    assert set(refusals(enrol, row(1), row(number, **fields))) == {2}


def test_a_name_of_the_list_in_another_spelling_is_refused(enrol: Registrar) -> None:
    enrol([row(family_name="Нұрғалиева", given_name="Үлгі")])
    namesake = row(2, family_name="Нургалиева", given_name="Улги")
    assert set(refusals(enrol, namesake)) == {2}
    enrol([row(2, family_name="Нургалиева", given_name="Улги", is_another=True)])
    assert Registration.objects.count() == 2


def test_beyond_the_organisations_places_they_wait(
    enrol: Registrar, edition: Edition, organisation: Organisation
) -> None:
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=3)
    made = enrol(rows(5))
    assert statuses(made) == ["confirmed"] * 3 + ["waiting"] * 2
    quota = Quota.objects.get(organisation=organisation)
    assert (quota.places, quota.taken) == (3, 3)


def test_what_is_foreseen_comes_to_pass(
    enrol: Registrar, edition: Edition, organisation: Organisation, now: dt.datetime
) -> None:
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=6, capacity=5)
    Quota.objects.create(edition=edition, category="guest", places=1)
    Quota.objects.create(edition=edition, category="ngo", region=organisation.region, places=3)
    CategoryRule.objects.create(edition=edition, category="republican", approval="organisers")
    edition.refresh_from_db()
    categories = ["ngo", "guest", "guest", "ngo", "republican", "ngo", "ngo", "guest"]
    people = [row(n, category=one) for n, one in enumerate(categories, start=1)]
    forecast = foresee(edition, organisation, people, region=None, now=now)
    made = enrol(people, shown=forecast.digest)
    words = {Fate.PLACE: "confirmed", Fate.LINE: "waiting", Fate.APPROVAL: "awaiting"}
    assert statuses(made) == [words[one.fate] for one in forecast.each]
    assert statuses(made).count("confirmed") == 4


def test_a_forecast_that_no_longer_holds_is_refused(
    enrol: Registrar, edition: Edition, organisation: Organisation, now: dt.datetime
) -> None:
    forecast = foresee(edition, organisation, rows(2), region=None, now=now)
    Edition.objects.filter(pk=edition.pk).update(organisation_cap=1)
    with pytest.raises(OutOfDate):
        enrol(rows(2), shown=forecast.digest)
    assert Registration.objects.count() == 0


def test_a_contacts_word_is_enough_where_the_category_says_so(
    enrol: Registrar, edition: Edition
) -> None:
    CategoryRule.objects.create(edition=edition, category="ngo", approval="contact")
    assert statuses(enrol(rows(1))) == ["confirmed"]


def test_a_closed_category_and_one_of_other_bodies_are_refused(
    enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    CategoryRule.objects.create(edition=edition, category="guest", closed_at=now)
    assert set(refusals(enrol, row(1, category="guest"), row(2, category="state"))) == {1, 2}


def test_a_region_must_be_known_where_places_are_kept_by_it(
    enrol: Registrar, edition: Edition, organisation: Organisation
) -> None:
    region = organisation.region
    Organisation.objects.filter(pk=organisation.pk).update(region=None)
    organisation.refresh_from_db()
    Quota.objects.create(edition=edition, category="ngo", region=region, places=3)
    assert set(refusals(enrol, row(1))) == {1}
    assert enrol([row(1)], region=region)[0].region == region


def test_nobody_is_registered_by_who_no_longer_speaks_for_the_organisation(
    enrol: Registrar, contact: User
) -> None:
    end_contact_of(contact)
    with pytest.raises(NotYourDelegation):
        enrol(rows(1))
    assert not User.objects.filter(email="d1@example.org").exists()


def test_a_contact_of_another_organisation_is_refused(enrol: Registrar, outsider: User) -> None:
    with pytest.raises(NotYourDelegation):
        enrol(rows(1), by=outsider)


def test_no_rows_are_refused(enrol: Registrar) -> None:
    with pytest.raises(NobodyToRegister):
        enrol([])


def test_outside_the_window_nobody_is_registered(
    enrol: Registrar, edition: Edition, now: dt.datetime
) -> None:
    Edition.objects.filter(pk=edition.pk).update(registration_closes_at=now)
    with pytest.raises(NotOpen):
        enrol(rows(1))
