"""The draft as the workbook shows it: each room, track, speaker and session as plain facts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.languages import Language
from accounts.names import fold
from accounts.tables.values import BadCell, text_of
from forum.editions.models import Edition
from forum.templatetags.content import name_wording, wording_of
from sessions_app.exchange.texts import one_line
from sessions_app.exchange.workbook.sheets import (
    ROOMS,
    SESSIONS,
    SHEETS,
    SPEAKERS,
    TRACKS,
    Column,
)
from sessions_app.exchange.workbook.words import Text
from sessions_app.sessions.models import Appearance, Session, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.log import Draft
from sessions_app.timetable.models import Placement, Room

Facts = dict[str, Any]


@dataclass
class Directory:
    """What a cell may refer to: each thing's label, and every name by which it is found."""

    what: str
    labels: dict[str, str] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, key: str, label: str, names: Iterable[str]) -> None:
        """Take in a thing, or more names of one that is there; the newest label counts."""
        self.labels[key] = label
        for name in (label, *names):
            if folded := fold(name):
                self.names[folded].add(key)

    def find(self, text: str) -> str:
        """Return the key of what a cell names; raises BadCell where that is none or several."""
        begin, bracket, end = text.rpartition("[")
        del begin
        if bracket and text.endswith("]") and end[:-1] in self.labels:
            return end[:-1]
        if text in self.labels:
            return text
        found = self.names.get(fold(text), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise BadCell(
                _("“%(name)s” is the name of several. Write the code of the one that is meant.")
                % {"name": text}
            )
        raise BadCell(
            _("“%(name)s” is not on the sheet “%(sheet)s”. Add it there, or correct the name.")
            % {"name": text, "sheet": self.what}
        )

    def label(self, key: str) -> str:
        """Return what a cell holds for a thing: its name, with the code where names are alike."""
        name = self.labels.get(key, "")
        if not key or (name and self.names.get(fold(name), set()) == {key}):
            return name
        return f"{name} [{key}]".strip()


@dataclass
class Read:
    """An edition's draft, read with a constant number of queries."""

    edition: Edition
    version: int
    rooms: dict[str, Room]
    tracks: dict[str, Track]
    speakers: dict[str, Speaker]
    sessions: dict[str, Session]
    placements: dict[int, Placement]
    appearances: dict[int, list[Appearance]]

    def facts(self, sheet: str, thing: Any) -> Facts:
        """Return what the workbook says of a room, track, speaker or session."""
        if sheet == "sessions":
            return self._session(thing)
        columns = {"rooms": ROOMS, "tracks": TRACKS, "speakers": SPEAKERS}[sheet]
        facts = _fields(thing, columns)
        if sheet == "rooms":
            facts["building"] = wording_of(thing.building, "name").text if thing.building else ""
        return facts

    def _session(self, session: Session) -> Facts:
        facts = _fields(session, SESSIONS)
        place = self.placements.get(session.pk)
        start = place and _local(place.starts_at, self.edition)
        end = place and _local(place.ends_at, self.edition)
        later = start and end and start.date() != end.date()
        return facts | {
            "track": session.track.code if session.track else "",
            "room": place.room.code if place else "",
            "day": start.date() if start else None,
            "start": start.time() if start else None,
            "end": (end if later else end.time()) if end else None,
            "cancelled": session.cancelled_at is not None,
            "speakers": [
                (one.speaker.code, one.role) for one in self.appearances.get(session.pk, [])
            ],
        }


def read_draft(edition: Edition) -> Read:
    """Read everything that the workbook shows."""
    version = Draft.objects.filter(pk=edition.pk).values_list("version", flat=True).first() or 0
    rooms = Room.objects.filter(edition=edition).select_related("building")
    sessions = Session.objects.filter(edition=edition).select_related("track")
    placed = Placement.objects.filter(session__edition=edition).select_related("room")
    placements = {place.session_id: place for place in placed}
    appearances: dict[int, list[Appearance]] = defaultdict(list)
    rows = Appearance.objects.filter(session__edition=edition).select_related("speaker")
    for appearance in rows.order_by("position", "pk"):
        appearances[appearance.session_id].append(appearance)
    late = dt.datetime.max.replace(tzinfo=dt.UTC)

    def in_order(session: Session) -> tuple[dt.datetime, int, int]:
        place = placements.get(session.pk)
        return (
            (place.starts_at, place.room.position, session.pk) if place else (late, 0, session.pk)
        )

    return Read(
        edition=edition,
        version=version,
        rooms={room.code: room for room in rooms},
        tracks={track.code: track for track in Track.objects.filter(edition=edition)},
        speakers={
            speaker.code: speaker
            for speaker in Speaker.objects.filter(edition=edition).order_by("sort_key", "pk")
        },
        sessions={session.code: session for session in sorted(sessions, key=in_order)},
        placements=placements,
        appearances=appearances,
    )


def names_of(facts: Facts, *fields: str) -> set[str]:
    """Return a thing's name in each language; of a person, with either part first."""
    names = set()
    for language in Language.values:
        parts = [facts.get(f"{field}_{language}") or "" for field in fields]
        names |= {" ".join(filter(None, parts)), " ".join(filter(None, reversed(parts)))}
    return names - {""}


def first_of(facts: Facts, *fields: str) -> str:
    """Return a thing's name in the first language that has one: the page's, then as content."""
    for language in dict.fromkeys([get_language() or "", *Language.values]):
        parts = [facts.get(f"{field}_{language}") or "" for field in fields]
        if any(parts):
            return " ".join(filter(None, parts))
    return ""


def blank_facts(sheet: str) -> Facts:
    """Return the facts of something new, with the values that it gets by itself."""
    models_by_sheet: dict[str, type[models.Model]] = {
        "sessions": Session,
        "rooms": Room,
        "tracks": Track,
        "speakers": Speaker,
    }
    columns = next(one.columns for one in SHEETS if one.key == sheet)
    facts = _fields(models_by_sheet[sheet](), columns)
    if sheet == "rooms":
        facts["building"] = ""
    if sheet == "sessions":
        facts |= dict.fromkeys(("track", "room"), "")
        facts |= dict.fromkeys(("day", "start", "end"))
        facts |= {"cancelled": False, "speakers": []}
    return facts


def directories(read: Read, titles: dict[str, str]) -> dict[str, Directory]:
    """Return what cells may refer to, by sheet; `titles` says how the sheets are called."""
    found = {key: Directory(titles[key]) for key in ("rooms", "tracks", "speakers")}
    for key, things in (("rooms", read.rooms), ("tracks", read.tracks)):
        for code, thing in things.items():
            names = names_of(_fields(thing, ROOMS[1:4]), "name")
            found[key].add(code, one_line(wording_of(thing, "name").text), names)
    for code, speaker in read.speakers.items():
        names = names_of(_fields(speaker, SPEAKERS), "given_name", "family_name")
        found["speakers"].add(code, one_line(name_wording(speaker).text), names)
    return found


def count_pairs(read: Read) -> int:
    """Return the most people that a session has."""
    return max(map(len, read.appearances.values()), default=0)


def _fields(thing: models.Model, columns: Iterable[Column]) -> Facts:
    facts: Facts = {}
    for column in columns:
        value = getattr(thing, column.key, None)
        facts[column.key] = text_of(value) if isinstance(column.cell, Text) else value
    return facts


def _local(moment: dt.datetime, edition: Edition) -> dt.datetime:
    """Return a moment on the edition's clocks, to the second that a spreadsheet keeps."""
    return moment.astimezone(edition.zone).replace(tzinfo=None, microsecond=0)
