"""Reads a draft into a snapshot: two queries, however large it is."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONArray, JSONObject

from accounts.names import translated
from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance, Kind, Session
from sessions_app.speakers.models import Speaker, SpeakerAvailability
from sessions_app.timetable.models import Room, RoomAvailability, Walk
from sessions_app.timetable.programme import FACILITIES
from sessions_app.warnings.levels import in_force
from sessions_app.warnings.models import Level, Rule, WarningLevel
from sessions_app.warnings.snapshot import (
    Need,
    Part,
    Person,
    Place,
    PlannedRoom,
    PlannedSession,
    Snapshot,
    Window,
    joined,
)

seated: dict[str, Any] = {}
"""How features above tell who holds a seat: by name, an expression that gives, for a row of
Session, the ids of registrations."""

TITLES, NAMES = translated("title"), translated("name")


def read_levels(edition: Edition) -> dict[Rule, Level]:
    """Return how strict the edition is with every rule."""
    rows = WarningLevel.objects.filter(edition=edition)
    return in_force(dict(rows.values_list("rule", "level")))


def read_snapshot(edition: Edition) -> tuple[Snapshot, dict[Rule, Level]]:
    """Read the edition's draft, without what is cancelled, and how strict each rule is."""
    beside = Edition.objects.filter(pk=edition.pk).values_list(
        _rooms(), _people(), _walks(), _levels()
    )
    rooms_read, people_read, walks, levels = beside.get()
    rooms = {row["pk"]: _room(row) for row in rooms_read}
    people = {row["pk"]: _person(row) for row in people_read}
    draft = Snapshot(
        zone=edition.zone,
        slug=edition.slug,
        days=_days(edition),
        sessions=_sessions(edition, rooms, people),
        rooms=rooms,
        people=people,
        walks={
            frozenset((one, other)): dt.timedelta(minutes=minutes) for one, other, minutes in walks
        },
    )
    return draft, in_force(dict(levels))


def _days(edition: Edition) -> Window:
    over = edition.ends_on + dt.timedelta(days=1)
    return Window(edition.beginning_of(edition.starts_on), edition.beginning_of(over))


def _sessions(
    edition: Edition, rooms: dict[int, PlannedRoom], people: dict[int, Person]
) -> dict[int, PlannedSession]:
    appearances = Appearance.objects.filter(session=OuterRef("pk")).order_by("position", "pk")
    parts = ArraySubquery(appearances.values_list(JSONArray("speaker_id", "role", "exclusive")))
    columns = (
        *("pk", "code", "kind", "track_id", *TITLES, "interpretation_languages"),
        *(*FACILITIES, "expected_audience"),
        *("placement__room_id", "placement__starts_at", "placement__ends_at"),
    )
    found = Session.objects.filter(edition=edition, cancelled_at=None).order_by("pk")
    return {
        row["pk"]: PlannedSession(
            pk=row["pk"],
            code=row["code"],
            kind=Kind(row["kind"]),
            track=row["track_id"],
            titles={column: row[column] or "" for column in TITLES},
            needs=_facilities(row),
            audience=row["expected_audience"],
            parts=tuple(Part(*part) for part in row["parts"] if part[0] in people),
            place=_place(row, rooms),
            seated=frozenset(holder for name in seated for holder in row[name]),
        )
        for row in _plain(found).values(*columns, parts=parts, **seated)
    }


def _place(row: dict[str, Any], rooms: dict[int, PlannedRoom]) -> Place | None:
    room = row["placement__room_id"]
    if room not in rooms:
        return None
    return Place(room, row["placement__starts_at"], row["placement__ends_at"])


def _rooms() -> ArraySubquery:
    columns = ("pk", *NAMES, "shared", "capacity", "building_id", "interpretation_languages")
    rows = Room.objects.filter(edition=OuterRef("pk")).order_by("position", "pk")
    windows = _windows(RoomAvailability.objects.filter(room=OuterRef("pk")))
    return _objects(rows, *columns, *FACILITIES, windows=windows)


def _room(row: dict[str, Any]) -> PlannedRoom:
    return PlannedRoom(
        pk=row["pk"],
        names={column: row[column] or "" for column in NAMES},
        shared=row["shared"],
        capacity=row["capacity"],
        building=row["building_id"],
        offers=_facilities(row),
        windows=_joined(row["windows"]),
    )


def _people() -> ArraySubquery:
    names = (*translated("given_name"), *translated("family_name"))
    rows = Speaker.objects.filter(edition=OuterRef("pk")).order_by("sort_key", "pk")
    windows = _windows(SpeakerAvailability.objects.filter(speaker=OuterRef("pk")))
    return _objects(rows, "pk", "code", "confirmed_at", "declined_at", *names, windows=windows)


def _person(row: dict[str, Any]) -> Person:
    return Person(
        pk=row["pk"],
        names=SimpleNamespace(**row),
        confirmed=row["confirmed_at"] is not None,
        declined=row["declined_at"] is not None,
        windows=_joined(row["windows"]),
    )


def _walks() -> ArraySubquery:
    rows = Walk.objects.filter(one__edition=OuterRef("pk")).order_by()
    return ArraySubquery(rows.values_list(JSONArray("one_id", "other_id", "minutes")))


def _levels() -> ArraySubquery:
    rows = WarningLevel.objects.filter(edition=OuterRef("pk")).order_by()
    return ArraySubquery(rows.values_list(JSONArray("rule", "level")))


def _objects(rows: Any, *columns: str, **more: Any) -> ArraySubquery:
    told = JSONObject(**{column: column for column in columns}, **more)
    return ArraySubquery(_plain(rows).values_list(told))


def _plain(rows: Any) -> Any:
    """Read columns as they stand: every language is asked for, and choosing one costs time."""
    return rows.rewrite(False)


def _facilities(row: dict[str, Any]) -> frozenset[Need]:
    languages = {Need("interpretation", tongue) for tongue in row["interpretation_languages"]}
    return frozenset(languages | {Need(what) for what in FACILITIES if row[what]})


def _windows(rows: Any) -> ArraySubquery:
    return ArraySubquery(rows.order_by().values_list(JSONArray("starts_at", "ends_at")))


def _joined(windows: list[list[str]]) -> tuple[Window, ...]:
    moment = dt.datetime.fromisoformat
    return joined((moment(start), moment(end)) for start, end in windows)
