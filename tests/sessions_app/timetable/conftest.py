"""A small edition: two rooms, two speakers, and sessions on the morning of 16 October 2025."""

import datetime as dt
from collections.abc import Callable

import pytest

from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room

NOW = dt.datetime(2025, 10, 1, 12, 0, tzinfo=dt.UTC)


def at(clock: str) -> dt.datetime:
    """Make a moment of 16 October 2025 in Astana, which is five hours ahead of UTC."""
    hour, minute = map(int, clock.split(":"))
    zone = dt.timezone(dt.timedelta(hours=5))
    return dt.datetime(2025, 10, 16, hour, minute, tzinfo=zone)


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        number=12,
        year=2025,
        slug="12",
        name_en="Twelfth",
        name_kk="Он екінші",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
    )


@pytest.fixture
def hall(edition: Edition) -> Room:
    return Room.objects.create(edition=edition, code="main", name_kk="Үлкен зал")


@pytest.fixture
def speaker(edition: Edition) -> Speaker:
    return Speaker.objects.create(
        edition=edition, code="SPK001", given_name_kk="Үлгі", family_name_kk="Қатысушы 01"
    )


Placer = Callable[..., Placement]


@pytest.fixture
def placed(edition: Edition) -> Placer:
    """Make a session that stands in a room and time of the draft."""

    def make(
        title: str, room: Room, start: str, end: str, speaker: Speaker | None = None
    ) -> Placement:
        session = Session.objects.create(
            edition=edition, code=f"S{Session.objects.count():05}", title_kk=title
        )
        if speaker:
            Appearance.objects.create(session=session, speaker=speaker)
        return Placement.objects.create(
            session=session, room=room, starts_at=at(start), ends_at=at(end)
        )

    return make
