"""Finds what looks like sessions anywhere in a JSON file whose form is not known.

As in timetables by day and room, or in the pages of an interface.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sessions_app.exchange.things import Thing, folded, text_of
from sessions_app.exchange.times import read_date

_DEEPEST = 30
_LISTS = {"sessions", "events", "talks", "lectures", "items", "entries", "results", "schedule"}
_LISTS |= {"slots", "data", "program", "programme", "agenda", "contributions", "presentations"}
_TIMES = {"start", "startsat", "starttime", "startdate", "startdatetime", "slots", "slot", "begin"}
_TIMES |= {"time", "date"}


@dataclass(frozen=True, slots=True)
class Met:
    """A session that was met, and what stands above it."""

    thing: Thing
    day: str = ""
    room: str = ""
    track: str = ""


def walk(value: Any) -> list[Met]:
    """Return whatever has a title and a time; of what holds others, those."""
    return list(_walk(value, Met({}), above="", depth=0))


def _walk(value: Any, here: Met, *, above: str, depth: int) -> Iterator[Met]:
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return
    if isinstance(value, list):
        for part in value:
            yield from _walk(part, here, above=above, depth=depth + 1)
        return
    within = _placed(value, here, above)
    inside = [
        met
        for key, part in value.items()
        for met in _walk(part, _below(key, part, within), above=str(key), depth=depth + 1)
    ]
    if inside or not _is_session(value):
        yield from inside
    else:
        yield replace(here, thing=value)


def _below(key: str, part: Any, here: Met) -> Met:
    """Take the key over a list of a day's sessions for their room, if it is no word for them."""
    if read_date(key):
        return replace(here, day=key)
    names_a_room = here.day and not here.room and folded(key) not in _LISTS
    return replace(here, room=key) if names_a_room and isinstance(part, list) else here


def _placed(value: Thing, here: Met, above: str) -> Met:
    """Take over the day, room or track that a thing is for what stands in it."""
    name = text_of(value, "name", "title")
    if folded(above) in {"rooms", "room"} and name:
        return replace(here, room=name)
    if _is_session(value):
        return replace(here, track=name)
    date = text_of(value, "date")
    return replace(here, day=date) if read_date(date) else here


def _is_session(value: Thing) -> bool:
    return bool(text_of(value, "title", "name")) and bool(_TIMES & {folded(k) for k in value})
