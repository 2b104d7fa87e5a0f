"""Reads schedule.json in its dialects, pretalx's schedule data, and Sessionize's export."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from sessions_app.exchange.raw import (
    RawDay,
    RawEvent,
    RawPerson,
    RawRoom,
    RawSchedule,
    UnreadableSchedule,
)

Thing = dict[str, Any]
_LISTS = ("events", "sessions", "talks", "lectures")
_FIELDS = (
    ("guid", ("guid", "uuid")),
    ("id", ("id",)),
    ("code", ("code",)),
    ("title", ("title", "name")),
    ("subtitle", ("subtitle",)),
    ("abstract", ("abstract",)),
    ("description", ("description",)),
    ("date", ("date", "startsAt", "starts_at", "start_time")),
    ("start", ("start",)),
    ("end", ("end", "endsAt", "ends_at", "end_time")),
    ("duration", ("duration",)),
    ("room", ("room", "roomId", "room_id")),
    ("track", ("track", "track_id")),
    ("type", ("type", "session_type", "submission_type")),
    ("language", ("language", "content_locale")),
    ("url", ("url", "origin_url")),
)


def read_json(content: bytes) -> RawSchedule:
    """Read the bytes of a schedule.json; raises UnreadableSchedule."""
    top = _parse(content)
    if not isinstance(top, dict):
        raise UnreadableSchedule(
            _("This JSON is a list and no schedule. Choose a schedule.json, which is an object.")
        )
    schedule = _thing(top.get("schedule")) or top
    conference = _thing(schedule.get("conference")) or schedule
    raw = RawSchedule(
        title=_text(conference, "title", "name"),
        zone=_text(conference, "time_zone_name", "timezone", "time_zone"),
        day_change=_text(conference, "day_change"),
        city=_text(conference, "city"),
        venue=_text(conference, "venue"),
        start=_text(conference, "start"),
        end=_text(conference, "end"),
    )
    known = _Known(top, schedule, conference)
    raw.rooms, raw.tracks = known.room_list, list(known.tracks.values())
    days = conference.get("days") or schedule.get("days") or []
    for key, day in _items(days):
        date = _text(day, "date") or key
        start, end = _text(day, "day_start", "start"), _text(day, "day_end", "end")
        raw.days.append(RawDay(date, start, end))
        raw.add(known.event(thing, date, room) for room, thing in _of_day(day))
    for holder in _distinct(conference, schedule, top):
        raw.add(known.event(thing, "", room) for room, thing in _listed(holder))
    return raw


def _parse(content: bytes) -> Any:
    def refuse(constant: str) -> NoReturn:
        raise ValueError(constant)

    try:
        return json.loads(content.decode(json.detect_encoding(content)), parse_constant=refuse)
    except RecursionError as error:
        raise UnreadableSchedule(
            _("The JSON is nested too deeply for a schedule. Choose a schedule.json.")
        ) from error
    except ValueError as error:
        raise UnreadableSchedule(
            _("The JSON is broken or cut off near line %(line)s. Export the programme again.")
            % {"line": getattr(error, "lineno", 1)}
        ) from error


def _thing(value: Any) -> Thing:
    return value if isinstance(value, dict) else {}


def _things(value: Any) -> list[Thing]:
    values = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return []
    return [thing for thing in values if isinstance(thing, dict)]


def _items(value: Any) -> Iterator[tuple[str, Thing]]:
    if isinstance(value, dict):
        yield from ((str(key), thing) for key, thing in value.items() if isinstance(thing, dict))
    else:
        yield from (("", thing) for thing in _things(value))


def _distinct(*things: Thing) -> list[Thing]:
    return list({id(thing): thing for thing in things}.values())


def _of_day(day: Thing) -> Iterator[tuple[str, Thing]]:
    rooms = day.get("rooms")
    if isinstance(rooms, dict):
        for room, held in rooms.items():
            found = held if isinstance(held, list) else _thing(held).get("events")
            yield from ((str(room), thing) for thing in _things(found))
    for room in _things(rooms) if isinstance(rooms, list) else []:
        yield from ((_text(room, "name"), thing) for _room, thing in _listed(room))
    yield from _listed(day)


def _listed(holder: Thing) -> Iterator[tuple[str, Thing]]:
    for name in _LISTS:
        yield from (("", thing) for thing in _things(holder.get(name)))


def _string(value: Any) -> str:
    """Return a value as text; of a text in several languages, in the order kk, ru, en."""
    if isinstance(value, dict):
        for key in ("name", "title", "kk", "ru", "en", *value):
            if isinstance(value.get(key), str | int) and value.get(key) not in ("", None):
                return _string(value[key])
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, (_string(v) for v in value if not isinstance(v, list))))
    if value is None or isinstance(value, bool):
        return ""
    try:
        return str(value).strip()
    except ValueError:  # an integer of thousands of digits
        return ""


def _text(thing: Thing, *names: str) -> str:
    return next(filter(None, (_string(thing.get(name)) for name in names)), "")


class _Known:
    """What events refer to by an id: rooms, tracks and speakers listed beside them."""

    def __init__(self, *holders: Thing) -> None:
        self.rooms: dict[str, str] = {}
        self.tracks: dict[str, str] = {}
        self.speakers: dict[str, Thing] = {}
        self.room_list: list[RawRoom] = []
        for holder in _distinct(*holders):
            self._read(holder)

    def _read(self, holder: Thing) -> None:
        for room in _things(holder.get("rooms")):
            if name := _text(room, "name"):
                self.rooms[_text(room, "id") or name] = name
                self.room_list.append(RawRoom(name, _text(room, "guid"), _text(room, "capacity")))
        for track in _things(holder.get("tracks")):
            if name := _text(track, "name"):
                self.tracks[_text(track, "id") or name] = name
        for speaker in _things(holder.get("speakers")):
            if key := _text(speaker, "id", "code", "guid"):
                self.speakers[key] = speaker

    def event(self, thing: Thing, day: str, room: str) -> RawEvent:
        """Read one event that stands under a day and a room, if under any."""
        event = RawEvent(day=day)
        for field, names in _FIELDS:
            setattr(event, field, _text(thing, *names))
        event.room = self.rooms.get(event.room, event.room) or room
        event.track = self.tracks.get(event.track, event.track)
        persons = thing.get("persons") or thing.get("speakers") or []
        for person in persons if isinstance(persons, list) else []:
            event.persons.append(self._person(person))
        links = thing.get("links")
        event.links = [
            link if isinstance(link, str) else _text(_thing(link), "url", "href")
            for link in (links if isinstance(links, list) else [])
        ]
        return event

    def _person(self, person: Any) -> RawPerson:
        if not isinstance(person, dict):
            named = _string(person)
            person = self.speakers.get(named, {"name": named})
        full = " ".join(filter(None, [_text(person, "firstName"), _text(person, "lastName")]))
        return RawPerson(
            name=_text(person, "public_name", "name", "full_public_name", "fullName") or full,
            id=_text(person, "id"),
            code=_text(person, "code"),
            guid=_text(person, "guid"),
            role=_text(person, "role"),
            biography=_text(person, "biography", "bio", "description"),
            position=_text(person, "position", "tagLine"),
        )
