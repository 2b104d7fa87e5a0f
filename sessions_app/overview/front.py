"""What an edition's front page shows: whether one can register, the days, tracks, the plenary."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from forum.registrations.errors import registration_window_error
from sessions_app.sessions.models import Appearance, Kind, Track
from sessions_app.timetable.access import Showing, newest_release, showings, tracks_of
from sessions_app.timetable.models import Release

MOST_PLENARY_SPEAKERS = 24


@dataclass(frozen=True)
class Door:
    """Whether one can register now, and a sentence that says so."""

    is_open: bool
    sentence: str


@dataclass(frozen=True)
class DayGlance:
    """A day in a line: how much there is, from when to when."""

    date: dt.date
    sessions: int
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True)
class Front:
    """The page of an edition."""

    door: Door
    days: list[DayGlance]
    tracks: list[Track]
    plenary: list[Appearance]


def read_front(edition: Edition, *, now: dt.datetime) -> Front:
    """Read it all, in at most five queries."""
    release = newest_release(edition)
    shown = showings(edition, release) if release else []
    used = {one.track_id for one in shown}
    return Front(
        door=_door(edition, now=now),
        days=_days(shown),
        tracks=[track for key, track in tracks_of(edition).items() if key in used],
        plenary=_plenary(release) if release else [],
    )


def _door(edition: Edition, *, now: dt.datetime) -> Door:
    if edition.archived_at:
        return Door(False, _("This forum is over. Its programme stays here as it was."))
    if refusal := registration_window_error(edition, now=now):
        return Door(False, str(refusal))
    if edition.capacity is not None and edition.places_taken >= edition.capacity:
        return Door(True, _("Every place is taken. You can still join the waiting list."))
    if closes := edition.registration_closes_at:
        day = date_format(closes.astimezone(edition.zone), "DATETIME_FORMAT")
        return Door(True, _("Registration is open. It closes: %(day)s.") % {"day": day})
    return Door(True, _("Registration is open."))


def _days(shown: list[Showing]) -> list[DayGlance]:
    held = [one for one in shown if not one.cancelled]
    glances = []
    for date in sorted({one.day for one in held}):
        of_day = [one for one in held if one.day == date]
        last = max(one.ends_at for one in of_day)
        glances.append(DayGlance(date, len(of_day), of_day[0].starts_at, last))
    return glances


def _plenary(release: Release) -> list[Appearance]:
    """Return who speaks in plenary sessions, as released, each once and in order."""
    rows = (
        Appearance.objects.filter(
            session__kind=Kind.PLENARY,
            session__cancelled_at__isnull=True,
            session__slots__release=release,
            session__slots__speakers__speaker_id=models.F("speaker_id"),
        )
        .select_related("speaker", "session")
        .order_by("session__slots__during", "position", "pk")[:MOST_PLENARY_SPEAKERS]
    )
    return list({row.speaker_id: row for row in rows}.values())
