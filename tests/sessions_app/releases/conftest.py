"""The timetable's small edition, published, with a hand for changing and publishing it again."""

import datetime as dt
from collections.abc import Callable

import pytest

from forum.editions.models import Edition
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Session
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
