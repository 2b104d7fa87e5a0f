"""What keeps a draft from being published: one place held twice at the same time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from sessions_app.timetable.spans import short_moment

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Stay(Generic[Key]):
    """Something that holds a place from `start` until just before `end`.

    The place is a room, or a speaker: whatever can be held once at a time.
    """

    place: Key
    start: dt.datetime
    end: dt.datetime
    holder: Key


def overlaps(stays: Iterable[Stay[Key]]) -> Iterator[tuple[Stay[Key], Stay[Key]]]:
    """Yield every pair that holds one place at the same time; touching ends are no overlap."""
    by_place: dict[Key, list[Stay[Key]]] = defaultdict(list)
    for stay in stays:
        by_place[stay.place].append(stay)
    for together in by_place.values():
        together.sort(key=lambda stay: (stay.start, stay.end))
        present: list[Stay[Key]] = []
        for stay in together:
            present = [earlier for earlier in present if earlier.end > stay.start]
            yield from ((earlier, stay) for earlier in present)
            present.append(stay)


def room_sentence(*, room: str, first: str, second: str, at: dt.datetime) -> str:
    """Say that two sessions are in one room; `at` is in the zone in which people read it."""
    return _("“%(first)s” and “%(second)s” are both in the room “%(room)s” at %(time)s.") % {
        "first": first,
        "second": second,
        "room": room,
        "time": short_moment(at),
    }


def speaker_sentence(*, speaker: str, first: str, second: str, at: dt.datetime) -> str:
    """Say that one person is in two sessions; `at` is in the zone in which people read it."""
    return _("%(speaker)s is both in “%(first)s” and in “%(second)s” at %(time)s.") % {
        "speaker": speaker,
        "first": first,
        "second": second,
        "time": short_moment(at),
    }
