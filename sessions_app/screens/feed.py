"""The newest release as a display reads it: every session, in every language, with all its words.

It follows from the release alone and not from the time, so that a display that asks again gets a
304; which session runs, the display finds by its own clock and shows on through a lost network.
"""

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.languages import Language
from accounts.names import translated
from forum.editions.models import Edition
from forum.templatetags.content import wording, wording_of
from forum.templatetags.frame import day_line
from sessions_app.sessions.models import Track
from sessions_app.timetable.access import newest_release, rooms_of, tracks_of
from sessions_app.timetable.models import Room, Slot


def feed_of(edition: Edition) -> dict[str, Any]:
    """Return the data of the displays, with a constant number of queries."""
    release = newest_release(edition)
    slots = Slot.objects.filter(release=release) if release else Slot.objects.none()
    rows = list(
        slots.order_by("during", "room__position", "pk").values(
            "room_id",
            "during",
            "session__code",
            *translated("session__title"),
            "session__track_id",
            "session__cancelled_at",
        )
    )
    days = sorted({edition.day_of(row["during"].lower) for row in rows})
    rooms = rooms_of(edition)
    return {
        "release": release.number if release else 0,
        "zone": edition.time_zone,
        "name": _said(lambda: wording_of(edition, "name").text),
        "words": {language: words_in(language) for language in Language.values},
        "days": [_said(functools.partial(day_line, day)) for day in days],
        "rooms": [_room(room) for room in rooms.values()],
        "tracks": {track.pk: _track(track) for track in tracks_of(edition).values()},
        "sessions": [_session(edition, row, days, rooms) for row in rows],
    }


def words_in(language: str) -> dict[str, str]:
    """Return what a display says around the programme; {…} stands for what it fills in."""
    with translation.override(language):
        return {
            "now": _("Now"),
            "next": pgettext("what runs", "Next"),
            "cancelled": _("Cancelled"),
            "empty": _("The programme is not published yet"),
            "before": _("The forum begins on {day} at {time}."),
            "pause": _("A break. It goes on at {time}."),
            "night": _("It goes on on {day} at {time}."),
            "over": _("The forum is over. Thank you for coming."),
            "room_free": _("Nothing is held here now."),
            "room_over": _("Nothing more is held in this room."),
            "stale": _("No connection. This is as of {time}."),
        }


def _room(room: Room) -> dict[str, Any]:
    return {"code": room.code, "name": _said(lambda: wording_of(room, "name").text)}


def _track(track: Track) -> dict[str, Any]:
    return {"name": _said(lambda: wording_of(track, "name").text), "colour": track.colour}


def _session(
    edition: Edition, row: Mapping[str, Any], days: list[dt.date], rooms: dict[int, Room]
) -> dict[str, Any]:
    start, end = row["during"].lower, row["during"].upper
    local = [moment.astimezone(edition.zone) for moment in (start, end)]
    return {
        "code": row["session__code"],
        "title": _said(lambda: wording(row.__getitem__, "session__title").text),
        "room": rooms[row["room_id"]].code,
        "track": row["session__track_id"],
        "cancelled": row["session__cancelled_at"] is not None,
        "day": days.index(edition.day_of(start)),
        "start": int(start.timestamp() * 1000),
        "end": int(end.timestamp() * 1000),
        "from": f"{local[0]:%H:%M}",
        "to": f"{local[1]:%H:%M}",
    }


def _said(say: Callable[[], str]) -> dict[str, str]:
    """Return what `say` returns in each language."""
    said = {}
    for language in Language.values:
        with translation.override(language):
            said[language] = say()
    return said
