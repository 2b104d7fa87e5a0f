"""One day of the newest release, as the data of its printed sheet."""

import datetime as dt
from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from forum.templatetags.content import wording_of
from forum.templatetags.frame import day_line, utc_offset
from sessions_app.sessions.models import Kind, Track
from sessions_app.timetable.access import Showing, rooms_of, showings, tracks_of
from sessions_app.timetable.grid import FIRST, Day, Place, lay_out
from sessions_app.timetable.models import Release, Room

PAPERS = {"a4": (297, 210), "a3": (420, 297)}
"""Width and height in millimetres, lying."""


def day_data(edition: Edition, release: Release, day: dt.date, *, paper: str) -> dict[str, Any]:
    """Return what the sheet shows, in the active language; 404 where nothing is held that day."""
    shown = [one for one in showings(edition, release) if one.day == day]
    if not shown:
        raise Http404(_("There is nothing in the programme on this day."))
    rooms, tracks = rooms_of(edition), tracks_of(edition)
    laid = lay_out(shown, list(rooms))[0]
    width, height = PAPERS[paper]
    slots = [_slot(place, laid, rooms, tracks) for place in laid.places]
    return {
        "language": get_language(),
        "title": f"{edition.name} · {day_line(day)}",
        "name": edition.name,
        "day": day_line(day),
        "note": _("Release %(number)d. Times are local: %(offset)s.")
        % {"number": release.number, "offset": utc_offset(edition)},
        "width": width,
        "height": height,
        "grid": laid.is_grid,
        "columns": laid.columns,
        "rows": laid.rows,
        "heads": [
            {
                "name": wording_of(rooms[head.room_id], "name").text,
                "column": head.column - FIRST,
                "columns": head.columns,
            }
            for head in laid.heads
        ],
        "labels": [{"row": row - FIRST, "text": f"{moment:%H:%M}"} for row, moment in laid.labels],
        "slots": slots,
        "tracks": _legend(shown, tracks),
    }


def _slot(
    place: Place, day: Day, rooms: dict[int, Room], tracks: dict[int, Track]
) -> dict[str, Any]:
    showing = place.showing
    track = tracks.get(showing.track_id) if showing.track_id else None
    return {
        "column": 0 if place.wide else place.column - FIRST,
        "columns": day.columns if place.wide else 1,
        "row": place.row - FIRST,
        "rows": place.rows,
        "wide": place.wide,
        "time": f"{showing.starts_at:%H:%M}–{showing.ends_at:%H:%M}",
        "title": showing.title.text,
        "room": wording_of(rooms[showing.room_id], "name").text,
        "kind": _kind(showing),
        "colour": track.colour if track else 0,
        "cancelled": _("Cancelled") if showing.cancelled else "",
    }


def _kind(showing: Showing) -> str:
    label = str(Kind(showing.kind).label)
    return "" if label == showing.title.text else label


def _legend(shown: list[Showing], tracks: dict[int, Track]) -> list[dict[str, Any]]:
    used = {one.track_id for one in shown}
    return [
        {"name": wording_of(track, "name").text, "colour": track.colour}
        for key, track in tracks.items()
        if key in used
    ]
