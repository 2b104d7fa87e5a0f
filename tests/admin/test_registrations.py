"""Registrations change by the actions alone: places hold, and refusals are sentences."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import translation

from accounts.models import Consent, Organisation, User
from forum.models import Edition, Registration

from .conftest import enrol

pytestmark = pytest.mark.django_db
LIST = "/admin/forum/registration/"


@pytest.fixture(autouse=True)
def english(client: Client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def one_place(edition: Edition) -> Edition:
    edition.capacity = 1
    edition.save(update_fields=["capacity"])
    return edition


def act(client: Client, action: str, *rows: Registration, **fields: str):
    return client.post(
        LIST, {"action": action, "_selected_action": [row.pk for row in rows], "index": 0, **fields}
    )


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def form(edition: Edition, person: User, body: Organisation) -> dict[str, object]:
    return {
        "edition": edition.pk,
        "person": person.pk,
        "organisation": body.pk,
        "category": "ngo",
        "languages": ["kk", "ru"],
        "consent": "on",
    }


def test_adding_registers_and_keeps_the_consent_of_the_desk(clerk: Client, edition: Edition):
    person = User.objects.create_user("new@example.org", given_name="New")
    body = Organisation.objects.create(name_kk="Ұйым")
    response = clerk.post(f"{LIST}add/", form(edition, person, body))
    made = Registration.objects.get()
    edition.refresh_from_db()
    assert response.status_code == 302
    assert (made.person, made.organisation, made.status) == (person, body, "confirmed")
    assert edition.places_taken == 1
    assert Consent.objects.get().method == Consent.Method.DESK


def test_adding_past_capacity_waits(clerk: Client, one_place: Edition, now: dt.datetime):
    enrol(one_place, 1, now)
    person = User.objects.create_user("new@example.org", given_name="New")
    body = Organisation.objects.create(name_kk="Ұйым")
    clerk.post(f"{LIST}add/", form(one_place, person, body))
    assert Registration.objects.get(person=person).status == "waiting"


def test_adding_a_person_twice_shows_the_sentence_and_writes_nothing(
    clerk: Client, edition: Edition, now: dt.datetime
):
    mine = enrol(edition, 1, now)
    response = clerk.post(f"{LIST}add/", form(edition, mine.person, mine.organisation))  # type: ignore[arg-type]
    sentence = f"{mine.person} is registered for this edition already."
    assert sentence in response.content.decode()
    assert Registration.objects.count() == 1


@pytest.mark.parametrize("closed_for", [dt.timedelta(days=-20), dt.timedelta(hours=1)])
def test_staff_add_people_before_and_after_the_window(
    clerk: Client, edition: Edition, now: dt.datetime, closed_for: dt.timedelta
):
    """Minus twenty days: it opens then; an hour: since then it is closed."""
    Edition.objects.update(
        registration_opens_at=now - closed_for - dt.timedelta(days=1),
        registration_closes_at=now - closed_for,
    )
    person = User.objects.create_user("new@example.org", given_name="New")
    body = Organisation.objects.create(name_kk="Ұйым")
    response = clerk.post(f"{LIST}add/", form(edition, person, body))
    assert Registration.objects.get().person == person
    assert said(response)[0] == (
        "Registration is closed to delegates; New is registered all the same."
    )


def test_staff_add_nobody_to_an_archived_edition(clerk: Client, edition: Edition, now: dt.datetime):
    Edition.objects.update(archived_at=now, current_since=None)
    person = User.objects.create_user("new@example.org", given_name="New")
    body = Organisation.objects.create(name_kk="Ұйым")
    response = clerk.post(f"{LIST}add/", form(edition, person, body))
    assert "This edition is over" in response.content.decode()
    assert Registration.objects.count() == 0


def test_the_form_begins_with_the_edition_of_the_home_page(clerk: Client, edition: Edition):
    form = clerk.get(f"{LIST}add/").context["adminform"].form
    assert form["edition"].value() == edition.pk


def test_the_form_says_that_staff_may_add_people_after_closing(clerk: Client):
    assert "after it closes, only you can add people" in clerk.get(f"{LIST}add/").content.decode()


def test_adding_without_consent_is_refused(clerk: Client, edition: Edition):
    person = User.objects.create_user("new@example.org", given_name="New")
    body = Organisation.objects.create(name_kk="Ұйым")
    sent = form(edition, person, body)
    del sent["consent"]
    clerk.post(f"{LIST}add/", sent)
    assert Registration.objects.count() == 0


def test_change_changes_what_was_told(clerk: Client, edition: Edition, now: dt.datetime):
    mine = enrol(edition, 1, now)
    sent = {"organisation": mine.organisation_id, "category": "media", "languages": ["ru"]}
    assert clerk.post(f"{LIST}{mine.pk}/change/", sent).status_code == 302
    mine.refresh_from_db()
    assert (mine.category, mine.languages, mine.status) == ("media", ["ru"], "confirmed")


def test_changing_a_cancelled_one_is_refused_with_a_sentence(
    clerk: Client, edition: Edition, now: dt.datetime
):
    mine = enrol(edition, 1, now)
    Registration.objects.update(cancelled_at=now)
    sent = {"organisation": mine.organisation_id, "category": "media", "languages": ["ru"]}
    response = clerk.post(f"{LIST}{mine.pk}/change/", sent)
    assert "This registration was cancelled already." in response.content.decode()


def test_confirming_all_gives_no_more_places_than_there_are(
    boss: Client, one_place: Edition, now: dt.datetime
):
    rows = [enrol(one_place, number, now) for number in range(3)]
    response = act(boss, "confirm", *rows)
    one_place.refresh_from_db()
    assert (Registration.objects.confirmed().count(), one_place.places_taken) == (1, 1)
    assert said(response) == [
        f"{rows[0]}: This registration is confirmed already.",
        *(
            f"{row}: No place is free. Cancel another registration first, "
            "or raise the number of places."
            for row in rows[1:]
        ),
    ]


def test_cancelling_asks_for_a_reason_first(boss: Client, edition: Edition, now: dt.datetime):
    mine = enrol(edition, 1, now)
    assert act(boss, "cancel", mine).status_code == 200
    assert act(boss, "cancel", mine, confirmed="1").status_code == 422
    assert Registration.objects.live().count() == 1


def test_cancelling_says_who_moved_up(
    boss: Client, superuser: User, one_place: Edition, now: dt.datetime
):
    first, second = enrol(one_place, 1, now), enrol(one_place, 2, now)
    response = act(boss, "cancel", first, confirmed="1", reason="Ill")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.cancelled_by, first.cancel_reason) == (superuser, "Ill")
    assert second.status == "confirmed"
    assert said(response) == [
        f"{second} moved up from the waiting list.",
        "1 registration is cancelled.",
    ]


def test_nobody_deletes_a_registration(boss: Client, edition: Edition, now: dt.datetime):
    mine = enrol(edition, 1, now)
    assert act(boss, "delete_selected", mine, post="yes").status_code in (200, 302)
    assert Registration.objects.count() == 1


def test_search_finds_a_name_in_another_spelling(boss: Client, edition: Edition, now: dt.datetime):
    mine = enrol(edition, 1, now)
    enrol(edition, 2, now)
    page = boss.get(LIST, {"q": "УЛГИ 01"}).context["cl"]
    assert list(page.result_list) == [mine]


def test_list_shows_the_current_edition_until_asked_for_all(
    boss: Client, edition: Edition, now: dt.datetime
):
    mine = enrol(edition, 1, now)
    other = Edition.objects.create(
        year=2023, slug="11", name_kk="XI", starts_on=now.date(), ends_on=now.date(),
        published_at=now, registration_opens_at=now - dt.timedelta(days=1),
    )  # fmt: skip
    older = enrol(other, 2, now)
    assert list(boss.get(LIST).context["cl"].result_list) == [mine]
    assert set(boss.get(LIST, {"edition": "all"}).context["cl"].result_list) == {mine, older}


@pytest.fixture
def needy(edition: Edition, now: dt.datetime) -> Registration:
    return enrol(edition, 1, now, needs=["wheelchair"], needs_note="Ramp-please")


def pages(client: Client, row: Registration) -> list[bool]:
    """Tell for the form, the history and the export whether the needs can be read there."""
    file = client.post(f"{LIST}export/", {"format": 1, "resource": 0})
    shown = [
        client.get(f"{LIST}{row.pk}/change/").content,
        client.get(f"{LIST}{row.pk}/history/").content,
        file.content,
    ]
    return [b"Ramp-please" in page for page in shown]


def test_needs_are_hidden_from_the_registrar(clerk: Client, needy: Registration):
    assert pages(clerk, needy) == [False, False, False]


@pytest.mark.usefixtures("needy")
@pytest.mark.parametrize("asked", ["needs__len=1", "needs_note__startswith=Ramp"])
def test_a_list_narrowed_by_needs_is_refused_to_the_registrar(
    clerk: Client, registrar: User, asked: str
):
    assert clerk.get(f"{LIST}?{asked}").status_code == 400
    registrar.user_permissions.add(Permission.objects.get(codename="view_needs"))
    assert clerk.get(f"{LIST}?{asked}").status_code == 200


def test_needs_are_shown_to_who_has_the_permission(
    clerk: Client, registrar: User, needy: Registration
):
    registrar.user_permissions.add(Permission.objects.get(codename="view_needs"))
    assert pages(clerk, needy) == [True, True, True]


def test_history_says_who_changed_what(
    clerk: Client, registrar: User, edition: Edition, now: dt.datetime
):
    mine = enrol(edition, 1, now)
    sent = {"organisation": mine.organisation_id, "category": "media", "languages": ["kk"]}
    clerk.post(f"{LIST}{mine.pk}/change/", sent)
    newest = clerk.get(f"{LIST}{mine.pk}/history/").context["page"].object_list[0]
    assert newest.by == registrar
    assert [(one.label, one.before, one.after) for one in newest.fields] == [
        ("category", "NGO of a region", "Media")
    ]


def test_more_places_let_those_who_wait_move_up(boss: Client, one_place: Edition, now: dt.datetime):
    rows = [enrol(one_place, number, now) for number in range(3)]
    sent = edition_form(one_place) | {"capacity": 2}
    assert boss.post(f"/admin/forum/edition/{one_place.pk}/change/", sent).status_code == 302
    assert list(Registration.objects.waiting()) == rows[2:]


def test_fewer_places_than_are_taken_are_refused(boss: Client, edition: Edition, now: dt.datetime):
    enrol(edition, 1, now)
    sent = edition_form(edition) | {"capacity": 0}
    response = boss.post(f"/admin/forum/edition/{edition.pk}/change/", sent)
    assert "More places are taken than that." in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_edition_is_saved_where_no_transaction_is_open(boss: Client, edition: Edition):
    sent = edition_form(edition) | {"capacity": 3, "contact_email": "office@example.org"}
    assert boss.post(f"/admin/forum/edition/{edition.pk}/change/", sent).status_code == 302
    edition.refresh_from_db()
    assert (edition.capacity, edition.contact_email) == (3, "office@example.org")


def edition_form(edition: Edition) -> dict[str, object]:
    return {
        "number": 12,
        "year": edition.year,
        "slug": edition.slug,
        "name_kk": edition.name_kk,
        "starts_on": str(edition.starts_on),
        "ends_on": str(edition.ends_on),
        "time_zone": "Asia/Almaty",
        "day_starts_at": "00:00",
        "registration_opens_at_0": "2026-01-01",
        "registration_opens_at_1": "00:00",
        "team-TOTAL_FORMS": 0,
        "team-INITIAL_FORMS": 0,
    }


@pytest.mark.parametrize("sent", ["abc", "a\0b", "-1", "9" * 40, "١٢٣", "[1]", "1e9"])
def test_who_is_no_number_is_refused_with_a_sentence(
    boss: Client, edition: Edition, sent: str
) -> None:
    for path in ("registration/add/", f"edition/{edition.pk}/change/"):
        told = {"person": sent, "organisation": sent, "organisers-0-person": sent}
        totals = {"organisers-TOTAL_FORMS": "1", "organisers-INITIAL_FORMS": "0"}
        assert boss.post(f"/admin/forum/{path}", told | totals).status_code == 200


def test_staff_add_needs_with_a_consent_in_writing_alone(
    boss: Client, edition: Edition, now: dt.datetime
) -> None:
    mine = enrol(edition, 1, now)
    path = f"/admin/forum/registration/{mine.pk}/change/"
    sent: dict[str, object] = {
        "organisation": mine.organisation_id,
        "category": "ngo",
        "region": mine.region_id,
        "languages": ["kk"],
        "needs": ["loop"],
    }
    refused = boss.post(path, sent)
    assert (refused.status_code, refused.content.decode().count("Tick that consent")) == (200, 1)
    assert boss.post(path, sent | {"needs_consent": "on"}).status_code == 302
    mine.refresh_from_db()
    assert mine.needs == ["loop"]
    given = mine.person.consents.get(text__purpose="needs")
    assert (given.method, given.given_at >= now) == ("desk", True)
