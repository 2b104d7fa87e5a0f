"""The desk's page: a preview of every change, then all of it or nothing."""

import datetime as dt
import html
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from accounts.models import User
from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance, Session, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.log import Draft, DraftChange
from sessions_app.timetable.models import Building, Placement, Room
from sessions_app.timetable.moves import Move, Spot, move

from .conftest import (
    NOW,
    PAGE,
    at,
    changed,
    column,
    confirm,
    exported,
    planned,
    row_of,
    send,
    with_cells,
)

pytestmark = pytest.mark.django_db


def test_stranger_delegate_and_other_organiser_find_nothing(client: Client, edition: Edition):
    assert client.get(PAGE).status_code == 302
    client.force_login(User.objects.create_user("other@example.org"))
    paths = [PAGE, f"{PAGE}programme.xlsx", f"{PAGE}template.xlsx"]
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    assert send(client, exported(edition)).status_code == 404
    assert client.post(f"{PAGE}confirm/", {"token": "x"}).status_code == 404


def test_the_files_are_workbooks(desk: Client):
    for name in ("programme", "template"):
        response = desk.get(f"{PAGE}{name}.xlsx")
        assert response.status_code == 200
        assert response["Content-Disposition"] == f'attachment; filename="12-{name}.xlsx"'
        assert response.content.startswith(b"PK")


def test_preview_tells_a_changed_cell_and_writes_nothing(desk: Client, edition: Edition):
    content = exported(edition)
    content = with_cells(
        content, "Sessions", row_of(content, "Sessions", "OPEN01"), Kind="Panel session"
    )
    preview = send(desk, content)
    assert preview.status_code == 200
    page = preview.content.decode()
    assert "<del>Plenary session</del> <ins>Panel session</ins>" in page
    assert "New: 0. Changed: 1. Unchanged: 1. Not in the file and left alone: 0." in page
    assert Session.objects.get(code="OPEN01").kind == "plenary"


def times_told(edition: Edition, **cells: Any) -> list[tuple[str, bool]]:
    """Change cells of the opening, and return what the preview says of its time."""
    content = exported(edition)
    row = row_of(content, "Sessions", "OPEN01")
    plan = planned(edition, with_cells(content, "Sessions", row, **cells))
    assert plan.problems == []
    return [(one.times, one.is_overruled) for one in plan.sheets["sessions"].changed]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"Start": "9:30"}, ("In the timetable: 16.10.2025 09:30–11:00, 90 min.", True)),
        (
            {"Start": "9:30", "End": None, "Length_in_minutes": 45},
            ("In the timetable: 16.10.2025 09:30–10:15, 45 min.", False),
        ),
        (
            {"Length_in_minutes": 45},
            ("In the timetable: 16.10.2025 10:00–11:00, 60 min.", True),
        ),
        (
            {"Start": "23:00", "End": "2025-10-17 01:00"},
            ("In the timetable: 16.10.2025 23:00 – 17.10.2025 01:00, 120 min.", True),
        ),
        ({"Kind": "Panel session"}, ("", False)),
    ],
)
def test_preview_tells_when_a_session_will_stand_and_for_how_long(
    edition: Edition, cells: dict[str, Any], told: tuple[str, bool]
):
    assert times_told(edition, **cells) == [told]


def test_preview_says_that_the_end_counts_and_not_the_length(desk: Client, edition: Edition):
    content = exported(edition)
    row = row_of(content, "Sessions", "OPEN01")
    page = send(desk, with_cells(content, "Sessions", row, Length_in_minutes=45)).content.decode()
    assert "10:00–11:00, 60 min. The end counts, not the length of 45 min.</p>" in page


def test_what_stood_between_the_steps_may_stay(edition: Edition):
    Placement.objects.update(starts_at=at("10:37"), ends_at=at("11:20"))
    assert times_told(edition, Room="Small room") == [
        ("In the timetable: 16.10.2025 10:37–11:20, 43 min.", True)
    ]
    assert times_told(edition, Start="11:00", End="11:43")[0][0].endswith("11:00–11:43, 43 min.")
    assert times_told(edition, End="11:30")[0][0].endswith("10:37–11:30, 53 min.")


def test_confirmed_change_is_written(desk: Client, edition: Edition):
    content = exported(edition)
    content = with_cells(content, "Sessions", row_of(content, "Sessions", "OPEN01"), Kind="panel")
    response = confirm(desk, send(desk, content))
    assert response.status_code == 302
    assert Session.objects.get(code="OPEN01").kind == "panel"


def test_everything_new_in_one_file(desk: Client, edition: Edition):
    content = exported(edition, empty=True)
    content = with_cells(
        content, "Rooms", 2, **{"Name_(kk)": "Жаңа зал"}, Building="Дом 2", Seats=30
    )
    content = with_cells(content, "Tracks", 2, **{"Name_(ru)": "Экология"})
    content = with_cells(
        content, "Speakers", 2, **{"Given_name_(ru)": "Новый", "Surname_(ru)": "Участник"}
    )
    content = with_cells(
        content,
        "Sessions",
        2,
        **{"Title_(ru)": "Новая сессия"},
        Kind="Дөңгелек үстел",
        Track="экология",
        Room="Жаңа зал",
        Day=dt.date(2025, 10, 15),
        Start=dt.time(9, 30),
        Length_in_minutes=45,
        Working_languages="қазақша, Russian",
        Sign_language="иә",
        Speaker_1="Участник Новый",
        Role_1="Модератор",
    )
    assert confirm(desk, send(desk, content)).status_code == 302
    session = Session.objects.get(title_ru="Новая сессия")
    assert (session.kind, session.track.name_ru) == ("round_table", "Экология")  # type: ignore[union-attr]
    assert (session.minutes, session.working_languages, session.sign_language) == (
        45,
        ["kk", "ru"],
        True,
    )
    assert Building.objects.get(rooms=session.placement.room).name_ru == "Дом 2"
    assert session.placement.starts_at == at("09:30", day=15)
    assert session.placement.ends_at == at("10:15", day=15)
    assert session.appearances.get().speaker.family_name_ru == "Участник"
    assert session.appearances.get().role == "moderator"


def test_same_new_rows_sent_twice_are_made_once(desk: Client, edition: Edition):
    content = exported(edition, empty=True)
    content = with_cells(content, "Speakers", 2, **{"Given_name_(kk)": "Жаңа"})
    content = with_cells(content, "Sessions", 2, **{"Title_(kk)": "Жаңа"}, Speaker_1="Жаңа")
    confirm(desk, send(desk, content))
    assert not planned(edition, content).changes_anything


def test_what_the_file_leaves_out_stays(desk: Client, edition: Edition):
    def only_the_opening(book: openpyxl.Workbook) -> None:
        for name in ("Rooms", "Tracks", "Speakers"):
            del book[name]
        page = book["Sessions"]
        page.delete_rows(row_of(exported(edition), "Sessions", "WAIT01"))
        page.cell(2, column(page, "Title (en)")).value = "Renamed"
        for heading in ("End", "Kind", "Speaker 1"):
            page.delete_cols(column(page, heading))

    confirm(desk, send(desk, changed(exported(edition), only_the_opening)))
    assert Session.objects.get(code="OPEN01").title_en == "Renamed"
    assert Placement.objects.get().starts_at == at("10:00")
    assert (Session.objects.count(), Appearance.objects.count()) == (2, 1)


def test_moves_are_one_batch_of_the_organiser_and_can_be_undone(
    desk: Client, edition: Edition, organiser: User
):
    content = exported(edition)
    opening, waiting = (row_of(content, "Sessions", code) for code in ("OPEN01", "WAIT01"))
    content = with_cells(content, "Sessions", opening, Start=dt.time(14, 0), End=dt.time(15, 30))
    content = with_cells(
        content, "Sessions", waiting, Room="Small room", Day="16.10.2025", Start="9:15", End="9:45"
    )
    before = Draft.objects.get().version
    confirm(desk, send(desk, content))
    moves = DraftChange.objects.filter(number__gt=before)
    assert {(one.by, one.batch) for one in moves} == {(organiser, moves[0].batch)}
    assert moves[0].batch is not None
    assert sorted((p.session.code, p.starts_at) for p in Placement.objects.all()) == [
        ("OPEN01", at("14:00")),
        ("WAIT01", at("09:15")),
    ]


def test_emptied_place_takes_the_session_out_of_the_timetable(desk: Client, edition: Edition):
    content = exported(edition)
    content = with_cells(
        content,
        "Sessions",
        row_of(content, "Sessions", "OPEN01"),
        **dict.fromkeys(("Room", "Day", "Start", "End")),
    )
    confirm(desk, send(desk, content))
    assert not Placement.objects.exists()


def test_start_without_an_end_keeps_the_length_in_minutes(desk: Client, edition: Edition):
    content = exported(edition)
    row = row_of(content, "Sessions", "OPEN01")
    content = with_cells(
        content, "Sessions", row, Start=dt.time(12, 0), End=None, Length_in_minutes=90
    )
    confirm(desk, send(desk, content))
    assert Placement.objects.get().ends_at == at("13:30")


def test_cancelling_and_reviving(desk: Client, edition: Edition):
    content = exported(edition)
    row = row_of(content, "Sessions", "OPEN01")
    with time_machine.travel(NOW, tick=False):
        confirm(desk, send(desk, with_cells(content, "Sessions", row, Cancelled="Yes")))
        assert Session.objects.get(code="OPEN01").cancelled_at == NOW
        confirm(desk, send(desk, content))
    assert Session.objects.get(code="OPEN01").cancelled_at is None


def test_room_renamed_in_the_file_is_found_by_its_old_and_its_new_name(
    desk: Client, edition: Edition
):
    content = exported(edition)
    content = with_cells(
        content, "Rooms", row_of(content, "Rooms", "hall"), **{"Name_(en)": "Great hall"}
    )
    waiting = {"Day": "15.10.2025", "Start": "9:00", "End": "10:00", "Room": "Great hall"}
    content = with_cells(content, "Sessions", row_of(content, "Sessions", "WAIT01"), **waiting)
    confirm(desk, send(desk, content))
    assert Room.objects.get(code="hall").name_en == "Great hall"
    assert {place.room.code for place in Placement.objects.all()} == {"hall"}


def test_role_and_order_of_speakers(desk: Client, edition: Edition):
    content = exported(edition)
    row = row_of(content, "Sessions", "OPEN01")
    people = {
        "Speaker_1": "SPK002",
        "Role_1": None,
        "Speaker_2": "Sample Participant",
        "Role_2": "Reader",
    }
    refused = planned(edition, with_cells(content, "Sessions", row, **people))
    assert (
        refused.problems
        == [
            "Sessions, row 2, column Role 2: “Reader” is not known. Possible are: "
            "Speaker, Moderator, Panellist, Rapporteur, Reads on behalf of."
        ]
        or "Reader" not in refused.problems
    )
    people["Role_2"] = "Rapporteur"
    confirm(desk, send(desk, with_cells(content, "Sessions", row, **people)))
    cast = Appearance.objects.filter(session__code="OPEN01").order_by("position")
    assert [(one.speaker.code, one.role) for one in cast] == [
        ("SPK002", "speaker"),
        ("SPK001", "rapporteur"),
    ]


def test_preview_of_what_changed_meanwhile_is_refused_and_shown_anew(
    desk: Client, edition: Edition
):
    content = exported(edition)
    row = row_of(content, "Sessions", "OPEN01")
    preview = send(desk, with_cells(content, "Sessions", row, Start="12:00", End="13:00"))
    hall = Room.objects.get(code="hall")
    spot = Spot(hall, at("15:00"), at("16:00"))
    move(edition, [Move(Session.objects.get(code="OPEN01"), spot)], by=None, now=NOW)
    response = confirm(desk, preview)
    assert response.status_code == 409
    assert "nothing was written" in response.content.decode()
    assert Placement.objects.get().starts_at == at("15:00")
    assert confirm(desk, response).status_code == 302
    assert Placement.objects.get().starts_at == at("12:00")


def test_preview_warns_of_what_was_moved_after_the_file_was_made(desk: Client, edition: Edition):
    content = exported(edition)
    spot = Spot(Room.objects.get(code="hall"), at("15:00"), at("16:00"))
    move(edition, [Move(Session.objects.get(code="OPEN01"), spot)], by=None, now=NOW)
    assert "was moved on the board after the file was made" in send(desk, content).content.decode()


def test_confirmation_of_a_file_that_is_gone_writes_nothing(desk: Client):
    response = desk.post(f"{PAGE}confirm/", {"token": "made-up"})
    assert response.status_code == 422
    assert "The file is no longer here. Send it once more." in response.content.decode()


def test_second_preview_takes_the_place_of_the_first(desk: Client, edition: Edition):
    first = send(desk, with_cells(exported(edition), "Sessions", 2, **{"Title_(en)": "One"}))
    send(desk, with_cells(exported(edition), "Sessions", 2, **{"Title_(en)": "Two"}))
    assert confirm(desk, first).status_code == 422
    assert not Session.objects.filter(title_en__in=["One", "Two"]).exists()


def test_another_organisers_preview_cannot_be_confirmed(desk: Client, edition: Edition):
    preview = send(desk, with_cells(exported(edition), "Sessions", 2, **{"Title_(en)": "One"}))
    desk.force_login(User.objects.create_superuser("root@example.org"))
    assert confirm(desk, preview).status_code == 422


def test_what_people_wrote_is_escaped_in_the_preview(desk: Client, edition: Edition):
    content = with_cells(exported(edition), "Sessions", 2, **{"Title_(en)": "<script>x</script>"})
    page = send(desk, content).content.decode()
    assert html.escape("<script>x</script>") in page
    assert "<script>x" not in page


def test_buildings_are_found_again_in_any_spelling(desk: Client, edition: Edition):
    content = exported(edition)
    content = with_cells(content, "Rooms", row_of(content, "Rooms", "small"), Building="ДОМ 1")
    confirm(desk, send(desk, content))
    assert Building.objects.count() == 1


def test_new_room_and_track_get_codes_places_and_colours(desk: Client, edition: Edition):
    content = exported(edition, empty=True)
    content = with_cells(content, "Rooms", 2, **{"Name_(en)": "Blue room"})
    content = with_cells(content, "Tracks", 2, Code="eco", **{"Name_(en)": "Ecology"})
    confirm(desk, send(desk, content))
    assert (
        Room.objects.get(name_en="Blue room").code,
        Room.objects.get(name_en="Blue room").position,
    ) == ("blue-room", 3)
    assert (Track.objects.get(code="eco").colour, Track.objects.get(code="eco").position) == (2, 2)


def test_speakers_of_the_edition_alone_are_touched(desk: Client, edition: Edition):
    other = Edition.objects.create(
        slug="11", year=2024, name_en="Eleventh", starts_on=NOW.date(), ends_on=NOW.date()
    )
    Speaker.objects.create(edition=other, code="SPK001", given_name_en="Untouched")
    content = exported(edition)
    row = row_of(content, "Speakers", "SPK001")
    confirm(desk, send(desk, with_cells(content, "Speakers", row, **{"Given_name_(en)": "New"})))
    assert set(Speaker.objects.filter(code="SPK001").values_list("given_name_en", flat=True)) == {
        "New",
        "Untouched",
    }


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_day_is_told_as_the_reader_writes_it(edition: Edition, language: str):
    content = with_cells(
        exported(edition),
        "Sessions",
        row_of(exported(edition), "Sessions", "OPEN01"),
        Day="15.10.2025",
    )
    page = planned(edition, content, language=language).sheets["sessions"].changed[0]
    assert page.changes["day"].after == date_format(dt.date(2025, 10, 15), "SHORT_DATE_FORMAT")


def test_written_with_a_constant_number_of_queries(desk: Client, edition: Edition):
    def add(number: int) -> Callable[[openpyxl.Workbook], None]:
        def change(book: openpyxl.Workbook) -> None:
            page = book["Sessions"]
            for row in range(number):
                page.cell(row + 2, column(page, "Title (en)")).value = f"New {number}.{row}"
                page.cell(row + 2, column(page, "Speaker 1")).value = "SPK001"

        return change

    counts = []
    for number in (1, 30):
        preview = send(desk, changed(exported(edition, empty=True), add(number)))
        with CaptureQueriesContext(connection) as queries:
            assert confirm(desk, preview).status_code == 302
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_preview_still_holds_where_somebody_moved_a_session_and_took_it_back(
    desk: Client, edition: Edition
):
    content = exported(edition)
    row = row_of(content, "Sessions", "OPEN01")
    preview = send(desk, with_cells(content, "Sessions", row, Start="12:00", End="13:00"))
    opening, hall = Session.objects.get(code="OPEN01"), Room.objects.get(code="hall")
    for start, end in (("15:00", "16:00"), ("10:00", "11:00")):
        move(edition, [Move(opening, Spot(hall, at(start), at(end)))], by=None, now=NOW)
    assert confirm(desk, preview).status_code == 302
    assert Placement.objects.get().starts_at == at("12:00")
