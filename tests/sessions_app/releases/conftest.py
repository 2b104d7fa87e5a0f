"""The timetable's small edition, published, with a hand for changing and publishing it again."""

import datetime as dt
from collections.abc import Callable

import pytest

from accounts.models import User
from forum.editions.models import Edition
from forum.models import Registration
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Kind, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Release, Room
from sessions_app.timetable.moves import Move, Spot, move
from tests.sessions_app.timetable.conftest import NOW, Placer, at, edition, hall, placed, speaker

__all__ = ["NOW", "Placer", "at", "edition", "hall", "placed", "speaker"]

Again = Callable[..., Release]


@pytest.fixture
def public(edition: Edition) -> Edition:
    """Let strangers see the edition."""
    edition.published_at = NOW
    edition.save()
    return edition


@pytest.fixture
def again(edition: Edition) -> Again:
    """Publish what stands in the draft now, an hour after the release before."""

    def act(note: str = "") -> Release:
        number = Release.objects.filter(edition=edition).count()
        return publish(edition, by=None, note=note, now=NOW + dt.timedelta(hours=number))

    return act


def place(session: Session, room: Room, start: str, end: str) -> None:
    """Move a session in the draft."""
    spot = Spot(room, at(start), at(end))
    move(session.edition, [Move(session, spot)], by=None, now=NOW)


def unplace(session: Session) -> None:
    """Take a session out of the draft."""
    move(session.edition, [Move(session, None)], by=None, now=NOW)


def registered(edition: Edition, address: str, **fields: object) -> Registration:
    """Register somebody who reads Russian; confirmed, unless `fields` say otherwise."""
    person = User.objects.create_user(address, language="ru", given_name="Данияр")
    told: dict[str, object] = {"confirmed_at": NOW, "category": "ngo", "registered_at": NOW}
    return Registration.objects.create(
        edition=edition, person=person, code=address[:12], **(told | fields)
    )


@pytest.fixture
def aigul(edition: Edition) -> Speaker:
    """A speaker without an account, who reads Russian."""
    return Speaker.objects.create(
        edition=edition,
        code="AIGUL",
        given_name_kk="Айгүл",
        email="aigul@example.org",
        language="ru",
    )


@pytest.fixture
def delegate(edition: Edition) -> Registration:
    return registered(edition, "delegate@example.org")


@pytest.fixture
def talk(placed: Placer, hall: Room, aigul: Speaker) -> Session:
    """Aigul's session at ten."""
    found: Session = placed("Баяндама", hall, "10:00", "11:00", aigul).session
    return found


@pytest.fixture
def plenary(edition: Edition, placed: Placer) -> Session:
    """Everybody's session at nine."""
    room = Room.objects.create(edition=edition, code="big", name_kk="Сарай", position=1)
    found: Session = placed("Пленарлық отырыс", room, "09:00", "10:00").session
    Session.objects.filter(pk=found.pk).update(kind=Kind.PLENARY)
    return found
