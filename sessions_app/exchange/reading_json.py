"""Reads schedule.json in its dialects, pretalx's schedule data, and Sessionize's export."""

import json
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from sessions_app.exchange.events_json import Known
from sessions_app.exchange.raw import RawDay, RawSchedule, UnreadableSchedule
from sessions_app.exchange.things import Thing, distinct, items_of, text_of, thing_of, things_of
from sessions_app.exchange.walking import walk

_LISTS = ("events", "sessions", "talks", "lectures", "items")


def read_json(content: bytes) -> RawSchedule:
    """Read the bytes of a schedule.json; raises UnreadableSchedule."""
    top = _parse(content)
    whole = thing_of(top)
    schedule = thing_of(whole.get("schedule")) or whole
    conference = thing_of(schedule.get("conference")) or schedule
    raw = RawSchedule(
        title=text_of(conference, "title", "name"),
        zone=text_of(conference, "time_zone_name", "timezone"),
        day_change=text_of(conference, "day_change"),
        city=text_of(conference, "city"),
        venue=text_of(conference, "venue"),
        start=text_of(conference, "start", "start_date", "date_from"),
        end=text_of(conference, "end", "end_date", "date_to"),
    )
    known = Known(whole, schedule, conference)
    raw.rooms, raw.tracks = known.room_list, list(dict.fromkeys(known.tracks.values()))
    days = conference.get("days") or schedule.get("days") or []
    for position, (key, day) in enumerate(items_of(days), start=1):
        found = RawDay.of(
            date=text_of(day, "date") or key,
            start=text_of(day, "day_start", "start"),
            end=text_of(day, "day_end", "end"),
            index=text_of(day, "index"),
            position=position,
        )
        raw.days.append(found)
        for room, thing in _of_day(day):
            raw.add(known.events(thing, found.date, room))
    for holder in distinct(conference, schedule, whole):
        for _room, thing in _listed(holder):
            raw.add(known.events(thing, "", ""))
    if not raw.events:
        for met in walk(top):
            raw.add(known.events(met.thing, met.day, met.room, met.track))
    if not raw.events and isinstance(top, list):
        raise UnreadableSchedule(
            _("This JSON is a list and no schedule. Choose a schedule.json, which is an object.")
        )
    return raw


def _of_day(day: Thing) -> list[tuple[str, Thing]]:
    rooms = day.get("rooms")
    found: list[tuple[str, Thing]] = []
    if isinstance(rooms, dict):
        for room, held in rooms.items():
            events = held if isinstance(held, list) else thing_of(held).get("events")
            found += ((str(room), thing) for thing in things_of(events))
    for room in things_of(rooms) if isinstance(rooms, list) else []:
        found += ((text_of(room, "name"), thing) for _room, thing in _listed(room))
    return found + _listed(day)


def _listed(holder: Thing) -> list[tuple[str, Thing]]:
    return [("", thing) for name in _LISTS for thing in things_of(holder.get(name))]


def _parse(content: bytes) -> Any:
    def refuse(constant: str) -> NoReturn:
        raise ValueError(constant)

    try:
        return json.loads(content.decode(json.detect_encoding(content)), parse_constant=refuse)
    except UnicodeDecodeError as error:
        raise UnreadableSchedule(
            _(
                "Near line %(line)d are signs that are not in the encoding that the file declares."
                " Save the file as UTF-8."
            )
            % {"line": content.count(b"\n", 0, error.start) + 1}
        ) from error
    except RecursionError as error:
        raise UnreadableSchedule(
            _("The JSON is nested too deeply for a schedule. Choose a schedule.json.")
        ) from error
    except ValueError as error:
        raise UnreadableSchedule(
            _("The JSON is broken or cut off near line %(line)s. Export the programme again.")
            % {"line": getattr(error, "lineno", 1)}
        ) from error
