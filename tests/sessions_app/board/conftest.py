"""Two organisers at one board: two days, two rooms, three sessions, of which one is placed."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from forum.models import Edition, Organiser
from sessions_app.models import Draft, Placement, Room, Session

BOARD = "/en/12/desk/timetable/"


def at(clock: str, day: int = 15) -> dt.datetime:
    """Make a moment of October 2025 in Astana, which is five hours ahead of UTC."""
    hour, minute = map(int, clock.split(":"))
    return dt.datetime(2025, 10, day, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=5)))


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        number=12,
        year=2025,
        slug="12",
        name_en="Twelfth",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
    )


@pytest.fixture
def hall(edition: Edition) -> Room:
    return Room.objects.create(edition=edition, code="main", name_en="Great Hall", position=1)


@pytest.fixture
def small(edition: Edition) -> Room:
    return Room.objects.create(edition=edition, code="small", name_en="Small Hall", position=2)


@pytest.fixture(autouse=True)
def sessions(edition: Edition, hall: Room, small: Room) -> dict[str, Session]:  # noqa: ARG001
    """AAA stands in the great hall from 10:00 to 11:00 on the first day; BBB and CCC nowhere."""
    made = {
        code: Session.objects.create(edition=edition, code=code, title_en=f"Session {code}")
        for code in ("AAA", "BBB", "CCC")
    }
    Placement.objects.create(
        session=made["AAA"], room=hall, starts_at=at("10:00"), ends_at=at("11:00")
    )
    return made


def organiser_of(edition: Edition, name: str) -> User:
    person = User.objects.create_user(f"{name}@example.org", given_name=name.title())
    Organiser.objects.create(edition=edition, person=person)
    return person


class Desk:
    """A browser in which an organiser is signed in, and what its script asks."""

    def __init__(self, person: User) -> None:
        self.person, self.client = person, Client()
        self.client.force_login(person)

    def move(self, *moves: Any, base: int | None = None, stamp: str = "") -> Any:
        edition = Edition.objects.get(slug="12")
        seen = Draft.objects.get(edition=edition).version if base is None else base
        return self.post("moves/", {"base": seen, "moves": moves}, since=seen, stamp=stamp)

    def post(self, path: str, told: object = None, *, since: int = 0, stamp: str = "") -> Any:
        body = json.dumps(told)
        address = f"{BOARD}{path}?since={since}&stamp={stamp}"
        return self.client.post(address, body, content_type="application/json")

    def get(self, path: str, **asked: Any) -> Any:
        return self.client.get(f"{BOARD}{path}", asked)


def to(session: Any, room: Any, start: Any = "", minutes: Any = 60) -> dict[str, Any]:
    """Write down one move as the board's script does."""
    return {"session": session, "room": room, "start": start, "minutes": minutes}


@pytest.fixture
def desk(edition: Edition) -> Desk:
    return Desk(organiser_of(edition, "aigul"))


@pytest.fixture
def other_desk(edition: Edition) -> Desk:
    return Desk(organiser_of(edition, "samat"))


def places() -> dict[str, tuple[str, dt.datetime, dt.datetime]]:
    """Say where everything stands."""
    return {
        one.session.code: (one.room.code, one.starts_at, one.ends_at)
        for one in Placement.objects.select_related("session", "room")
    }
