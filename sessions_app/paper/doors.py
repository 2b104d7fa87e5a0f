"""What hangs at each room's door, a page for each day, as data: titles in every language."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.languages import Language
from forum.editions.models import Edition
from forum.templatetags.frame import day_line
from sessions_app.timetable.models import Release, Room, Slot


def doors_data(edition: Edition, release: Release, *, room: str = "") -> dict[str, Any]:
    """Return the pages of every room, or of the one with the code `room`; 404 without any."""
    slots = Slot.objects.filter(release=release).select_related("session", "room")
    if room:
        slots = slots.filter(room__code=room)
    held: dict[tuple[int, int, dt.date], list[Slot]] = defaultdict(list)
    for slot in slots.order_by("during", "pk"):
        day = edition.day_of(slot.during.lower)
        held[slot.room.position, slot.room_id, day].append(slot)
    if not held:
        raise Http404(_("There is nothing in the programme for this door."))
    return {
        "title": _("Door sheets"),
        "name": _each(edition, "name")[0],
        "doors": [_door(edition, day, held[key]) for key in sorted(held) for day in [key[2]]],
    }


def _door(edition: Edition, day: dt.date, slots: list[Slot]) -> dict[str, Any]:
    room: Room = slots[0].room
    return {
        "room": _each(room, "name") or [room.code],
        "day": _in_each_language(day),
        "slots": [
            {
                "time": [
                    f"{moment.astimezone(edition.zone):%H:%M}"
                    for moment in (slot.during.lower, slot.during.upper)
                ],
                "titles": _each(slot.session, "title"),
                "cancelled": slot.session.cancelled_at is not None,
            }
            for slot in slots
        ],
    }


def _each(thing: Any, field: str) -> list[str]:
    """Return a text in each language that has it, Kazakh first; what is the same, once."""
    texts = [getattr(thing, f"{field}_{language}") for language in Language.values]
    return list(dict.fromkeys(text for text in texts if text))


def _in_each_language(day: dt.date) -> str:
    """Return the day in Kazakh and Russian: a door is read by everybody."""
    lines = []
    for language in (Language.KAZAKH, Language.RUSSIAN):
        with translation.override(language):
            lines.append(day_line(day))
    return " · ".join(lines)
