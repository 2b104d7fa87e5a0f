"""Finds what looks like sessions anywhere in a JSON file whose form is not known.

As in timetables by day and room, or in the pages of an interface.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sessions_app.exchange.things import MOST_FIELDS, Thing, folded, string, text_of
from sessions_app.exchange.times import read_date

_DEEPEST = 30
_LISTS = {"sessions", "events", "talks", "lectures", "items", "entries", "results", "schedule"}
_LISTS |= {"slots", "data", "program", "programme", "agenda", "contributions", "presentations"}
_TIMES = {"start", "startsat", "starttime", "startdate", "startdatetime", "slots", "slot", "begin"}
_TIMES |= {"time", "date"}
_TITLES = {"title", "name"}


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
    if not value:
        return
    is_session = _is_session(value)
    within = _placed(value, here, above, is_session=is_session)
    inside = [
        met
        for key, part in value.items()
        if isinstance(part, dict | list)
        for met in _walk(part, _below(key, part, within), above=key, depth=depth + 1)
    ]
    if inside or not is_session:
        yield from inside
    else:
        yield replace(here, thing=value)


def _below(key: str, part: Any, here: Met) -> Met:
    """Take the key over a list of a day's sessions for their room, if it is no word for them."""
    if read_date(key):
        return replace(here, day=key)
    names_a_room = here.day and not here.room and folded(key) not in _LISTS
    return replace(here, room=key) if names_a_room and isinstance(part, list) else here


def _placed(value: Thing, here: Met, above: str, *, is_session: bool) -> Met:
    """Take over the day, room or track that a thing is for what stands in it."""
    if is_session:
        return replace(here, track=text_of(value, "title", "name"))
    if folded(above) in {"rooms", "room"}:
        name = text_of(value, "name", "title")
        return replace(here, room=name) if name else here
    date = string(value.get("date"))
    return replace(here, day=date) if read_date(date) else here


def _is_session(value: Thing) -> bool:
    names = {folded(key) for key in islice(value, MOST_FIELDS)}
    return bool(names & _TIMES) and bool(names & _TITLES) and bool(text_of(value, "title", "name"))
