"""Where a day's sessions stand in the grid of rooms and times."""

import datetime as dt

import pytest
from django.conf import settings

from forum.templatetags.content import Wording
from sessions_app.sessions.models import Kind
from sessions_app.timetable.access import Showing
from sessions_app.timetable.grid import FIRST, MOST_COLUMNS, MOST_ROWS, lay_out
from tests.sessions_app.timetable.conftest import at

HALL, SMALL, FAIR = 1, 2, 3
ROOMS = [HALL, SMALL, FAIR]


def show(room: int, start: str, end: str, kind: str = Kind.BREAKOUT) -> Showing:
    return Showing(
        session_id=0,
        room_id=room,
        code="S",
        title=Wording("S"),
        kind=kind,
        track_id=None,
        working_languages=[],
        interpretation_languages=[],
        sign_language=False,
        cancelled=False,
        seats="",
        starts_at=at(start),
        ends_at=at(end),
        day=dt.date(2025, 10, 16),
    )


def places(*shown: Showing) -> list[tuple[int, int, int]]:
    [day] = lay_out(list(shown), ROOMS)
    return [(place.column, place.row, place.rows) for place in day.places]


def test_rows_count_five_minutes_from_the_days_first_session() -> None:
    assert places(show(HALL, "09:30", "10:00"), show(SMALL, "10:00", "11:30")) == [
        (2, 2, 6),
        (3, 8, 18),
    ]


def test_a_plenary_alone_in_its_time_goes_over_every_room() -> None:
    shown = [
        show(HALL, "09:00", "10:00", Kind.PLENARY),
        show(HALL, "10:00", "11:00"),
        show(SMALL, "10:00", "11:00"),
    ]
    [day] = lay_out(shown, ROOMS)
    assert [place.wide for place in day.places] == [True, False, False]


def test_a_plenary_beside_another_session_stays_in_its_room() -> None:
    shown = [show(HALL, "09:00", "10:00", Kind.PLENARY), show(SMALL, "09:30", "09:45")]
    [day] = lay_out(shown, ROOMS)
    assert [place.wide for place in day.places] == [False, False]


def test_sessions_at_once_in_a_shared_room_stand_side_by_side() -> None:
    [day] = lay_out(
        [show(HALL, "09:00", "10:00"), show(FAIR, "09:00", "10:00"), show(FAIR, "09:30", "11:00")],
        ROOMS,
    )
    assert [place.column for place in day.places] == [2, 3, 4]
    assert [(head.room_id, head.column, head.columns) for head in day.heads] == [
        (HALL, 2, 1),
        (FAIR, 3, 2),
    ]


def test_a_room_that_is_empty_has_no_column() -> None:
    [day] = lay_out([show(SMALL, "09:00", "10:00"), show(SMALL, "10:00", "11:00")], ROOMS)
    assert [head.room_id for head in day.heads] == [SMALL]


@pytest.mark.parametrize(("rooms", "is_grid"), [(80, True), (81, False)])
def test_more_than_eighty_rooms_are_a_list(rooms: int, is_grid: bool) -> None:
    shown = [show(room, "09:00", "10:00") for room in range(rooms)]
    [day] = lay_out(shown, list(range(rooms)))
    assert day.is_grid == is_grid


def test_times_are_not_written_over_each_other() -> None:
    shown = [
        show(HALL, "09:00", "09:05"),
        show(SMALL, "09:05", "10:00"),
        show(HALL, "09:30", "10:00"),
    ]
    [day] = lay_out(shown, ROOMS)
    assert [row for row, _moment in day.labels] == [2, 8]


def test_the_style_sheet_has_a_rule_for_every_place_that_a_grid_may_have():
    rules = (settings.BASE_DIR / "static/css/grid.css").read_text()
    columns = range(FIRST, FIRST + MOST_COLUMNS)
    wanted = [f".c{n}{{grid-column:{n}}}" for n in columns]
    wanted += [f".r{n}{{grid-row-start:{n}}}" for n in range(FIRST, FIRST + MOST_ROWS)]
    wanted += [f"[data-rooms='{n}']" for n in range(1, MOST_COLUMNS + 1)]
    wanted += [f".s{n}{{grid-row-end:span {n}}}" for n in range(1, MOST_ROWS + 1)]
    assert [rule for rule in wanted if rule not in rules] == []
