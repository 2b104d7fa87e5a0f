"""Two at the desk at one moment, or the desk and a delegate: over HTTP, against a real server.

The control approves without the lock, and shows the race that the lock prevents.
"""

from collections import Counter
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from forum.approval.models import DecisionBatch
from forum.models import Edition, Letter, Organiser, Quota, Registration, Status
from tests.racing import database_url, run, sign_in

from .conftest import DECIDE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CROWD, PLACES = 60, 20


@pytest.fixture
def crowd(edition: Edition) -> list[Registration]:
    """Sixty who await approval, for twenty places."""
    Edition.objects.update(capacity=None)
    Quota.objects.create(edition=edition, category="ngo", places=PLACES)
    people = User.objects.bulk_create(
        User(email=f"r{number}@example.org", password="!") for number in range(CROWD)
    )
    return Registration.objects.bulk_create(
        Registration(
            edition=edition,
            person=person,
            code=f"R{number}",
            category="ngo",
            registered_at=edition.published_at,
            approval_asked_at=edition.published_at,
        )
        for number, person in enumerate(people)
    )


@pytest.fixture
def two(edition: Edition) -> list[User]:
    """Two organisers."""
    people = [User.objects.create_user(f"desk{number}@example.org") for number in range(2)]
    for person in people:
        Organiser.objects.create(edition=edition, person=person)
    return people


def deciding(
    organiser: User, port: int, registrations: list[Registration], **form: object
) -> dict[str, Any]:
    codes = [one.code for one in registrations]
    told = {"registration": codes, "confirmed": "1"} | form
    return {"port": port, "path": DECIDE, "session": sign_in(organiser), "form": told}


def letters() -> Counter[tuple[str, int]]:
    """Count what people hear, by kind and recipient; what was withdrawn they do not."""
    heard = Letter.objects.filter(cancelled_at=None)
    return Counter((one.kind, one.recipient_id or 0) for one in heard)


def test_two_approve_the_same_sixty_for_twenty_places(
    server: int, crowd: list[Registration], two: list[User]
) -> None:
    errands = [deciding(one, server, crowd, step="approve") for one in two]
    assert Counter(run("http", errands)) == {302: 2}
    rows = Registration.objects.all()
    assert (rows.confirmed().count(), rows.waiting().count()) == (PLACES, CROWD - PLACES)
    assert Quota.objects.get().taken == PLACES
    heard = letters()
    assert set(heard.values()) == {1}
    assert Counter(kind for kind, _person in heard) == {"confirmed": 20, "waiting": 40}
    done = [pk for one in DecisionBatch.objects.all() for pk in one.done]
    refused = [pk for one in DecisionBatch.objects.all() for pk, _why in one.refused]
    assert sorted(done) == sorted(refused) == sorted(one.pk for one in crowd)


def test_one_approves_whom_the_other_declines(
    server: int, crowd: list[Registration], two: list[User]
) -> None:
    errands = [
        deciding(two[0], server, crowd, step="approve"),
        deciding(two[1], server, crowd, step="decline", reason_kk="Себеп"),
    ]
    assert Counter(run("http", errands)) == {302: 2}
    kinds = {
        Status.CONFIRMED: "confirmed",
        Status.DECLINED: "declined",
    }
    told = {(kinds[one.status], one.person_id): 1 for one in Registration.objects.all()}
    assert letters() == told
    assert Registration.objects.all().confirmed().count() <= PLACES
    assert Quota.objects.get().taken == Registration.objects.all().confirmed().count()


def test_who_is_approved_cancels_at_that_moment(
    server: int, crowd: list[Registration], two: list[User]
) -> None:
    leaving = [
        {"port": server, "path": "/kk/90/me/cancel/", "session": sign_in(one.person),
         "form": {"reason": ""}}
        for one in crowd[:30]
    ]  # fmt: skip
    errands = [*leaving[:15], deciding(two[0], server, crowd, step="approve"), *leaving[15:]]
    assert Counter(run("http", errands)) == {302: 31}
    rows = Registration.objects.all()
    assert rows.filter(pk__in=[one.pk for one in crowd[:30]], cancelled_at=None).count() == 0
    # Whoever left freed the place again, and nobody waits while one is free.
    assert (rows.confirmed().count(), rows.waiting().count()) == (PLACES, 10)
    assert Quota.objects.get().taken == PLACES
    assert set(letters().values()) == {1}


def test_two_take_the_same_decision_back(
    server: int, crowd: list[Registration], two: list[User]
) -> None:
    run("http", [deciding(two[0], server, crowd, step="approve")])
    path = DECIDE.replace("decide/", f"undo/{DecisionBatch.objects.get().code}/")
    undoing = [{"port": server, "path": path, "session": sign_in(one), "form": {}} for one in two]
    assert Counter(run("http", undoing)) == {302: 2}
    assert Registration.objects.all().awaiting().count() == CROWD
    assert DecisionBatch.objects.count() == 2
    assert letters() == {}


def test_without_the_lock_more_are_approved_than_there_are_places(
    crowd: list[Registration],
) -> None:
    errands = [
        {"database": database_url(), "registration": one.pk, "places": PLACES} for one in crowd
    ]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE forum_registration DISABLE TRIGGER USER")
    try:
        approved = sum(run("naive", errands, racers_of="tests.forum.approval"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE forum_registration ENABLE TRIGGER USER")
    assert approved == Registration.objects.all().confirmed().count() > PLACES
