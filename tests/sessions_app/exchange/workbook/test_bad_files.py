"""Whatever is wrong with a file, one clear sentence says it, and the draft is as it was."""

import datetime as dt
import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from accounts.tables import package
from forum.editions.models import Edition
from sessions_app.sessions.models import Session
from sessions_app.timetable.log import Draft
from sessions_app.timetable.models import Placement

from .conftest import PAGE, changed, column, exported, planned, row_of, send, with_cells

pytestmark = pytest.mark.django_db
NO_XLSX = "This is not an XLSX workbook."


def everything(edition: Edition) -> list[object]:
    rows = (Session, Placement, Draft)
    return [edition.slug, *(sorted(model.objects.values_list()) for model in rows)]


@pytest.fixture(autouse=True)
def _as_it_was(edition: Edition) -> Iterator[None]:
    before = everything(edition)
    yield
    assert everything(edition) == before


def refusal(desk: Client, content: bytes, *, name: str = "file.xlsx") -> str:
    response = send(desk, content, name=name)
    assert response.status_code == 422
    assert 'name="token"' not in response.content.decode()
    return response.content.decode()


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", NO_XLSX),
        (b"Code;Title\n1;Hall\n", NO_XLSX),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, NO_XLSX),
        (b"PK\x03\x04 not really", NO_XLSX),
        (b"PK\x05\x06" + b"\0" * 18, NO_XLSX),
        (zipped(**{"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), NO_XLSX),
        (zipped(**{"[Content_Types].xml": b"<Types/>"}), NO_XLSX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "This is an old .xls file"),
    ],
)
def test_what_is_no_workbook(desk: Client, content: bytes, sentence: str):
    assert sentence in refusal(desk, content)


def test_no_file_at_all(desk: Client):
    response = desk.post(PAGE)
    assert response.status_code == 422
    assert "Choose a file." in response.content.decode()


def test_too_many_bytes(desk: Client):
    assert "larger than 10 MB" in refusal(desk, b"PK\x03\x04" + b"\0" * package.MOST_BYTES)


def test_bomb(desk: Client):
    bomb = zipped(**{"[Content_Types].xml": b"<Types/>", "xl/bomb.xml": b"\0" * (65 * 1024 * 1024)})
    assert len(bomb) < package.MOST_BYTES
    assert "more than 64 MB" in refusal(desk, bomb)


@pytest.mark.parametrize(
    "more", [b'<row r="900">' + b"<c><v>1</v></c>" * 3_000_000 + b"</row>", b"<row/>" * 9_000_000]
)
def test_millions_of_cells_in_a_small_file(desk: Client, edition: Edition, more: bytes):
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(exported(edition))) as good,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/worksheets/sheet2.xml":
                content = content.replace(b"</sheetData>", more + b"</sheetData>")
            bad.writestr(name, content)
    began = time.process_time()
    assert "too many cells" in refusal(desk, stream.getvalue())
    assert time.process_time() - began < 5


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_entities(desk: Client, edition: Edition, coding: str):
    evil = '<!DOCTYPE x [<!ENTITY a "aaaa">]><sst/>'.encode(coding)
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(exported(edition))) as good,
        zipfile.ZipFile(stream, "w") as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, evil if name == "xl/workbook.xml" else good.read(name))
    assert NO_XLSX in refusal(desk, stream.getvalue())


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"])
def test_broken_part(desk: Client, edition: Edition, part: str):
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(exported(edition))) as good,
        zipfile.ZipFile(stream, "w") as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, good.read(name)[: -50 if name == part else None])
    assert NO_XLSX in refusal(desk, stream.getvalue())


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml"])
def test_elements_within_each_other(desk: Client, edition: Edition, part: str):
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(exported(edition))) as good,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            content = good.read(name)
            if name == part:
                end = content.rindex(b"</")
                deep = b"<a>" * 100_000 + b"</a>" * 100_000
                content = content[:end] + deep + content[end:]
            bad.writestr(name, content)
    assert "nested too deeply inside" in refusal(desk, stream.getvalue())


def test_too_many_rows(desk: Client):
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Sessions")
    page.append(["Title (en)"])
    for number in range(100_000):
        page.append([f"Session {number}"])
    stream = io.BytesIO()
    book.save(stream)
    assert "The sheet “Sessions” has more than 5,000 rows." in refusal(desk, stream.getvalue())


def test_formatted_but_empty_rows_do_not_count(edition: Edition):
    def far_below(book: openpyxl.Workbook) -> None:
        book["Sessions"].cell(90_000, 1).value = "   "

    assert not planned(edition, changed(exported(edition), far_below)).changes_anything


def test_sheets_of_other_names(desk: Client):
    book = openpyxl.Workbook()
    stream = io.BytesIO()
    book.save(stream)
    page = refusal(desk, stream.getvalue())
    assert "They are called: Sessions, Rooms, Tracks, Speakers." in page


def test_sheet_without_our_headings(desk: Client, edition: Edition):
    content = changed(exported(edition), lambda book: book["Sessions"].delete_rows(1))
    assert "The first row of the sheet “Sessions” has none of our headings." in refusal(
        desk, content
    )


def test_column_that_stands_there_twice(desk: Client, edition: Edition):
    def twice(book: openpyxl.Workbook) -> None:
        book["Sessions"].cell(1, 90).value = "Зал"

    content = changed(exported(edition), twice)
    assert "The sheet “Sessions” has the column “Зал” twice." in refusal(desk, content)


def test_unknown_columns_and_sheets_are_told_and_left(edition: Edition):
    def more(book: openpyxl.Workbook) -> None:
        book["Rooms"].cell(1, 90).value = "My notes"
        book.create_sheet("Budget")

    plan = planned(edition, changed(exported(edition), more))
    assert plan.notes == [
        "The sheet “Rooms” has a column that is none of ours; it was not read: My notes.",
        "The sheet “Budget” is none of ours; it was not read.",
    ]


@pytest.mark.parametrize("heading", ["Code", "Room", "Day", "Start"])
def test_renamed_column_that_must_be_there_stops_everything(
    desk: Client, edition: Edition, heading: str
):
    def rename(book: openpyxl.Workbook) -> None:
        page = book["Sessions"]
        page.cell(1, column(page, heading)).value = "Hall"
        page.cell(2, column(page, "Title (en)")).value = "Renamed"

    content = changed(exported(edition), rename)
    assert planned(edition, content).problems[0] == (
        f"The sheet “Sessions” has no column “{heading}”. Put it back, or give it its heading"
        " again."
    )
    page = send(desk, content).content.decode()
    assert f"has no column “{heading}”" in page
    assert 'name="token"' not in page


def test_titles_of_one_language_are_enough(edition: Edition):
    def drop(*headings: str) -> list[str]:
        def change(book: openpyxl.Workbook) -> None:
            for heading in headings:
                book["Sessions"].delete_cols(column(book["Sessions"], heading))

        return planned(edition, changed(exported(edition), change)).problems

    assert drop("Title (kk)", "Title (ru)") == []
    assert drop("Title (kk)", "Title (ru)", "Title (en)") == [
        "The sheet “Sessions” has no column “Title”. Put it back, or give it its heading again."
    ]


def test_merged_cells(desk: Client, edition: Edition):
    content = changed(exported(edition), lambda book: book["Sessions"].merge_cells("A2:B3"))
    assert "The cells A2:B3 are merged." in refusal(desk, content)


CELLS: list[tuple[dict[str, Any], str]] = [
    ({"Title_(en)": "=1+1"}, "column Title (en): The cell D2 holds a formula."),
    ({"Kind": "Quarrel"}, "column Kind: “Quarrel” is not known. Possible are: Plenary session,"),
    ({"Kind": None}, "column Kind: “” is not known."),
    ({"Room": "Cellar"}, "column Room: “Cellar” is not on the sheet “Rooms”."),
    ({"Track": "Magic"}, "column Track: “Magic” is not on the sheet “Tracks”."),
    ({"Speaker_1": "Nobody"}, "column Speaker 1: “Nobody” is not on the sheet “Speakers”."),
    ({"Role_1": "Wizard"}, "column Role 1: “Wizard” is not known."),
    ({"Role_3": "Moderator"}, "column Role 3: There is a role without a speaker."),
    ({"Speaker_2": "SPK001"}, "column Speaker 2: “SPK001” is in this session twice."),
    ({"Day": "31.02.2025"}, "column Day: There must be a date, such as 16.10.2025."),
    ({"Day": "10/16/2025"}, "column Day: There must be a date, such as 16.10.2025."),
    ({"Day": 7}, "column Day: The forum is held from"),
    ({"Day": "17.10.2025"}, "column Day: The forum is held from"),
    ({"Start": "25:00"}, "column Start: There must be a time of day, such as 09:30."),
    ({"Start": 9}, "column Start: There must be a time of day, such as 09:30."),
    ({"Start": "8:33"}, "column Start: Sessions begin at full five minutes, such as 10:05."),
    ({"End": "11:33"}, "column End: Sessions last full five minutes, such as 45 or 50."),
    (
        {"Start": "9:00", "End": None, "Length_in_minutes": 33},
        "column Length in minutes: Sessions last full five minutes, such as 45 or 50.",
    ),
    ({"Start": None}, "column Start: A session in the timetable needs a room, a day and a start"),
    ({"Room": None}, "column Room: A session in the timetable needs a room, a day and a start"),
    ({"End": "9:00"}, "column End: The session ends before it starts."),
    ({"End": "2025-10-17 16:00"}, "column End: The session is longer than 24 hours."),
    ({"Length_in_minutes": 1800}, "column Length in minutes: The number must be from 5 to 1440."),
    ({"Length_in_minutes": "long"}, "column Length in minutes: There must be a whole number."),
    ({"Length_in_minutes": 10**11}, "column Length in minutes: The number must be from 5 to 1440."),
    ({"Expected_audience": -1}, "column Expected audience: The number must be from 0"),
    ({"Expected_audience": 10**10}, "column Expected audience: The number must be from 0"),
    ({"Sign_language": "maybe"}, "column Sign language: There must be “Yes” or “No”."),
    ({"Working_languages": "Klingon!"}, "column Working languages: “Klingon!” is no language"),
    ({"Title_(en)": "x" * 301}, "column Title (en): The text has 301 signs; at most 300"),
    ({"Title_(en)": dt.date(2025, 1, 2)}, "column Title (en): There is a date instead of text."),
    ({"Title_(en)": None}, "There must be something in at least one language."),
    ({"Code": "NOSUCH"}, "column Code: Nothing has the code “NOSUCH”."),
    ({"Code": "WAIT01"}, "column Code: The code “WAIT01” stands in row 2 already."),
]


@pytest.mark.parametrize(("cells", "sentence"), CELLS)
def test_cell_that_is_refused_by_its_name(edition: Edition, cells: dict[str, Any], sentence: str):
    content = exported(edition)
    row = row_of(content, "Sessions", "OPEN01")
    problems = planned(edition, with_cells(content, "Sessions", row, **cells)).problems
    assert len(problems) == 1
    assert sentence in problems[0]
    assert problems[0].startswith(f"Sessions, row {3 if cells == {'Code': 'WAIT01'} else row}, ")


ROOMS: list[tuple[dict[str, Any], str]] = [
    ({"Code": "with space"}, "Rooms, row 2, column Code: A code has up to 60 Latin letters"),
    ({"Seats": "many"}, "Rooms, row 2, column Seats: There must be a whole number."),
    ({"Position": 40_000}, "Rooms, row 2, column Position: The number must be from 0 to 32767."),
]


@pytest.mark.parametrize(("cells", "sentence"), ROOMS)
def test_room_that_is_refused(edition: Edition, cells: dict[str, Any], sentence: str):
    problems = planned(edition, with_cells(exported(edition), "Rooms", 2, **cells)).problems
    assert [sentence in problem for problem in problems] == [True]


def test_wrong_address_of_a_speaker(edition: Edition):
    content = with_cells(exported(edition), "Speakers", 2, **{"E-mail": "not an address"})
    assert planned(edition, content).problems == [
        "Speakers, row 2, column E-mail: “not an address” is no e-mail address."
    ]


def test_dates_and_times_as_excel_counts_them(edition: Edition):
    content = exported(edition)
    row = row_of(content, "Sessions", "OPEN01")
    content = with_cells(content, "Sessions", row, Day=45945, Start=0.5, End=0.5625)
    plan = planned(edition, content)
    assert plan.problems == []
    stand = plan.sheets["sessions"].changed[0].stand
    assert stand is not None
    assert f"{stand.starts_at:%Y-%m-%d %H:%M}–{stand.ends_at:%H:%M}" == "2025-10-15 12:00–13:30"


def test_one_bad_cell_stops_everything(desk: Client, edition: Edition):
    content = exported(edition)
    content = with_cells(content, "Sessions", 2, **{"Title_(en)": "Better"})
    content = with_cells(content, "Sessions", 3, Kind="Quarrel")
    page = refusal(desk, content)
    assert "Sessions, row 3, column Kind: “Quarrel” is not known." in page
    assert "Nothing was written." in page


def test_thousands_of_bad_cells_are_counted(desk: Client, edition: Edition):
    def fill(book: openpyxl.Workbook) -> None:
        for _number in range(300):
            book["Sessions"].append(["", "Title"] + [""] * 8 + ["Quarrel"])

    page = refusal(desk, changed(exported(edition), fill))
    assert "And 200 more." in page
    assert page.count("“Quarrel” is not known") == 100


def test_real_files_of_the_shared_kind_are_refused_as_such(desk: Client):
    picture = Path("docs/pictures/desk-ru-1280.png").read_bytes()
    assert NO_XLSX in refusal(desk, picture, name="programme.xlsx")
