"""What a JSON file holds, as texts and things: whatever the case and underscores of its names."""

import functools
import zoneinfo
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sessions_app.exchange.times import read_moment, read_zone

Thing = dict[str, Any]
MOST_FIELDS = 200
"""What has more of them is no session, room or person."""


def thing_of(value: Any) -> Thing:
    """Return an object; of anything else, an empty one."""
    return value if isinstance(value, dict) else {}


def things_of(value: Any) -> list[Thing]:
    """Return the objects in a list, or among the values of an object."""
    return [thing for _key, thing in items_of(value)]


def items_of(value: Any) -> Iterator[tuple[str, Thing]]:
    """Return the objects in a list without a key each, those of an object with theirs."""
    if isinstance(value, dict):
        yield from ((str(key), thing) for key, thing in value.items() if isinstance(thing, dict))
    elif isinstance(value, list):
        yield from (("", thing) for thing in value if isinstance(thing, dict))


def distinct(*things: Thing) -> list[Thing]:
    """Return each thing once; two that are equal are two."""
    return list({id(thing): thing for thing in things}.values())


@functools.lru_cache(4096)
def folded(name: str) -> str:
    """Return the name of a field as every dialect would have it: startsAt is starts_at."""
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


def field_of(thing: Thing, *names: str) -> Any:
    """Return the first field of these names that says something; None without one."""
    fields = _fields(thing)
    values = (fields.get(folded(name)) for name in names)
    return next((value for value in values if value not in (None, "", [], {})), None)


def text_of(thing: Thing, *names: str) -> str:
    """Return the first field of these names that is a text, or can be read as one."""
    return first_text(_fields(thing), *names)


def texts_of(thing: Thing, fields: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Return several fields, each by any of its names, as `text_of` does."""
    found = _fields(thing)
    return {field: first_text(found, *names) for field, names in fields}


def first_text(fields: Thing, *names: str) -> str:
    """Return the first text of these names in `fields`, whose names are folded already."""
    return next(filter(None, (string(fields.get(folded(name))) for name in names)), "")


def _fields(thing: Thing) -> Thing:
    return {folded(key): thing[key] for key in islice(thing, MOST_FIELDS) if len(key) <= 40}


def string(value: Any) -> str:
    """Return a value as text; of a text in several languages, in the order kk, ru, en."""
    if isinstance(value, dict):
        return _moment(value) or _best(value)
    if isinstance(value, list):
        return ", ".join(filter(None, (string(v) for v in value if not isinstance(v, list))))
    if value is None or isinstance(value, bool):
        return ""
    try:
        return str(value).strip()
    except ValueError:  # an integer of thousands of digits
        return ""


def _best(value: Thing) -> str:
    for key in ("name", "title", "kk", "ru", "en", *value):
        held = value.get(key)
        if key in {"name", "title"} and isinstance(held, dict):
            held = next(
                (text for inner in ("kk", "ru", "en", *held) if (text := held.get(inner))), ""
            )
        if isinstance(held, str | int) and (text := string(held)):
            return text
    return ""


def _moment(value: Thing) -> str:
    """Return a moment that has its date and time in two fields, as Indico writes it."""
    if isinstance(value.get("dateTime"), str):
        return str(value["dateTime"])
    date, time, zone = value.get("date"), value.get("time"), read_zone(string(value.get("tz")))
    if not isinstance(date, str) or not isinstance(time, str):
        return ""
    moment = read_moment(f"{date}T{time}", zoneinfo.ZoneInfo(zone)) if zone else None
    return moment.astimezone(zoneinfo.ZoneInfo(zone)).isoformat() if moment else f"{date}T{time}"
