"""One registration at the desk: its state and why, its story in sentences, its letters."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import ConsentText, Purpose, User
from accounts.organisations.models import Organisation
from forum.approval.history import history_of
from forum.models import Edition, Letter, Quota, Registration, Status
from forum.registrations import actions, decisions, offers

from .conftest import DECIDE, LIST, Enrol, standing

pytestmark = pytest.mark.django_db


def told(registration: Registration) -> list[tuple[str, str, str]]:
    """Return who did what and why, the oldest first."""
    registration.refresh_from_db()
    with translation.override("en"):
        events = reversed(history_of(registration))
        return [(str(one.by or "—"), " ".join(one.sentences), one.why) for one in events]


def test_its_story_is_told_in_sentences(
    five: list[Registration], organiser: User, people: list[User], now: dt.datetime
) -> None:
    me = str(people[4])
    decisions.approve_all(five[0].edition, [one.pk for one in five], by=organiser, now=now)
    decisions.move_up(five[4], by=organiser, reason="Сөз сөйлейді", now=now)
    actions.cancel(five[0], by=people[0], reason="", now=now)
    five[4].refresh_from_db()
    decisions.reopen(five[4], by=organiser, now=now)
    decisions.decline(five[4], by=organiser, reason="Себеп", now=now)
    decisions.reopen(five[4], by=organiser, now=now)
    desk = str(organiser)
    assert told(five[4]) == [
        (me, "Registered. Awaits approval.", ""),
        (desk, "Approved. No place was free: on the waiting list.", ""),
        (desk, "Moved up on the waiting list.", "Сөз сөйлейді"),
        ("—", "A place was free: confirmed.", ""),
        (desk, "The approval was taken back. The place was taken back.", ""),
        (desk, "Declined.", "Себеп"),
        (desk, "The refusal was taken back.", ""),
    ]


def test_an_offer_and_its_end_are_told(people: list[User], enrol: Enrol, edition: Edition) -> None:
    soon = edition.beginning_of(edition.starts_on) - dt.timedelta(hours=30)
    mine = [enrol(person, category="guest") for person in people[:4]]
    actions.cancel(mine[0], by=people[0], reason="", now=soon)
    actions.cancel(mine[1], by=people[1], reason="Ауырып қалдым", now=soon)
    offers.accept_offer(mine[3], by=people[3], now=soon)
    offers.lapse_offers(edition, now=soon + dt.timedelta(days=1))
    assert [line[0] for line in told(mine[3])][-1] == str(people[3])
    assert [line[1] for line in told(mine[3])][-1] == "Accepted the place."
    lapsed = told(mine[2])
    assert lapsed[-2][1].startswith("A place is kept until ")
    assert lapsed[-1] == ("—", "Nobody accepted the place in time.", "")
    assert told(mine[1])[-1] == (str(people[1]), "Cancelled.", "Ауырып қалдым")


def test_what_was_told_before_and_after_is_shown_but_no_needs(
    people: list[User], enrol: Enrol, organiser: User, body: Organisation, now: dt.datetime
) -> None:
    mine = enrol(people[0], category="guest")
    actions.change(
        mine, by=organiser, now=now, organisation=body, languages=["ru"], needs=["wheelchair"],
        needs_note="Пандус", consents=ConsentText.objects.current().filter(purpose=Purpose.NEEDS),
    )  # fmt: skip
    with translation.override("en"):
        event = history_of(mine)[0]
        astana = str(body.region)
    assert str(event.by) == str(organiser)
    assert [(one.label, one.before, one.after) for one in event.changes] == [
        ("organisation", "—", str(body)),
        ("region", "—", astana),
        ("languages the delegate understands", "Kazakh", "Russian"),
    ]
    actions.change(mine, by=people[0], now=now, needs=[])
    assert len(history_of(mine)) == 2


def test_the_page_says_why_somebody_waits(
    desk: Client, five: list[Registration], edition: Edition, organiser: User, now: dt.datetime
) -> None:
    Quota.objects.create(edition=edition, category="ngo", places=1)
    decisions.approve_all(edition, [one.pk for one in five], by=organiser, now=now)
    page = desk.get(f"{LIST}{five[3].code}/")
    place = page.context["place"]
    assert (place.number, place.limit.name) == (3, "NGO of a region")
    assert "Place 3 in the line for “NGO of a region”. Places there: 1, none is free." in page.text
    assert [step for step, _asks in page.context["steps"]] == [
        "confirm", "move_up", "decline", "cancel",
    ]  # fmt: skip


def test_its_letters_are_shown_with_where_they_are(
    desk: Client, five: list[Registration], now: dt.datetime
) -> None:
    Letter.objects.filter(recipient=five[0].person).update(begun_at=now, sent_at=now)
    Letter.objects.filter(recipient=five[1].person).update(failed_at=now)
    assert "Sent " in desk.get(f"{LIST}{five[0].code}/").text
    assert "Refused" in desk.get(f"{LIST}{five[1].code}/").text
    assert "Goes " in desk.get(f"{LIST}{five[2].code}/").text


def test_a_decision_on_one_leads_back_to_it_and_is_taken_back_there(
    desk: Client, five: list[Registration]
) -> None:
    one = five[3]
    answer = desk.post(DECIDE, {"step": "approve", "registration": one.code, "from": "one"})
    assert answer["Location"].startswith(f"{LIST}{one.code}/?batch=")
    page = desk.get(answer["Location"])
    assert page.context["story"].sentences == ["1 registration is confirmed."]
    code = page.context["story"].batch.code
    back = desk.post(f"{LIST}undo/{code}/", {"from": "one", "registration": one.code})
    assert back["Location"].startswith(f"{LIST}{one.code}/?batch=")
    assert standing() == ["awaiting"] * 5


def test_there_is_nothing_to_take_back_from_who_needed_no_approval(
    desk: Client, people: list[User], enrol: Enrol
) -> None:
    mine = enrol(people[0], category="guest")
    assert mine.status == Status.CONFIRMED
    steps = desk.get(f"{LIST}{mine.code}/").context["steps"]
    assert [step for step, _asks in steps] == ["cancel"]


@pytest.mark.parametrize("code", ["NOBODY", "%00", "a" * 300, "%F0%9F%98%80"])
def test_an_unknown_code_is_not_found(desk: Client, code: str) -> None:
    assert desk.get(f"{LIST}{code}/").status_code == 404


def test_another_editions_registration_is_not_found(desk: Client, five: list[Registration]) -> None:
    there = Edition.objects.create(
        slug="91", year=2099, starts_on=dt.date(2099, 1, 1), ends_on=dt.date(2099, 1, 1)
    )
    Registration.objects.filter(pk=five[0].pk).update(edition=there)
    assert desk.get(f"{LIST}{five[0].code}/").status_code == 404


def test_others_do_not_see_it(client: Client, five: list[Registration], people: list[User]) -> None:
    client.force_login(people[0])
    assert client.get(f"{LIST}{five[0].code}/").status_code == 404


def test_it_asks_the_database_at_most_ten_times(
    desk: Client, five: list[Registration], edition: Edition, organiser: User, now: dt.datetime
) -> None:
    Quota.objects.create(edition=edition, category="ngo", places=1)
    decisions.approve_all(edition, [one.pk for one in five], by=organiser, now=now)
    answer = desk.post(
        DECIDE,
        {"step": "move_up", "registration": five[4].code, "from": "one", "confirmed": "1",
         "reason": "Себеп"},
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(answer["Location"]).status_code == 200
    assert len(asked) == 10
