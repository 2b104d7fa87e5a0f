"""Deciding on many from the desk: what is asked first, what comes of it, and taking it back."""

import datetime as dt
from collections import Counter

import pytest
from django.test import Client

from accounts.models import User
from forum.approval import actions, tasks
from forum.approval.models import DecisionBatch, Step
from forum.models import Edition, Letter, Organiser, Quota, Registration
from forum.registrations import decisions
from forum.registrations.actions import cancel

from .conftest import DECIDE, LIST, Enrol, standing

pytestmark = pytest.mark.django_db


def ticked(*registrations: Registration) -> list[str]:
    return [one.code for one in registrations]


def sentences(client: Client, answer: object) -> list[str]:
    """Follow an answer's redirect, and return what is told of the decision."""
    page = client.get(answer["Location"])  # type: ignore[index]
    return list(page.context["story"].sentences)


def test_approving_says_who_has_a_place_and_why_the_others_wait(
    desk: Client, five: list[Registration], edition: Edition
) -> None:
    Edition.objects.update(capacity=None)
    Quota.objects.create(edition=edition, category="ngo", places=3)
    answer = desk.post(DECIDE, {"step": "approve", "registration": ticked(*five)})
    assert standing() == ["confirmed"] * 3 + ["waiting"] * 2
    assert sentences(desk, answer) == [
        "3 registrations are confirmed.",
        "2 are on the waiting list: no place is free in “NGO of a region”.",
    ]


def test_who_needs_no_approval_is_left_and_named(
    desk: Client, five: list[Registration], organiser: User, now: dt.datetime
) -> None:
    decisions.approve(five[0], by=organiser, now=now)
    answer = desk.post(DECIDE, {"step": "approve", "registration": ticked(*five[:2])})
    assert sentences(desk, answer) == [
        "1 registration is confirmed.",
        "1 is left as it was (Үлгіұлы-01 Нұр). This registration awaits no approval; "
        "perhaps a colleague was faster.",
    ]


def test_it_is_taken_back_for_exactly_those(desk: Client, five: list[Registration]) -> None:
    desk.post(DECIDE, {"step": "approve", "registration": ticked(five[0])})
    desk.post(DECIDE, {"step": "approve", "registration": ticked(*five)})
    Letter.objects.filter(kind="received").update(begun_at=dt.datetime.now(dt.UTC))
    batch = DecisionBatch.objects.latest("pk")
    answer = desk.post(f"{LIST}undo/{batch.code}/", {})
    assert sentences(desk, answer) == ["The decisions on 4 registrations are taken back."]
    assert standing() == ["confirmed"] + ["awaiting"] * 4
    letters = Letter.objects.exclude(kind="received").filter(cancelled_at=None)
    assert [(one.kind, one.recipient) for one in letters] == [("confirmed", five[0].person)]


def test_nothing_is_taken_back_twice(desk: Client, five: list[Registration]) -> None:
    desk.post(DECIDE, {"step": "approve", "registration": ticked(*five)})
    batch = DecisionBatch.objects.get()
    for _time in range(2):
        answer = desk.post(f"{LIST}undo/{batch.code}/", {})
    assert "This cannot be taken back" in desk.get(answer["Location"]).text
    assert DecisionBatch.objects.count() == 2


def test_a_colleagues_newer_decision_stands(
    desk: Client, five: list[Registration], people: list[User], now: dt.datetime
) -> None:
    desk.post(DECIDE, {"step": "approve", "registration": ticked(*five[:3])})
    batch = DecisionBatch.objects.get()
    decisions.decline(five[2], by=people[4], reason="Себеп", now=now)
    cancel(five[1], by=people[1], reason="", now=now)
    answer = desk.post(f"{LIST}undo/{batch.code}/", {})
    assert standing() == ["awaiting", "cancelled", "declined", "awaiting", "awaiting"]
    assert sentences(desk, answer)[1] == (
        "2 are left as they were (Үлгіұлы-02 Нұр, Үлгіұлы-03 Нұр). "
        "Somebody has decided anew since; that decision stands."
    )


def test_declining_asks_first_and_each_reads_the_reason_in_their_language(
    desk: Client, five: list[Registration]
) -> None:
    told = {"step": "decline", "registration": ticked(*five[:3])}
    asked = desk.post(DECIDE, told)
    assert (asked.status_code, asked.context["count"]) == (200, 3)
    assert asked.context["readers"] == [("Russian", 2), ("Kazakh", 1)]
    assert standing() == ["awaiting"] * 5
    told |= {"confirmed": "1"}
    assert desk.post(DECIDE, told).status_code == 422
    assert desk.post(DECIDE, told | {"reason_kk": " ", "reason_ru": "а" * 301}).status_code == 422
    reasons = {"reason_kk": "Орын жоқ", "reason_ru": "Мест нет"}
    answer = desk.post(DECIDE, told | reasons)
    assert sentences(desk, answer) == ["3 registrations are declined."]
    letters = Letter.objects.filter(kind="declined").order_by("recipient")
    assert [reasons[f"reason_{one.language}"] in one.text for one in letters] == [True] * 3
    rows = Registration.objects.filter(declined_at__isnull=False)
    assert Counter(rows.values_list("decline_reason", flat=True)) == {"Мест нет": 2, "Орын жоқ": 1}


def test_where_a_language_is_missing_another_is_read(
    desk: Client, five: list[Registration]
) -> None:
    told = {"step": "decline", "registration": ticked(*five[:2]), "confirmed": "1"}
    desk.post(DECIDE, told | {"reason_en": "No places"})
    reasons = Registration.objects.filter(declined_at__isnull=False)
    assert set(reasons.values_list("decline_reason", flat=True)) == {"No places"}


def test_a_reason_that_was_used_is_offered_again(desk: Client, five: list[Registration]) -> None:
    told = {"step": "decline", "confirmed": "1"}
    desk.post(DECIDE, told | {"registration": ticked(five[0]), "reason_ru": "Мест нет"})
    asked = desk.post(DECIDE, {"step": "decline", "registration": ticked(five[1])})
    assert asked.context["form"].fields["earlier"].choices[1] == ("0", "Мест нет")
    desk.post(DECIDE, told | {"registration": ticked(five[1]), "earlier": "0"})
    assert Registration.objects.get(pk=five[1].pk).decline_reason == "Мест нет"
    wrong = told | {"registration": ticked(five[2]), "earlier": "7"}
    assert desk.post(DECIDE, wrong).status_code == 422


def test_a_no_is_taken_back(desk: Client, five: list[Registration]) -> None:
    told = {"step": "decline", "confirmed": "1", "reason_kk": "Себеп"}
    answer = desk.post(DECIDE, told | {"registration": ticked(*five)})
    assert "Take it back" in desk.get(answer["Location"]).text
    desk.post(f"{LIST}undo/{DecisionBatch.objects.get().code}/", {})
    assert standing() == ["awaiting"] * 5


def test_cancelling_asks_first_and_is_not_taken_back(
    desk: Client, five: list[Registration]
) -> None:
    desk.post(DECIDE, {"step": "approve", "registration": ticked(*five)})
    told = {"step": "cancel", "registration": ticked(*five[:2])}
    assert desk.post(DECIDE, told).status_code == 200
    answer = desk.post(DECIDE, told | {"confirmed": "1", "reason_kk": "Себеп"})
    assert standing() == ["cancelled"] * 2 + ["confirmed"] * 2 + ["waiting"]
    page = desk.get(answer["Location"]).text
    assert "this cannot be taken back" in page
    assert "Take it back" not in page


def test_moving_up_keeps_the_reason_and_is_taken_back(
    desk: Client, five: list[Registration]
) -> None:
    desk.post(DECIDE, {"step": "approve", "registration": ticked(*five)})
    told = {"step": "move_up", "registration": ticked(five[4]), "confirmed": "1"}
    assert desk.post(DECIDE, told).status_code == 422
    desk.post(DECIDE, told | {"reason": "Сөз сөйлейді"})
    moved = Registration.objects.get(pk=five[4].pk)
    assert moved.moved_up_reason == "Сөз сөйлейді"
    line = Registration.objects.all().waiting()
    assert [one.pk for one in line] == [five[4].pk, five[2].pk, five[3].pk]
    desk.post(f"{LIST}undo/{DecisionBatch.objects.latest('pk').code}/", {})
    assert [one.pk for one in Registration.objects.all().waiting()] == [one.pk for one in five[2:]]


def test_a_place_out_of_turn_is_given_and_taken_back(
    desk: Client, five: list[Registration], edition: Edition
) -> None:
    Quota.objects.create(edition=edition, category="ngo", places=1)
    answer = desk.post(DECIDE, {"step": "confirm", "registration": ticked(five[3], five[1])})
    assert standing() == ["awaiting", "confirmed", "awaiting", "awaiting", "awaiting"]
    assert sentences(desk, answer) == [
        "1 registration is confirmed.",
        "1 is left as it was (Үлгіұлы-04 Нұр). No place is free in the quota “NGO of a region”: "
        "all 1 are taken.",
    ]
    desk.post(f"{LIST}undo/{DecisionBatch.objects.get().code}/", {})
    assert standing() == ["awaiting"] * 5


def test_all_of_a_list_are_asked_about_and_mean_those_whom_it_held(
    desk: Client, five: list[Registration], enrol: Enrol
) -> None:
    seen = desk.get(f"{LIST}?q=нур").context["seen"]
    late = enrol(User.objects.create_user("late@example.org", given_name="Нұр"))
    Registration.objects.filter(pk=late.pk).update(registered_at=dt.datetime.now(dt.UTC))
    User.objects.filter(pk=five[1].person_id).update(given_name="Басқа")
    told = {"step": "approve", "all": "1", "q": "нур", "status": "awaiting", "seen": seen}
    asked = desk.post(DECIDE, told)
    assert asked.context["count"] == 4
    assert standing() == ["awaiting"] * 6
    answer = desk.post(DECIDE, told | {"confirmed": "1"})
    assert standing() == ["confirmed", "awaiting", "confirmed", "waiting", "waiting", "awaiting"]
    assert "q=%D0%BD%D1%83%D1%80" in answer["Location"]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"step": "approve"},
        {"step": "nonsense", "all": "1"},
        {"step": "approve", "registration": ["\0", "", "1", "nobody"]},
        {"step": "decline", "registration": "\0", "confirmed": "1", "reason_kk": "\0"},
        {"step": "decline", "all": "1", "q": "nobody-there", "confirmed": "1"},
        {"step": "approve", "all": "1", "status": "cancelled", "seen": "soon"},
    ],
)
def test_nothing_known_decides_nothing(
    desk: Client, five: list[Registration], told: dict[str, str]
) -> None:
    answer = desk.post(DECIDE, told)
    assert answer.status_code == 302
    assert len(desk.get(answer["Location"]).context["messages"]) == 1
    assert standing() == ["awaiting"] * len(five)
    assert DecisionBatch.objects.count() == 0


def test_another_editions_registrations_are_never_decided_on(
    client: Client, five: list[Registration]
) -> None:
    there = Edition.objects.create(
        slug="91", year=2099, starts_on=dt.date(2099, 1, 1), ends_on=dt.date(2099, 1, 1)
    )
    person = User.objects.create_user("other@example.org")
    Organiser.objects.create(edition=there, person=person)
    client.force_login(person)
    told = {"step": "approve", "registration": ticked(*five)}
    assert client.post("/en/91/desk/registrations/decide/", told).status_code == 302
    every = {"step": "approve", "all": "1", "status": "all", "confirmed": "1"}
    assert client.post("/en/91/desk/registrations/decide/", every).status_code == 302
    assert standing() == ["awaiting"] * 5


def test_another_editions_decision_is_not_taken_back(
    desk: Client, five: list[Registration], client: Client
) -> None:
    desk.post(DECIDE, {"step": "approve", "registration": ticked(*five)})
    there = Edition.objects.create(
        slug="91", year=2099, starts_on=dt.date(2099, 1, 1), ends_on=dt.date(2099, 1, 1)
    )
    person = User.objects.create_user("other@example.org")
    Organiser.objects.create(edition=there, person=person)
    client.force_login(person)
    code = DecisionBatch.objects.get().code
    assert client.post(f"/en/91/desk/registrations/undo/{code}/").status_code == 404
    assert standing()[0] == "confirmed"


def test_many_are_left_to_a_worker_who_goes_on_where_one_stopped(
    five: list[Registration],
    edition: Edition,
    organiser: User,
    now: dt.datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    monkeypatch.setattr(actions, "AT_A_TIME", 2)
    chosen = [one.pk for one in five]
    batch = actions.decide(edition, chosen, step=Step.APPROVE, by=organiser, language="kk", now=now)
    assert (batch.position, batch.is_finished, standing()) == (0, False, ["awaiting"] * 5)
    assert actions.carry_on(batch)
    assert standing() == ["confirmed"] * 2 + ["awaiting"] * 3
    assert tasks.sweep() == 1
    batch.refresh_from_db()
    assert (batch.position, batch.done, batch.is_finished) == (5, chosen, True)
    assert standing() == ["confirmed"] * 2 + ["waiting"] * 3
    assert (tasks.sweep(), actions.carry_on(batch)) == (0, False)


def test_how_far_it_is_stands_on_the_page(
    desk: Client, five: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    monkeypatch.setattr(actions, "AT_A_TIME", 2)
    answer = desk.post(DECIDE, {"step": "approve", "registration": ticked(*five)})
    actions.carry_on(DecisionBatch.objects.get())
    page = desk.get(answer["Location"])
    assert page.context["story"].percent == 40
    assert "2 of 5" in page.text
