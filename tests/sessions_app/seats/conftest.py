"""Three breakouts on the morning of 16 October 2025, two of them at the same time, published."""

import datetime as dt
from collections.abc import Callable

import pytest

from accounts.models import User
from forum.editions.models import Edition
from forum.models import Registration
from sessions_app.releases.actions import publish
from sessions_app.seats import actions
from sessions_app.seats.models import Seat
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Release, Room
from tests.sessions_app.releases.conftest import place, registered, unplace
from tests.sessions_app.timetable.conftest import NOW, Placer, at, edition, placed

__all__ = ["NOW", "Placer", "at", "edition", "place", "placed", "registered", "unplace"]

Again = Callable[..., Release]
Take = Callable[..., Seat]


@pytest.fixture(autouse=True)
def _public(edition: Edition) -> None:
    edition.published_at = NOW
    edition.save()


@pytest.fixture
def again(edition: Edition) -> Again:
    """Publish what stands in the draft now."""

    def act() -> Release:
        number = Release.objects.filter(edition=edition).count()
        return publish(edition, by=None, note="", now=NOW + dt.timedelta(hours=number))

    return act


@pytest.fixture
def small(edition: Edition) -> Room:
    """A room with two seats."""
    return Room.objects.create(edition=edition, code="small", name_kk="Кіші зал", capacity=2)


@pytest.fixture
def large(edition: Edition) -> Room:
    """A room with twenty seats."""
    return Room.objects.create(
        edition=edition, code="large", name_kk="Үлкен зал", capacity=20, position=1
    )


@pytest.fixture
def sessions(placed: Placer, small: Room, large: Room, again: Again) -> list[Session]:
    """Water and Books from ten to eleven, Air from eleven to twelve."""
    found = [
        placed("Су", small, "10:00", "11:00").session,
        placed("Кітап", large, "10:00", "11:00").session,
        placed("Ауа", small, "11:00", "12:00").session,
    ]
    Session.objects.update(has_seats=True)
    again()
    for session in found:
        session.refresh_from_db()
    return found


@pytest.fixture
def water(sessions: list[Session]) -> Session:
    return sessions[0]


@pytest.fixture
def books(sessions: list[Session]) -> Session:
    return sessions[1]


@pytest.fixture
def air(sessions: list[Session]) -> Session:
    return sessions[2]


@pytest.fixture
def coming(edition: Edition) -> list[Registration]:
    """Four delegates with places, who read Russian."""
    found = [registered(edition, f"d{number}@example.org") for number in range(1, 5)]
    for number, registration in enumerate(found, start=1):
        registration.code = f"DELEG{number}"
        registration.save()
    return found


@pytest.fixture
def delegate(coming: list[Registration]) -> Registration:
    return coming[0]


@pytest.fixture
def organiser(edition: Edition) -> User:
    person = User.objects.create_user("organiser@example.org", language="ru")
    edition.team.create(person=person)
    return person


def take(registration: Registration, session: Session, **told: object) -> Seat:
    """Take a seat for oneself."""
    return actions.take_seat(
        registration,
        session,
        **{"by": registration.person, "now": NOW, **told},  # type: ignore[arg-type]
    )


def give_back(registration: Registration, session: Session) -> Seat:
    """Give one's own back."""
    return actions.give_back(registration, session, by=registration.person, now=NOW)


def standing(session: Session) -> tuple[int | None, int, int, str]:
    """Read a session's capacity, how many seats are taken, how many wait, and the state."""
    session = Session.objects.select_related("seating").get(pk=session.pk)
    seating = session.seating
    return seating.capacity, seating.taken, seating.waiting, seating.state
