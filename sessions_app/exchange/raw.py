"""A programme file as its reader found it: texts, nothing interpreted yet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MOST_EVENTS = 20_000


class UnreadableSchedule(ValueError):
    """The file is no schedule that we can read; the text says why and what to do."""


def names_in(text: str) -> list[str]:
    """Part a text that names several people: at semicolons or lines, if it has any, or commas."""
    parts = re.split(r"[;\n]" if ";" in text or "\n" in text.strip() else ",", text)
    return [name for part in parts if (name := part.strip())]


@dataclass(slots=True)
class RawPerson:
    """Somebody in an event, by whatever the file knows: an id, a code, a guid, a name."""

    name: str = ""
    id: str = ""
    code: str = ""
    guid: str = ""
    role: str = ""
    biography: str = ""
    position: str = ""


@dataclass(slots=True)
class RawEvent:
    """One event of the file. `day` is the date, or the number, of the day under which it stands."""

    guid: str = ""
    id: str = ""
    code: str = ""
    title: str = ""
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    day: str = ""
    date: str = ""
    start: str = ""
    end: str = ""
    duration: str = ""
    room: str = ""
    track: str = ""
    type: str = ""
    language: str = ""
    url: str = ""
    links: list[str] = field(default_factory=list)
    persons: list[RawPerson] = field(default_factory=list)


@dataclass(slots=True)
class RawDay:
    """A day as the file bounds it; one without a date has its number in `date`."""

    date: str = ""
    start: str = ""
    end: str = ""
    index: str = ""

    @classmethod
    def of(cls, *, date: str, start: str, end: str, index: str, position: int) -> "RawDay":
        """Make the day that stands at `position` of the file."""
        index = index or str(position)
        return cls(date=date or start or index, start=start, end=end, index=index)


@dataclass(slots=True)
class RawRoom:
    """A room; the file may know its guid and its seats."""

    name: str
    guid: str = ""
    capacity: str = ""


@dataclass(slots=True)
class RawSchedule:
    """The whole file."""

    title: str = ""
    zone: str = ""
    day_change: str = ""
    city: str = ""
    venue: str = ""
    start: str = ""
    end: str = ""
    days: list[RawDay] = field(default_factory=list)
    rooms: list[RawRoom] = field(default_factory=list)
    tracks: list[str] = field(default_factory=list)
    events: list[RawEvent] = field(default_factory=list)

    def add(self, events: Iterable[RawEvent]) -> None:
        """Take events in; raises UnreadableSchedule as soon as there are more than MOST_EVENTS."""
        for event in events:
            if len(self.events) == MOST_EVENTS:
                raise UnreadableSchedule(_("There are more than 20,000 sessions in the file."))
            self.events.append(event)
