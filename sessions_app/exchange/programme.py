"""A programme as it will be imported: everything interpreted, every doubt noted in a sentence."""

import datetime as dt
import uuid
from dataclasses import dataclass, field


@dataclass(slots=True)
class Who:
    """A person of the programme. `key` says which: by id, else by code, else by name."""

    key: str
    name: str
    biography: str = ""
    position: str = ""


@dataclass(slots=True)
class Part:
    """A person's part in an item; `role` is what the file says, if anything."""

    key: str
    role: str = ""


@dataclass(slots=True)
class Item:
    """A session to be. `starts_at` and `ends_at` are in UTC, None where the file has no time."""

    key: str
    guid: uuid.UUID
    title: str
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    type: str = ""
    track: str = ""
    room: str = ""
    languages: list[str] = field(default_factory=list)
    link: str = ""
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    day: dt.date | None = None
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Place:
    """A room to be."""

    name: str
    guid: uuid.UUID | None = None
    capacity: int | None = None


@dataclass(slots=True)
class Programme:
    """The whole file, interpreted. `zone` is an IANA name; `day_starts_at` is a clock in it."""

    title: str
    zone: str
    first_day: dt.date
    last_day: dt.date
    day_starts_at: dt.time
    city: str = ""
    venue: str = ""
    main_language: str = "en"
    places: list[Place] = field(default_factory=list)
    tracks: list[str] = field(default_factory=list)
    people: dict[str, Who] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
