"""The place in the line: one asked for alone, and many at once, are the same."""

import datetime as dt
import random

import pytest

from accounts.models import Organisation, Region, User
from forum.models import Edition, Quota, Registration
from forum.registrations.standing import place_in_line, turn_of, turns_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(edition: Edition, organisation: Organisation, now: dt.datetime) -> list[Registration]:
    """Sixty who wait, some moved up, in several regions, categories and bodies."""
    Edition.objects.filter(pk=edition.pk).update(capacity=0)
    edition.refresh_from_db()
    chance = random.Random(7)
    regions = list(Region.objects.all()[:2])
    people = User.objects.bulk_create(User(email=f"w{n}@example.org") for n in range(60))
    rows = Registration.objects.bulk_create(
        Registration(
            edition=edition,
            person=person,
            code=f"W{place:05}",
            category=chance.choice(["ngo", "guest"]),
            region=chance.choice([*regions, None]),
            organisation=chance.choice([organisation, None]),
            languages=["kk"],
            registered_at=now,
            waiting_since=now - dt.timedelta(minutes=chance.randrange(20)),
            moved_up_at=chance.choice([None, None, now, now - dt.timedelta(minutes=1)]),
        )
        for place, person in enumerate(people)
    )
    Quota.objects.create(edition=edition, category="ngo", places=0)
    Quota.objects.create(edition=edition, region=regions[0], places=0)
    Quota.objects.create(edition=edition, organisation=organisation, places=0)
    return rows


def test_many_turns_are_those_that_each_has_alone(
    line: list[Registration], edition: Edition
) -> None:
    full = list(Quota.objects.full().filter(edition=edition))
    together = turns_of(line, full=full)
    for one in line:
        ahead = Registration.objects.ahead_of(one)
        quota = together[one.pk].quota
        expected = (ahead.within(quota) if quota else ahead).count() + 1
        assert (together[one.pk].place, turn_of(one)) == (expected, together[one.pk])
        assert place_in_line(one, quota) == expected


def test_places_in_one_line_follow_each_other(line: list[Registration]) -> None:
    in_order = list(Registration.objects.waiting())
    places = {pk: turn.place for pk, turn in turns_of(line, full=[]).items()}
    assert [places[one.pk] for one in in_order] == list(range(1, len(line) + 1))


def test_nobody_who_does_not_wait_has_a_turn(line: list[Registration], now: dt.datetime) -> None:
    one = line[0]
    one.cancelled_at = now
    assert turns_of([one], full=[]) == {}
