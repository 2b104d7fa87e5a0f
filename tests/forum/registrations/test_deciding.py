"""Approving, declining, taking back, endorsing, moving up; each with its letter."""

import datetime as dt

import pytest
from icalendar import Calendar

from accounts.models import ConsentText, User
from forum.models import Approval, CategoryRule, Edition, Letter, Quota, Registration, Status
from forum.registrations import actions, decisions, errors
from forum.registrations.signals import place_given, place_lost
from forum.registrations.standing import turn_of

from .conftest import Registrar

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(edition: Edition) -> CategoryRule:
    return CategoryRule.objects.create(
        edition=edition, category="ngo", approval=Approval.ORGANISERS
    )


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("clerk@example.org")


def status(registration: Registration) -> Status:
    registration.refresh_from_db()
    return registration.status


def kinds(registration: Registration) -> list[str]:
    letters = Letter.objects.filter(recipient=registration.person, cancelled_at=None)
    return list(letters.order_by("pk").values_list("kind", flat=True))


@pytest.mark.usefixtures("rule")
def test_where_approval_is_needed_nobody_gets_a_place_before(
    delegate: User, enrol: Registrar, edition: Edition
) -> None:
    mine = enrol(delegate)
    edition.refresh_from_db()
    assert (mine.status, edition.places_taken, kinds(mine)) == (
        Status.AWAITING,
        0,
        ["received"],
    )


@pytest.mark.usefixtures("rule")
def test_an_approved_one_gets_a_place_or_waits(
    people: list[User], enrol: Registrar, clerk: User, now: dt.datetime
) -> None:
    mine = [enrol(person) for person in people[:3]]
    for one in mine:
        decisions.approve(one, by=clerk, now=now)
    assert [status(one) for one in mine] == ["confirmed", "confirmed", "waiting"]
    assert (mine[0].approved_by, kinds(mine[2])) == (clerk, ["received", "waiting"])


@pytest.mark.usefixtures("rule")
def test_of_many_approved_at_once_no_quota_takes_more_than_it_holds(
    people: list[User], enrol: Registrar, edition: Edition, clerk: User, now: dt.datetime
) -> None:
    Edition.objects.update(capacity=None)
    Quota.objects.create(edition=edition, category="ngo", places=3)
    mine = [enrol(person) for person in people]
    outcome = decisions.approve_all(edition, [one.pk for one in mine], by=clerk, now=now)
    assert [one.status for one in outcome.done] == ["confirmed"] * 3 + ["waiting"] * 2
    again = decisions.approve_all(edition, [one.pk for one in mine], by=clerk, now=now)
    assert (again.done, {type(why) for _one, why in again.refused}) == ([], {errors.NotAwaiting})


@pytest.mark.usefixtures("rule")
def test_a_declined_one_reads_why_and_may_register_again(
    delegate: User, enrol: Registrar, clerk: User, now: dt.datetime
) -> None:
    mine = enrol(delegate)
    decisions.decline(mine, by=clerk, reason="Деректер толық емес", now=now)
    assert (status(mine), kinds(mine)) == (Status.DECLINED, ["declined"])
    assert "Деректер толық емес" in Letter.objects.get(kind="declined").text
    assert enrol(delegate, category="guest").status == Status.CONFIRMED


@pytest.mark.usefixtures("rule")
def test_what_is_taken_back_at_once_nobody_hears_of(
    delegate: User, enrol: Registrar, clerk: User, now: dt.datetime
) -> None:
    mine = enrol(delegate)
    decisions.approve(mine, by=clerk, now=now)
    assert Letter.objects.get(kind="confirmed").due_at > now
    decisions.reopen(mine, by=clerk, now=now)
    assert (status(mine), kinds(mine)) == (Status.AWAITING, [])
    decisions.decline(mine, by=clerk, reason="Жоқ", now=now)
    decisions.reopen(mine, by=clerk, now=now)
    assert status(mine) == Status.AWAITING
    decisions.approve(mine, by=clerk, now=now)
    assert (status(mine), kinds(mine)) == (Status.CONFIRMED, ["confirmed"])


@pytest.mark.usefixtures("rule")
def test_who_has_read_the_decision_hears_that_it_does_not_hold(
    delegate: User, enrol: Registrar, clerk: User, now: dt.datetime
) -> None:
    mine = enrol(delegate)
    decisions.approve(mine, by=clerk, now=now)
    Letter.objects.filter(kind="confirmed").update(begun_at=now, sent_at=now)
    decisions.reopen(mine, by=clerk, now=now)
    assert Letter.objects.get(kind="reopened").calendar_method == "CANCEL"
    decisions.approve(mine, by=clerk, now=now)
    assert Letter.objects.filter(kind="confirmed").count() == 2


@pytest.mark.usefixtures("rule")
def test_a_yes_a_no_and_a_yes_again_outrank_each_other_in_the_calendar(
    delegate: User, enrol: Registrar, clerk: User, now: dt.datetime
) -> None:
    mine = enrol(delegate)
    for hour, decide in enumerate([decisions.approve, decisions.reopen, decisions.approve]):
        decide(mine, by=clerk, now=now + dt.timedelta(hours=hour))
        Letter.objects.filter(sent_at=None).update(begun_at=now, sent_at=now)
    files = Letter.objects.exclude(calendar="").order_by("pk").values_list("calendar", flat=True)
    entries = [Calendar.from_ical(file).walk("VEVENT")[0] for file in files]
    assert [str(one["STATUS"]) for one in entries] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert len({str(one["UID"]) for one in entries}) == 1
    ranks = [int(one["SEQUENCE"]) for one in entries]
    assert ranks == sorted(set(ranks))


@pytest.mark.usefixtures("rule")
def test_a_yes_taken_back_passes_the_place_on(
    people: list[User], enrol: Registrar, clerk: User, now: dt.datetime
) -> None:
    mine = [enrol(person) for person in people[:3]]
    for one in mine:
        decisions.approve(one, by=clerk, now=now)
    decisions.reopen(mine[0], by=clerk, now=now)
    assert [status(one) for one in mine] == ["awaiting", "confirmed", "confirmed"]


def test_a_no_is_not_taken_back_for_who_registered_anew(
    people: list[User], enrol: Registrar, clerk: User, now: dt.datetime
) -> None:
    waits = [enrol(person) for person in people[:3]][2]
    decisions.decline(waits, by=clerk, reason="Жоқ", now=now)
    enrol(people[2])
    with pytest.raises(errors.NotUndoable):
        decisions.reopen(waits, by=clerk, now=now)


def test_the_contact_endorses_and_where_that_is_enough_approves(
    people: list[User], enrol: Registrar, rule: CategoryRule, clerk: User, now: dt.datetime
) -> None:
    first = decisions.endorse(enrol(people[0]), by=clerk, now=now)
    assert (first.endorsed_by, first.status) == (clerk, Status.AWAITING)
    CategoryRule.objects.filter(pk=rule.pk).update(approval=Approval.CONTACT)
    second = decisions.endorse(enrol(people[1]), by=clerk, now=now)
    assert (second.approved_by, second.status) == (clerk, Status.CONFIRMED)


def test_who_is_moved_up_is_served_first_and_the_history_says_why(
    people: list[User], enrol: Registrar, clerk: User, now: dt.datetime
) -> None:
    mine = [enrol(person) for person in people[:5]]
    decisions.move_up(mine[4], by=clerk, reason="Баяндамашы", now=now)
    assert [turn_of(waiting).place for waiting in Registration.objects.waiting()] == [1, 2, 3]
    assert Registration.objects.waiting().first() == mine[4]
    moved = actions.cancel(mine[0], by=people[0], reason="", now=now)
    assert moved == [mine[4]]
    events = Registration.pgh_event_model.objects.filter(pgh_obj=mine[4], moved_up_by=clerk)
    told = events.order_by("pgh_id").first().pgh_context.metadata
    assert (told["step"], told["why"]) == ("move_up", "Баяндамашы")


def test_only_who_waits_can_be_moved_up(
    delegate: User, enrol: Registrar, clerk: User, now: dt.datetime
) -> None:
    with pytest.raises(errors.NotInLine):
        decisions.move_up(enrol(delegate), by=clerk, reason="Себеп", now=now)


def test_who_listens_hears_of_places_given_and_lost(
    people: list[User], enrol: Registrar, clerk: User, now: dt.datetime
) -> None:
    heard: list[tuple[str, str]] = []

    def given(registration: Registration, **_: object) -> None:
        heard.append(("given", registration.person.email))

    def lost(registration: Registration, **_: object) -> None:
        heard.append(("lost", registration.person.email))

    place_given.connect(given)
    place_lost.connect(lost)
    try:
        mine = [enrol(person) for person in people[:3]]
        actions.cancel(mine[0], by=clerk, reason="", now=now)
    finally:
        place_given.disconnect(given)
        place_lost.disconnect(lost)
    assert heard == [
        ("given", "p1@example.org"),
        ("given", "p2@example.org"),
        ("lost", "p1@example.org"),
        ("given", "p3@example.org"),
    ]


def test_a_colleague_comes_instead_and_keeps_the_place(
    people: list[User], enrol: Registrar, edition: Edition, clerk: User, now: dt.datetime
) -> None:
    mine = [enrol(person) for person in people[:3]]
    new = actions.replace(
        mine[0],
        person=people[4],
        consents=ConsentText.objects.current(),
        languages=["ru"],
        job_title="",
        by=clerk,
        reason="Науқас",
        now=now,
    )
    assert [status(one) for one in (*mine, new)] == [
        "cancelled",
        "confirmed",
        "waiting",
        "confirmed",
    ]
    edition.refresh_from_db()
    assert (edition.places_taken, new.replaces) == (2, mine[0])
