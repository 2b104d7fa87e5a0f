"""Writing a registration down for somebody, and changing one, at the desk."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import Consent, Region, User
from accounts.organisations.models import Organisation
from forum.approval.history import history_of
from forum.models import CategoryRule, Edition, Quota, Registration, Status

from .conftest import LIST, Enrol, standing

pytestmark = pytest.mark.django_db
NEW = f"{LIST}new/"
TOLD: dict[str, object] = {
    "email": "Jana@example.org",
    "family_name": "Жаңаұлы",
    "given_name": "Үлгі",
    "patronymic": "",
    "language": "kk",
    "phone": "8 701 000 00 00",
    "category": "ngo",
    "job_title": "төраға",
    "languages": ["kk", "ru"],
    "consent": "on",
}


def test_somebody_new_is_registered_and_approved_by_it(
    desk: Client, body: Organisation, organiser: User
) -> None:
    answer = desk.post(NEW, TOLD | {"organisation": str(body.pk)})
    made = Registration.objects.get()
    assert answer["Location"] == f"{LIST}{made.code}/"
    assert (made.status, made.approved_by, made.registered_by) == (
        Status.CONFIRMED,
        organiser,
        organiser,
    )
    assert (made.person.email, made.person.phone, made.person.language) == (
        "jana@example.org",
        "+77010000000",
        "kk",
    )
    assert made.region == body.region
    assert Consent.objects.get(person=made.person).method == Consent.Method.DESK
    assert not made.person.has_usable_password()


@pytest.mark.usefixtures("edition")
def test_it_works_outside_the_window_and_in_a_closed_category_and_says_so(
    desk: Client, body: Organisation, now: dt.datetime
) -> None:
    Edition.objects.update(registration_closes_at=now - dt.timedelta(days=1))
    CategoryRule.objects.update(closed_at=now - dt.timedelta(days=1))
    answer = desk.post(NEW, TOLD | {"organisation": str(body.pk)})
    assert standing() == ["confirmed"]
    assert "Registration is closed to delegates" in desk.get(answer["Location"]).text


def test_who_is_known_is_found_by_the_e_mail(
    desk: Client, body: Organisation, people: list[User]
) -> None:
    told = TOLD | {"organisation": str(body.pk), "email": "P01@example.org", "given_name": "нур"}
    desk.post(NEW, told | {"family_name": ""})
    assert Registration.objects.get().person == people[0]
    people[0].refresh_from_db()
    assert people[0].family_name == "Үлгіұлы-01"


def test_the_e_mail_of_another_name_is_refused(
    desk: Client, body: Organisation, people: list[User]
) -> None:
    told = TOLD | {"organisation": str(body.pk), "email": people[0].email, "given_name": "Басқа"}
    answer = desk.post(NEW, told)
    assert answer.status_code == 422
    assert "Somebody of another name has this e-mail" in answer.text
    assert people[0].family_name not in answer.text


def test_who_is_registered_already_is_named(desk: Client, people: list[User], enrol: Enrol) -> None:
    mine = enrol(people[0])
    told = TOLD | {"organisation": "none", "email": people[0].email, "given_name": "Нұр"}
    answer = desk.post(NEW, told | {"category": "guest"})
    assert answer.status_code == 422
    assert f"{mine.person} is registered for this edition already." in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent": ""},
        {"email": "nobody"},
        {"email": "a@example.org\0"},
        {"given_name": "\0"},
        {"given_name": ""},
        {"languages": []},
        {"category": "nobody"},
        {"phone": "12"},
        {"organisation": ""},
        {"organisation": "99999999999999999999999999"},
        {"job_title": "а" * 151},
        {"region": "\0"},
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_added(
    desk: Client, body: Organisation, wrong: dict[str, object]
) -> None:
    answer = desk.post(NEW, TOLD | {"organisation": str(body.pk)} | wrong)
    assert answer.status_code == 422
    assert answer.text.count('class="note note-error" role="alert"') == 1
    assert User.objects.count() == 1
    assert Registration.objects.count() == 0


def test_nobody_is_added_where_the_registration_is_refused(
    desk: Client, edition: Edition, body: Organisation
) -> None:
    Organisation.objects.update(region=None)
    Quota.objects.create(edition=edition, category="ngo", region_id=1, places=3)
    answer = desk.post(NEW, TOLD | {"organisation": str(body.pk)})
    assert answer.status_code == 422
    assert User.objects.count() == 1


def test_looking_for_an_organisation_keeps_what_was_typed(desk: Client, body: Organisation) -> None:
    answer = desk.post(NEW, TOLD | {"find": "1", "organisation_search": "улги"})
    assert answer.status_code == 200
    assert str(body) in answer.text
    assert 'value="Жаңаұлы"' in answer.text
    assert answer.text.count('role="alert"') == 0


def test_what_is_told_is_changed_and_the_history_says_by_whom(
    desk: Client, five: list[Registration], organiser: User, body: Organisation
) -> None:
    page = f"{LIST}{five[0].code}/change/"
    Registration.objects.filter(pk=five[0].pk).update(needs=["wheelchair"], needs_note="Пандус")
    assert "wheelchair" not in desk.get(page).text
    told = {"category": "ngo", "languages": ["ru"], "job_title": "", "organisation": str(body.pk)}
    assert desk.post(page, told)["Location"] == f"{LIST}{five[0].code}/"
    changed = Registration.objects.get(pk=five[0].pk)
    assert (changed.organisation, changed.languages, changed.needs) == (
        body,
        ["ru"],
        ["wheelchair"],
    )
    assert history_of(changed)[0].by == organiser


def test_a_full_quota_refuses_the_change_of_who_holds_a_place(
    desk: Client, people: list[User], enrol: Enrol, edition: Edition
) -> None:
    mine = enrol(people[0], category="guest")
    astana = Region.objects.get(code="KZ-71")
    Quota.objects.create(edition=edition, region=astana, places=0)
    told = {"category": "guest", "languages": ["ru"], "region": astana.pk, "organisation": "none"}
    answer = desk.post(f"{LIST}{mine.code}/change/", told)
    assert answer.status_code == 422
    assert "No place is free in the quota “Astana”" in answer.text


def test_who_has_ended_is_not_changed(desk: Client, five: list[Registration]) -> None:
    Registration.objects.filter(pk=five[0].pk).update(cancelled_at=dt.datetime.now(dt.UTC))
    assert desk.get(f"{LIST}{five[0].code}/change/").status_code == 404


def test_others_write_nothing_down(client: Client, five: list[Registration]) -> None:
    client.force_login(five[0].person)
    for page in (NEW, f"{LIST}{five[1].code}/change/"):
        assert (client.get(page).status_code, client.post(page, TOLD).status_code) == (404, 404)
    assert Registration.objects.count() == 5
