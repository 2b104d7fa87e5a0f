"""Reads a draft into a snapshot: five queries, however large it is."""

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db.models import Func, OuterRef
from django.db.models.functions import JSONArray

from accounts.names import translated
from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance, Kind, Session
from sessions_app.speakers.models import Speaker, SpeakerAvailability
from sessions_app.timetable.models import Room, RoomAvailability, Walk
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

FACILITIES = ("sign_language", "hearing_loop", "step_free", "stream")
TITLES, NAMES = translated("title"), translated("name")


def read_levels(edition: Edition) -> dict[Rule, Level]:
    """Return how strict the edition is with every rule."""
    rows = WarningLevel.objects.filter(edition=edition)
    return in_force(dict(rows.values_list("rule", "level")))


def read_snapshot(edition: Edition) -> Snapshot:
    """Read the edition's draft, without what is cancelled."""
    rooms, people = _rooms(edition), _people(edition)
    return Snapshot(
        zone=edition.zone,
        slug=edition.slug,
        days=_days(edition),
        sessions=_sessions(edition, rooms, people),
        rooms=rooms,
        people=people,
        walks={
            frozenset((one, other)): dt.timedelta(minutes=minutes)
            for one, other, minutes in Walk.objects.filter(one__edition=edition).values_list(
                "one_id", "other_id", "minutes"
            )
        },
    )


def _days(edition: Edition) -> Window:
    def begins(day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, edition.day_starts_at, tzinfo=edition.zone)

    return Window(begins(edition.starts_on), begins(edition.ends_on + dt.timedelta(days=1)))


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
        )
        for row in _plain(found).values(*columns, parts=parts)
    }


def _place(row: dict[str, Any], rooms: dict[int, PlannedRoom]) -> Place | None:
    room = row["placement__room_id"]
    if room not in rooms:
        return None
    return Place(room, row["placement__starts_at"], row["placement__ends_at"])


def _rooms(edition: Edition) -> dict[int, PlannedRoom]:
    windows = _windows(RoomAvailability.objects.filter(room=OuterRef("pk")))
    columns = ("pk", *NAMES, "shared", "capacity", "building_id")
    rows = _plain(Room.objects.filter(edition=edition)).values(
        *columns, "interpretation_languages", *FACILITIES, windows=windows
    )
    return {
        row["pk"]: PlannedRoom(
            pk=row["pk"],
            names={column: row[column] or "" for column in NAMES},
            shared=row["shared"],
            capacity=row["capacity"],
            building=row["building_id"],
            offers=_facilities(row),
            windows=_joined(row["windows"]),
        )
        for row in rows.order_by("position", "pk")
    }


def _people(edition: Edition) -> dict[int, Person]:
    windows = _windows(SpeakerAvailability.objects.filter(speaker=OuterRef("pk")))
    columns = (
        *("pk", "code", "confirmed_at", "declined_at"),
        *(*translated("given_name"), *translated("family_name")),
    )
    rows = _plain(Speaker.objects.filter(edition=edition).order_by("sort_key", "pk"))
    return {
        row.pk: Person(
            pk=row.pk,
            names=row,
            confirmed=row.confirmed_at is not None,
            declined=row.declined_at is not None,
            windows=_joined(row.windows),
        )
        for row in rows.annotate(windows=windows).values_list(*columns, "windows", named=True)
    }


def _plain(rows: Any) -> Any:
    """Read columns as they stand: every language is asked for, and choosing one costs time."""
    return rows.rewrite(False)


def _facilities(row: dict[str, Any]) -> frozenset[Need]:
    languages = {Need("interpretation", tongue) for tongue in row["interpretation_languages"]}
    return frozenset(languages | {Need(what) for what in FACILITIES if row[what]})


def _windows(rows: Any) -> ArraySubquery:
    span = Func("starts_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField())
    return ArraySubquery(
        rows.order_by().values_list(span), output_field=ArrayField(span.output_field)
    )


def _joined(windows: list[Any]) -> tuple[Window, ...]:
    return joined((window.lower, window.upper) for window in windows)
