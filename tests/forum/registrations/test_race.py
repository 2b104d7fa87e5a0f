"""200 people, 50 places, one moment: over HTTP, by separate processes, against a real server.

The control counts and inserts without the lock, and shows the race that the lock prevents.
"""

from collections import Counter
from typing import Any

import pytest
from django.db import connection

from accounts.models import ConsentText, User
from forum.models import Edition, Registration
from tests.racing import database_url, posting, run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLIENTS, PLACES = 200, 50


@pytest.fixture
def crowd(edition: Edition) -> list[User]:
    """Many people, and an edition with fewer places."""
    Edition.objects.filter(pk=edition.pk).update(capacity=PLACES)
    return User.objects.bulk_create(
        User(email=f"r{number}@example.org", password="!") for number in range(CLIENTS)
    )


def registering(person: User, port: int) -> dict[str, Any]:
    texts = ConsentText.objects.current().values_list("pk", flat=True)
    form = {"category": "guest", "languages": ["kk"], "organisation": "none"}
    return posting(person, port, "/kk/12/register/", form | {"consents": list(texts)})


def cancelling(person: User, port: int) -> dict[str, Any]:
    return posting(person, port, "/kk/12/me/cancel/", {"reason": ""})


def test_200_clients_race_for_50_places(server: int, crowd: list[User], edition: Edition) -> None:
    answers = run("http", [registering(person, server) for person in crowd])
    assert Counter(answers) == {302: CLIENTS}
    assert Registration.objects.values("person").distinct().count() == CLIENTS
    assert Registration.objects.count() == CLIENTS
    assert Registration.objects.all().confirmed().count() == PLACES
    assert Registration.objects.all().waiting().count() == CLIENTS - PLACES
    edition.refresh_from_db()
    assert edition.places_taken == PLACES


def test_cancelling_and_registering_at_once_loses_and_doubles_no_place(
    server: int, crowd: list[User], edition: Edition
) -> None:
    early, late = crowd[:80], crowd[80:160]
    assert Counter(run("http", [registering(person, server) for person in early])) == {302: 80}
    leaving = [cancelling(person, server) for person in early[:40]]
    coming = [registering(person, server) for person in late]
    errands = [
        errand for trio in zip(leaving, coming[::2], coming[1::2], strict=True) for errand in trio
    ]
    assert Counter(run("http", errands)) == {302: len(leaving) + len(coming)}
    live = Registration.objects.all().live()
    assert live.count() == len(early) + len(late) - len(leaving)
    assert live.confirmed().count() == PLACES
    edition.refresh_from_db()
    assert edition.places_taken == PLACES


def test_without_lock_and_counter_places_are_sold_twice(
    crowd: list[User], edition: Edition
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE forum_registration DISABLE TRIGGER USER")
    try:
        oversell(crowd, edition)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE forum_registration ENABLE TRIGGER USER")


def oversell(crowd: list[User], edition: Edition) -> None:
    errands = [
        {
            "database": database_url(),
            "edition": edition.pk,
            "person": person.pk,
            "code": f"R{person.pk}",
            "category": "ngo",
            "places": PLACES,
        }
        for person in crowd[:80]
    ]
    assert sum(run("naive", errands)) > PLACES
    assert Registration.objects.all().confirmed().count() > PLACES
