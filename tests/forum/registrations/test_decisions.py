"""Deciding on many at once, and taking it back: what holds, and what people hear of it."""

import datetime as dt

import pytest

from accounts.models import User
from forum.models import Approval, CategoryRule, Edition, Letter, Registration, Status
from forum.registrations import actions, decisions, errors
from forum.registrations.many import Outcome

from .conftest import Registrar

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("clerk@example.org")


@pytest.fixture
def approval(edition: Edition) -> CategoryRule:
    """Organisers approve whoever comes for an NGO."""
    return CategoryRule.objects.create(
        edition=edition, category="ngo", approval=Approval.ORGANISERS
    )


@pytest.fixture
def five(people: list[User], enrol: Registrar, approval: CategoryRule) -> list[int]:
    """Five who await approval, for two places."""
    assert approval.approval == Approval.ORGANISERS
    return [enrol(person).pk for person in people]


def statuses() -> list[str]:
    return [str(one.status) for one in Registration.objects.order_by("pk")]


def came(outcome: Outcome) -> tuple[list[int], list[str]]:
    return [one.pk for one in outcome.done], [str(error) for _one, error in outcome.refused]


def send_everything(now: dt.datetime) -> None:
    Letter.objects.filter(cancelled_at=None).update(begun_at=now, sent_at=now)


def to_go() -> list[str]:
    return [str(one.kind) for one in Letter.objects.unfinished().order_by("pk")]


def test_who_registered_first_gets_the_places(
    five: list[int], edition: Edition, clerk: User, now: dt.datetime
) -> None:
    outcome = decisions.approve_all(edition, reversed(five), by=clerk, now=now)
    assert came(outcome) == (five, [])
    assert statuses() == ["confirmed"] * 2 + ["waiting"] * 3


def test_undoing_at_once_leaves_everybody_where_they_stood_and_nobody_hears(
    five: list[int], edition: Edition, clerk: User, now: dt.datetime
) -> None:
    send_everything(now)
    decisions.approve_all(edition, five, by=clerk, now=now)
    outcome = decisions.reopen_all(edition, five, by=clerk, now=now)
    assert len(outcome.done) == 5
    assert statuses() == ["awaiting"] * 5
    assert to_go() == []
    edition.refresh_from_db()
    assert edition.places_taken == 0


def test_what_was_told_already_is_taken_back_by_a_letter(
    five: list[int], edition: Edition, clerk: User, now: dt.datetime
) -> None:
    decisions.approve_all(edition, five, by=clerk, now=now)
    send_everything(now)
    decisions.reopen_all(edition, five[:1], by=clerk, now=now)
    assert to_go() == ["reopened", "place_offered"]
    decisions.approve_all(edition, five[:1], by=clerk, now=now)
    assert to_go() == ["reopened", "place_offered", "waiting"]


def test_a_no_taken_back_at_once_is_not_heard_by_who_knew_that_they_wait(
    people: list[User], enrol: Registrar, edition: Edition, clerk: User, now: dt.datetime
) -> None:
    mine = [enrol(person).pk for person in people[:3]]
    send_everything(now)
    decisions.decline_all(edition, mine[2:], by=clerk, reason="Себеп", now=now)
    decisions.reopen_all(edition, mine[2:], by=clerk, now=now)
    assert statuses() == ["confirmed", "confirmed", "waiting"]
    assert to_go() == []


def test_a_place_given_out_of_turn_is_taken_back_without_the_approval(
    five: list[int], edition: Edition, clerk: User, now: dt.datetime
) -> None:
    decisions.approve_all(edition, five, by=clerk, now=now)
    stood = Registration.objects.get(pk=five[4]).waiting_since
    Edition.objects.update(capacity=3)
    later = now + dt.timedelta(minutes=1)
    decisions.confirm_all(edition, five[4:], by=clerk, now=later)
    assert statuses()[4] == "confirmed"
    decisions.reopen_all(edition, five[4:], by=clerk, now=later)
    # The place goes to the first in line, the turn is what it was.
    assert statuses() == ["confirmed"] * 3 + ["waiting"] * 2
    assert Registration.objects.get(pk=five[4]).waiting_since == stood


def test_a_place_given_to_who_awaited_approval_is_taken_back_with_it(
    five: list[int], edition: Edition, clerk: User, now: dt.datetime
) -> None:
    decisions.confirm_all(edition, five[:1], by=clerk, now=now)
    decisions.reopen_all(edition, five[:1], by=clerk, now=now)
    assert statuses() == ["awaiting"] * 5


def test_confirming_many_stops_at_the_last_place(
    five: list[int], edition: Edition, clerk: User, now: dt.datetime
) -> None:
    outcome = decisions.confirm_all(edition, five, by=clerk, now=now)
    assert came(outcome) == (five[:2], [str(errors.NoFreePlace())] * 3)


def test_many_moved_up_keep_their_order_among_themselves(
    people: list[User], enrol: Registrar, edition: Edition, clerk: User, now: dt.datetime
) -> None:
    mine = [enrol(person).pk for person in people]
    decisions.move_up_all(edition, [mine[4], mine[3]], by=clerk, reason="Себеп", now=now)
    line = Registration.objects.all().waiting().values_list("pk", flat=True)
    assert list(line) == [mine[3], mine[4], mine[2]]


def test_many_cancelled_pass_their_places_on(
    people: list[User], enrol: Registrar, edition: Edition, clerk: User, now: dt.datetime
) -> None:
    mine = [enrol(person).pk for person in people]
    outcome = decisions.cancel_all(edition, mine[:2], by=clerk, reason="Себеп", now=now)
    assert came(outcome) == (mine[:2], [])
    assert statuses() == ["cancelled"] * 2 + ["confirmed"] * 2 + ["waiting"]
    assert decisions.reopen_all(edition, mine[:1], by=clerk, now=now).done == []


def test_another_editions_registrations_are_left_alone(
    five: list[int], edition: Edition, clerk: User, now: dt.datetime
) -> None:
    there = Edition.objects.create(
        slug="13", year=2099, starts_on=edition.starts_on, ends_on=edition.ends_on
    )
    assert came(decisions.approve_all(there, five, by=clerk, now=now)) == ([], [])
    assert statuses() == ["awaiting"] * 5


def test_nothing_is_taken_back_when_the_edition_is_over(
    five: list[int], edition: Edition, clerk: User, now: dt.datetime
) -> None:
    decisions.approve_all(edition, five, by=clerk, now=now)
    after = now + dt.timedelta(days=40)
    outcome = decisions.reopen_all(edition, five, by=clerk, now=after)
    assert came(outcome) == ([], [str(errors.EditionOver())] * 5)


def test_word_of_waiting_does_not_come_after_word_of_a_place(
    five: list[int], people: list[User], edition: Edition, clerk: User, now: dt.datetime
) -> None:
    decisions.approve_all(edition, five, by=clerk, now=now)
    send_everything(now)
    Letter.objects.filter(kind="waiting").update(begun_at=None, sent_at=None)
    first = Registration.objects.get(pk=five[0])
    actions.cancel(first, by=people[0], reason="", now=now)
    assert Registration.objects.get(pk=five[2]).status == Status.CONFIRMED
    told = Letter.objects.unfinished().filter(recipient=people[2])
    assert [str(one.kind) for one in told] == ["place_offered"]
