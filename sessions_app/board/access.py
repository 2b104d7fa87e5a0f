"""What the board's page reads: a day's list, and what is not placed."""

import datetime as dt

from django.db.models import QuerySet

from forum.editions.models import Edition
from sessions_app.board.asking import is_code
from sessions_app.board.days import DAY
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Placement


def placed_on(edition: Edition, day: dt.date) -> QuerySet[Placement]:
    """Return what begins on a day of the edition, in order of time."""
    begins = edition.beginning_of(day)
    found = Placement.objects.filter(
        session__edition=edition,
        starts_at__gte=begins,
        starts_at__lt=edition.beginning_of(day + DAY),
    )
    return found.select_related("session", "room").order_by("starts_at", "room__position", "pk")


def unplaced(edition: Edition) -> QuerySet[Session]:
    """Return the sessions that still need a room and a time."""
    return Session.objects.filter(edition=edition, cancelled_at=None, placement=None)


def session_coded(edition: Edition, code: str | None) -> Session | None:
    """Find a session by what stands in an address."""
    if not is_code(code):
        return None
    found = Session.objects.filter(edition=edition, code=code)
    return found.select_related("placement__room").first()
