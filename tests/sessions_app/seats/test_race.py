"""50 people, 10 seats, one moment: over HTTP, by separate processes, against a real server.

The control counts and inserts without the lock and the counter, and shows the race.
"""

from collections import Counter
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from forum.editions.models import Edition
from forum.models import Registration
from sessions_app.seats.models import Seat
from sessions_app.sessions.models import Session
from tests.racing import database_url, run, sign_in

from .conftest import NOW, standing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLIENTS, SEATS = 50, 10


@pytest.fixture
def crowd(edition: Edition) -> list[Registration]:
    """Many delegates; for them the forum of 2025 is not over."""
    Edition.objects.filter(pk=edition.pk).update(is_demo=True, registration_opens_at=NOW)
    people = User.objects.bulk_create(
        User(email=f"r{number}@example.org", password="!") for number in range(CLIENTS)
    )
    return Registration.objects.bulk_create(
        Registration(
            edition=edition,
            person=person,
            code=f"R{number}",
            category="ngo",
            registered_at=NOW,
            confirmed_at=NOW,
        )
        for number, person in enumerate(people)
    )


def errand(port: int, session: str, path: str, **form: str) -> dict[str, Any]:
    return {"port": port, "session": session, "path": f"/kk/12/me/{path}", "form": form}


def test_50_clients_race_for_10_seats(
    server: int, crowd: list[Registration], books: Session
) -> None:
    Session.objects.filter(pk=books.pk).update(seat_limit=SEATS)
    path = f"seats/{books.code}/take/"
    answers = run("http", [errand(server, sign_in(one.person), path) for one in crowd])
    assert Counter(answers) == {302: CLIENTS}
    assert standing(books) == (SEATS, SEATS, CLIENTS - SEATS, "full")
    assert Seat.objects.taken().count() == SEATS
    assert Seat.objects.waiting().count() == CLIENTS - SEATS


def test_one_person_who_takes_two_seats_at_one_time_from_two_places_gets_one(
    server: int, crowd: list[Registration], water: Session, books: Session
) -> None:
    Session.objects.update(seat_limit=None)
    sessions = [sign_in(one.person) for one in crowd[:10]]
    water.edition.rooms.update(capacity=100)
    errands = [
        errand(server, session, f"seats/{code}/take/")
        for session in sessions
        for code in (water.code, books.code)
    ]
    # `run` deals the errands out: the two of each person go to different processes.
    answers = run("http", errands)
    assert Counter(answers) == {302: 10, 409: 10}
    held = Counter(Seat.objects.taken().values_list("registration", flat=True))
    assert held == {one.pk: 1 for one in crowd[:10]}


def test_who_cancels_while_taking_a_seat_holds_none(
    server: int, crowd: list[Registration], books: Session
) -> None:
    sessions = [sign_in(one.person) for one in crowd[:30]]
    errands = [
        found
        for session in sessions
        for found in (
            errand(server, session, f"seats/{books.code}/take/"),
            errand(server, session, "cancel/", reason=""),
        )
    ]
    answers = Counter(run("http", errands))
    # Who cancelled first is told that seats are for who comes.
    assert answers[302] + answers[409] == 60
    assert not Registration.objects.confirmed().filter(pk__in=[one.pk for one in crowd[:30]])
    assert Seat.objects.live().count() == 0
    assert standing(books)[1:3] == (0, 0)


def test_giving_back_and_taking_at_once_loses_and_doubles_no_seat(
    server: int, crowd: list[Registration], books: Session
) -> None:
    Session.objects.filter(pk=books.pk).update(seat_limit=SEATS)
    path = f"seats/{books.code}"
    early, late = crowd[:20], crowd[20:]
    run("http", [errand(server, sign_in(one.person), f"{path}/take/") for one in early])
    leaving = [errand(server, sign_in(one.person), f"{path}/give-back/") for one in early[:15]]
    coming = [errand(server, sign_in(one.person), f"{path}/take/") for one in late]
    mixed = [one for pair in zip(leaving, coming, strict=False) for one in pair] + coming[15:]
    assert Counter(run("http", mixed)) == {302: len(mixed)}
    assert standing(books) == (SEATS, SEATS, CLIENTS - 15 - SEATS, "full")
    assert Seat.objects.taken().count() == SEATS


def test_without_lock_and_counter_seats_are_given_twice(
    crowd: list[Registration], books: Session
) -> None:
    errands = [
        {
            "database": database_url(),
            "registration": one.pk,
            "session": books.pk,
            "seats": SEATS,
        }
        for one in crowd
    ]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE sessions_app_seat DISABLE TRIGGER USER")
    try:
        assert sum(run("naive", errands, racers_of="tests.sessions_app.seats")) > SEATS
        assert Seat.objects.taken().count() > SEATS
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE sessions_app_seat ENABLE TRIGGER USER")


def test_with_the_counter_alone_who_forgets_the_lock_is_stopped(
    crowd: list[Registration], books: Session
) -> None:
    Session.objects.filter(pk=books.pk).update(seat_limit=SEATS)
    Seat.objects.bulk_create(
        Seat(registration=one, session=books, taken_at=NOW) for one in crowd[:SEATS]
    )
    with pytest.raises(Exception, match="seating_not_oversold"):
        Seat.objects.create(registration=crowd[SEATS], session=books, taken_at=NOW)
