"""Puts the programme's page together: what is shown, what one can choose, what was chosen."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from forum.templatetags.content import wording_of
from forum.templatetags.frame import day_line
from sessions_app.sessions.models import Kind, Track
from sessions_app.timetable.access import (
    Showing,
    matching_ids,
    rooms_of,
    showings,
    tracks_of,
)
from sessions_app.timetable.filters import Filters, apply, read_filters
from sessions_app.timetable.grid import Day, lay_out
from sessions_app.timetable.models import Release, Room
from sessions_app.timetable.rendering import Writer

Thing = TypeVar("Thing")
FACILITIES = {
    "sign_language": gettext_lazy("sign language"),
    "hearing_loop": gettext_lazy("hearing loop"),
    "step_free": gettext_lazy("step-free access"),
    "stream": gettext_lazy("live broadcast"),
}
"""What a room may have and a session may need, besides interpretation, each with its word."""


@dataclass(frozen=True)
class Choice:
    """One value of a filter: a chip, or an option of a select."""

    value: str
    label: str
    chosen: bool
    query: str
    colour: int = 0


@dataclass(frozen=True)
class Menu:
    """A filter that is a select."""

    name: str
    label: str
    everything: str
    choices: list[Choice]


@dataclass(frozen=True)
class ShownDay:
    """A day's heading and its slots, written."""

    date: dt.date
    html: SafeString
    is_grid: bool


@dataclass(frozen=True)
class Programme:
    """Everything that the page shows."""

    filters: Filters
    total: int
    matching: int
    room_count: int
    days: list[ShownDay]
    tracks: list[Choice]
    menus: list[Menu]


def read_programme(edition: Edition, release: Release, *, asked: Mapping[str, str]) -> Programme:
    """Read a release, filtered as the address asks, in at most five queries."""
    shown = showings(edition, release)
    rooms = _used(rooms_of(edition), (one.room_id for one in shown))
    tracks = _used(tracks_of(edition), (one.track_id for one in shown))
    days = sorted({one.day for one in shown})
    filters = read_filters(
        asked, days=days, tracks=tracks, rooms=rooms, languages=_languages(shown)
    )
    found = matching_ids(edition, filters.q) if filters.q else None
    matching = apply(filters, shown, tracks=tracks, rooms=rooms, found=found)
    writer = Writer(edition, rooms, tracks)
    return Programme(
        filters=filters,
        total=len(shown),
        matching=len(matching),
        room_count=len(rooms),
        days=[_written(writer, day) for day in lay_out(matching, list(rooms))],
        tracks=_track_choices(filters, tracks),
        menus=_menus(filters, shown, days=days, rooms=rooms),
    )


def read_as_it_was(
    edition: Edition, release: Release, *, with_pages: Collection[int]
) -> list[ShownDay]:
    """Read a release with the words of then, by day; only sessions in `with_pages` are links."""
    shown = showings(edition, release, by_then=True)
    rooms = _used(rooms_of(edition), (one.room_id for one in shown))
    writer = Writer(edition, rooms, tracks_of(edition), with_pages=with_pages)
    return [_written(writer, day) for day in lay_out(shown, list(rooms))]


def _written(writer: Writer, day: Day) -> ShownDay:
    return ShownDay(day.date, writer.day(day), day.is_grid)


def _used(things: dict[int, Thing], used: Iterable[int | None]) -> dict[int, Thing]:
    wanted = set(used)
    return {key: thing for key, thing in things.items() if key in wanted}


def _languages(shown: list[Showing]) -> list[str]:
    """List the languages that are spoken or interpreted, ours first."""
    spoken = {
        code for one in shown for code in (*one.working_languages, *one.interpretation_languages)
    }
    ours = [code for code in ("kk", "ru", "en") if code in spoken]
    return ours + sorted(spoken - set(ours))


def _track_choices(filters: Filters, tracks: Mapping[int, Track]) -> list[Choice]:
    everything = Choice("", _("All tracks"), not filters.track, filters.query(track=""))
    return [everything] + [
        Choice(
            track.code,
            wording_of(track, "name").text,
            track.code == filters.track,
            filters.query(track=track.code),
            track.colour,
        )
        for track in tracks.values()
    ]


def _menus(
    filters: Filters, shown: list[Showing], *, days: list[dt.date], rooms: Mapping[int, Room]
) -> list[Menu]:
    held = {one.kind for one in shown}
    kinds = [(kind.value, str(kind.label)) for kind in Kind if kind in held]
    languages = [(code, language_name(code)) for code in _languages(shown)]
    told = [
        ("day", _("Day"), _("All days"), [(day.isoformat(), day_line(day)) for day in days]),
        ("kind", _("Kind"), _("All kinds"), kinds),
        (
            "room",
            _("Room"),
            _("All rooms"),
            [(room.code, wording_of(room, "name").text) for room in rooms.values()],
        ),
        ("language", _("Language"), _("All languages"), languages),
    ]
    return [
        Menu(name, label, everything, _choices(filters, name, values))
        for name, label, everything, values in told
        if len(values) > 1
    ]


def _choices(filters: Filters, name: str, values: list[tuple[str, str]]) -> list[Choice]:
    chosen = getattr(filters, name)
    return [
        Choice(value, label, value == chosen, filters.query(**{name: value}))
        for value, label in values
    ]


def language_name(code: str) -> str:
    """Return a language's name in the page's language; a code that is none of ours as it stands."""
    names = {"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}
    return names.get(code, code)


def languages_line(codes: list[str]) -> str:
    """Write languages one after another: "Kazakh, Russian", «Казахский, русский»."""
    names = [language_name(code) for code in codes]
    if get_language() != "en":
        names[1:] = [name.lower() for name in names[1:]]
    return ", ".join(names)
