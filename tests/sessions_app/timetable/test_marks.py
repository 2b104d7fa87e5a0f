"""What outranks what calendars have of a session."""

import datetime as dt

import pytest

from forum.editions.models import Edition
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Session
from sessions_app.timetable.marks import last_changes
from sessions_app.timetable.models import Placement, Room

from .conftest import NOW, Placer, at

pytestmark = pytest.mark.django_db


def again(edition: Edition) -> int:
    return publish(edition, by=None, note="", now=NOW + dt.timedelta(hours=1)).number


def changed_in(session: Session) -> int:
    return last_changes(session.edition, [session.pk])[session.pk][0]


def test_what_comes_back_to_the_same_place_counts_as_changed(
    edition: Edition, hall: Room, placed: Placer
) -> None:
    stays = placed("Ашылу", hall, "10:00", "11:00").session
    comes_back = placed("Жабылу", hall, "17:00", "18:00").session
    again(edition)
    Placement.objects.filter(session=comes_back).delete()
    again(edition)
    Placement.objects.create(
        session=comes_back, room=hall, starts_at=at("17:00"), ends_at=at("18:00")
    )
    assert again(edition) == 3
    assert (changed_in(stays), changed_in(comes_back)) == (1, 3)
