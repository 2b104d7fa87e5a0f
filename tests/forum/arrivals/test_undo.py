"""A mistaken check-in is taken back, with a reason, and the ticket lets in anew."""

import pytest

from accounts.models import User
from forum.arrivals.actions import undo
from forum.arrivals.errors import NotIn, ReasonMissing
from forum.arrivals.models import Verdict
from forum.models import Registration

from .conftest import SECOND, Scanner, at

pytestmark = pytest.mark.django_db


def test_a_check_in_taken_back_leaves_who_and_why_and_nobody_arrived(
    scan: Scanner, delegate: Registration, helper: User
) -> None:
    taken = undo(scan(delegate), by=helper, reason=" the wrong person ", now=at(9, 5))
    delegate.refresh_from_db()
    assert (taken.undone_at, taken.undone_by) == (at(9, 5), helper)
    assert taken.undo_reason == "the wrong person"
    assert delegate.arrived_at is None
    assert scan(delegate, now=at(9, 10)).verdict == Verdict.WELCOME


def test_who_came_on_another_day_too_has_still_arrived(
    scan: Scanner, delegate: Registration, helper: User
) -> None:
    first = scan(delegate)
    scan(delegate, now=at(9, day=SECOND))
    undo(first, by=helper, reason="the wrong person", now=at(10, day=SECOND))
    delegate.refresh_from_db()
    assert delegate.arrived_at == at(9, day=SECOND)


def test_nothing_is_taken_back_twice(scan: Scanner, delegate: Registration, helper: User) -> None:
    kept = scan(delegate)
    undo(kept, by=helper, reason="the wrong person", now=at(9, 5))
    with pytest.raises(NotIn):
        undo(kept, by=helper, reason="again", now=at(9, 6))


def test_who_was_not_let_in_is_not_taken_back(
    scan: Scanner, delegate: Registration, helper: User
) -> None:
    Registration.objects.update(days=[SECOND])
    with pytest.raises(NotIn):
        undo(scan(delegate), by=helper, reason="a mistake", now=at(9, 5))


def test_what_was_nobodys_ticket_is_not_taken_back(scan: Scanner, helper: User) -> None:
    with pytest.raises(NotIn):
        undo(scan(payload="nothing"), by=helper, reason="a mistake", now=at(9, 5))


def test_taking_back_wants_a_reason(scan: Scanner, delegate: Registration, helper: User) -> None:
    with pytest.raises(ReasonMissing):
        undo(scan(delegate), by=helper, reason="  ", now=at(9, 5))
