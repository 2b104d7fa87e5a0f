"""Lays one day's sessions into the grid of rooms and times (static/css/programme.css)."""

import datetime as dt
import math
from collections import defaultdict
from dataclasses import dataclass, field

from sessions_app.sessions.models import Kind
from sessions_app.timetable.access import Showing

STEP_MINUTES = 5
MOST_COLUMNS = 80
MOST_ROWS = 24 * 60 // STEP_MINUTES
LABEL_DISTANCE = 3
FIRST = 2
"""The first column of a room and the first row of a time; before them stand the heads."""
WIDE_KINDS = frozenset({Kind.PLENARY, Kind.CEREMONY, Kind.CHECK_IN, Kind.BREAK, Kind.FAIR})


@dataclass(slots=True)
class Place:
    """A session's rows, and its column; a wide one goes over every room."""

    showing: Showing
    row: int
    rows: int
    column: int = 0

    @property
    def wide(self) -> bool:
        """Whether it stands over every room, because nothing else is held meanwhile."""
        return self.column == 0


@dataclass(slots=True)
class Head:
    """A room's head over its columns: one, or one for each session held in it at once."""

    room_id: int
    column: int
    columns: int


@dataclass(slots=True)
class Day:
    """A day laid out. One that no grid can hold is a list alone (`is_grid` is false)."""

    date: dt.date
    places: list[Place]
    heads: list[Head] = field(default_factory=list)
    labels: list[tuple[int, dt.datetime]] = field(default_factory=list)
    rows: int = 0
    is_grid: bool = True

    @property
    def columns(self) -> int:
        """The columns of all rooms together; at least one, for wide sessions alone."""
        return max(1, sum(head.columns for head in self.heads))


def lay_out(shown: list[Showing], room_order: list[int]) -> list[Day]:
    """Lay out each day that has sessions; `shown` is in order of time."""
    days: dict[dt.date, list[Showing]] = defaultdict(list)
    for showing in shown:
        days[showing.day].append(showing)
    return [_lay_out_day(date, of_day, room_order) for date, of_day in sorted(days.items())]


def _lay_out_day(date: dt.date, shown: list[Showing], room_order: list[int]) -> Day:
    first = shown[0].starts_at
    places = []
    for showing in shown:
        row = FIRST + math.floor(_steps(showing.starts_at - first))
        end = FIRST + math.ceil(_steps(showing.ends_at - first))
        places.append(Place(showing, row, max(1, end - row)))
    day = Day(date, places, rows=max(place.row + place.rows for place in places) - FIRST)
    _choose_columns(day, room_order)
    day.labels = _labels(day)
    day.is_grid = day.columns <= MOST_COLUMNS and day.rows <= MOST_ROWS
    return day


def _steps(length: dt.timedelta) -> float:
    return length / dt.timedelta(minutes=STEP_MINUTES)


def _choose_columns(day: Day, room_order: list[int]) -> None:
    by_room: dict[int, list[Place]] = defaultdict(list)
    for place, alone in zip(day.places, _stand_alone(day.places), strict=True):
        if not (alone and place.showing.kind in WIDE_KINDS):
            by_room[place.showing.room_id].append(place)
    column = FIRST
    for room in room_order:
        if room not in by_room:
            continue
        columns = _fill_columns(by_room[room], column)
        day.heads.append(Head(room, column, columns))
        column += columns


def _stand_alone(places: list[Place]) -> list[bool]:
    """Tell for each place, in order of row, whether no other shares a row with it."""
    alone, busy_until = [True] * len(places), 0
    holder = -1
    for number, place in enumerate(places):
        if place.row < busy_until:
            alone[number] = False
            alone[holder] = False
        if place.row + place.rows > busy_until:
            busy_until, holder = place.row + place.rows, number
    return alone


def _fill_columns(places: list[Place], column: int) -> int:
    """Put a room's places side by side where they overlap; return how many columns it takes."""
    free_from: list[int] = []
    for place in places:
        lane = next((n for n, free in enumerate(free_from) if free <= place.row), len(free_from))
        if lane == len(free_from):
            free_from.append(0)
        free_from[lane] = place.row + place.rows
        place.column = column + lane
    return len(free_from)


def _labels(day: Day) -> list[tuple[int, dt.datetime]]:
    """Say the time where sessions begin, not closer than a line of text needs."""
    labels: list[tuple[int, dt.datetime]] = []
    for place in day.places:
        if not labels or place.row - labels[-1][0] >= LABEL_DISTANCE:
            labels.append((place.row, place.showing.starts_at))
    return labels
