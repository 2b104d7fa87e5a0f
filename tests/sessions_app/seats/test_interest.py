"""How many people want to see a session, and both of two: stars, seats and waiting count once."""

import pytest

from accounts.models import User
from forum.editions.models import Edition
from forum.models import Registration
from sessions_app.seats import actions
from sessions_app.seats.interest import interest
from sessions_app.sessions.models import Session

from .conftest import NOW, give_back, take

pytestmark = pytest.mark.django_db


def test_everybody_counts_once(
    coming: list[Registration], edition: Edition, water: Session, books: Session, air: Session
) -> None:
    for one in coming:
        take(one, water)
    take(coming[0], air)
    actions.star(coming[0].person, water, now=NOW)
    actions.star(coming[3].person, books, now=NOW)
    give_back(coming[1], water)
    found = interest(edition)
    assert found.people == {water.pk: 3, books.pk: 1, air.pk: 1}
    assert found.pairs == {
        frozenset({water.pk, air.pk}): 1,
        frozenset({water.pk, books.pk}): 1,
    }


def test_who_is_not_registered_may_want_to_see_something(edition: Edition, water: Session) -> None:
    actions.star(User.objects.create_user("new@example.org"), water, now=NOW)
    assert interest(edition).people == {water.pk: 1}
