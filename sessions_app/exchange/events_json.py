"""Reads the sessions of a JSON file, with the rooms, tracks and people that they refer to."""

from collections.abc import Iterator
from typing import Any

from sessions_app.exchange.raw import RawEvent, RawPerson, RawRoom, names_in
from sessions_app.exchange.things import (
    Thing,
    distinct,
    field_of,
    string,
    text_of,
    texts_of,
    thing_of,
)

_FIELDS = (
    ("guid", ("guid", "uuid")),
    ("id", ("id", "event_id", "session_id", "conf_key")),
    ("code", ("code",)),
    ("title", ("title", "name")),
    ("subtitle", ("subtitle",)),
    ("abstract", ("abstract", "summary")),
    ("description", ("description",)),
    ("day", ("day", "day_index")),
    ("date", ("date", "starts_at", "start_date", "start_datetime")),
    ("start", ("start", "start_time", "time", "begin")),
    ("end", ("end", "ends_at", "end_time", "end_date", "end_datetime")),
    ("duration", ("duration", "duration_minutes", "length")),
    ("room", ("room", "room_id", "room_name", "location", "stage", "hall")),
    ("track", ("track", "track_id", "track_name")),
    ("type", ("type", "session_type", "submission_type", "kind", "format")),
    ("language", ("language", "content_locale", "lang", "languages")),
    ("url", ("url", "origin_url")),
)
_PEOPLE = ("persons", "speakers", "presenters", "authors", "speaker", "person", "presenter")
_PERSON = (
    ("name", ("public_name", "name", "full_public_name", "full_name")),
    ("first", ("first_name", "given_name")),
    ("last", ("last_name", "family_name", "surname")),
    ("id", ("id",)),
    ("code", ("code",)),
    ("guid", ("guid", "uuid")),
    ("role", ("role",)),
    ("biography", ("biography", "bio", "description")),
    ("position", ("position", "tag_line", "job_title")),
)


class Known:
    """What events refer to by an id: rooms, tracks and speakers listed beside them."""

    def __init__(self, *holders: Thing) -> None:
        self.rooms: dict[str, str] = {}
        self.tracks: dict[str, str] = {}
        self.speakers: dict[str, Thing] = {}
        self.room_list: list[RawRoom] = []
        for holder in distinct(*holders):
            self._read(holder)

    def _read(self, holder: Thing) -> None:
        for key, room in _named(field_of(holder, "rooms")):
            if name := text_of(room, "name", "title"):
                self.rooms |= dict.fromkeys((key, *_ids(room, "id", "slug", "guid"), name), name)
                self.room_list.append(
                    RawRoom(name, text_of(room, "guid", "uuid"), text_of(room, "capacity"))
                )
        for key, track in _named(field_of(holder, "tracks")):
            if name := text_of(track, "name", "title"):
                self.tracks |= dict.fromkeys((key, *_ids(track, "id", "slug", "code"), name), name)
        for key, speaker in _named(field_of(holder, "speakers", "persons")):
            for mark in (key, *_ids(speaker, "id", "code", "guid")):
                self.speakers.setdefault(mark, speaker)
        for known in (self.rooms, self.tracks, self.speakers):
            known.pop("", None)

    def events(self, thing: Thing, day: str, room: str, track: str = "") -> Iterator[RawEvent]:
        """Read one event that stands under a day and a room, if under any; each slot is one."""
        slots = field_of(thing, "slots", "slot")
        slots = [slots] if isinstance(slots, dict) else slots
        times = (
            [slot for slot in slots if isinstance(slot, dict)] if isinstance(slots, list) else []
        )
        for slot in times or [{}]:
            event = self._event({**thing, **_placing(slot)})
            event.day = day or event.day
            event.room = self.rooms.get(event.room, event.room) or room
            event.track = self.tracks.get(event.track, event.track) or track
            yield event

    def _event(self, thing: Thing) -> RawEvent:
        event = RawEvent()
        for field, text in texts_of(thing, _FIELDS).items():
            setattr(event, field, text)
        event.persons = self._persons(field_of(thing, *_PEOPLE))
        links = thing.get("links")
        event.links = [
            link if isinstance(link, str) else text_of(thing_of(link), "url", "href")
            for link in (links if isinstance(links, list) else [])
        ]
        return event

    def _persons(self, value: Any) -> list[RawPerson]:
        if isinstance(value, str):
            value = [value] if value.strip() in self.speakers else names_in(value)
        elif isinstance(value, dict):
            several = [part for part in value.values() if isinstance(part, dict)]
            value = several if several and not text_of(value, "name", "public_name") else [value]
        return [self._person(person) for person in (value if isinstance(value, list) else [])]

    def _person(self, person: Any) -> RawPerson:
        if not isinstance(person, dict):
            named = string(person)
            person = self.speakers.get(named, {"name": named})
        texts = texts_of(person, _PERSON)
        parted = " ".join(filter(None, [texts.pop("first"), texts.pop("last")]))
        return RawPerson(**{**texts, "name": texts["name"] or parted})


def _ids(thing: Thing, *names: str) -> list[str]:
    return [text_of(thing, name) for name in names]


def _named(value: Any) -> Iterator[tuple[str, Thing]]:
    """Return rooms, tracks or people with the key under which they stand, if under any."""
    if isinstance(value, dict):
        for key, part in value.items():
            if isinstance(part, dict):
                yield str(key), part
            elif isinstance(part, str):
                yield str(key), {"name": part}
    elif isinstance(value, list):
        for part in value:
            if isinstance(part, dict):
                yield "", part
            elif isinstance(part, str):
                yield "", {"name": part}


def _placing(slot: Thing) -> Thing:
    """Return of a slot where and when it is: its id is not the session's."""
    return {
        key: value
        for key, value in slot.items()
        if key in {"room", "start", "end", "duration", "date"} and value is not None
    }
