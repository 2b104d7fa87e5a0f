"""A small edition at its organiser's desk, and workbooks of it that tests change as people do."""

import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from openpyxl.worksheet.worksheet import Worksheet

from accounts.models import User
from forum.editions.models import Edition, Organiser
from sessions_app.exchange.workbook.comparing import compare
from sessions_app.exchange.workbook.draft import read_draft
from sessions_app.exchange.workbook.plan import Plan
from sessions_app.exchange.workbook.reading import read_workbook
from sessions_app.exchange.workbook.writing import write_workbook
from sessions_app.sessions.models import Appearance, Role, Session, Track
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Building, Placement, Room

NOW = dt.datetime(2025, 10, 1, 12, 0, tzinfo=dt.UTC)
ASTANA = dt.timezone(dt.timedelta(hours=5))
PAGE = "/en/12/desk/exchange/"


def at(clock: str, *, day: int = 16) -> dt.datetime:
    """Make a moment of October 2025 in Astana."""
    hour, minute = map(int, clock.split(":"))
    return dt.datetime(2025, 10, day, hour, minute, tzinfo=ASTANA)


@pytest.fixture
def edition() -> Edition:
    """Two rooms, a track, two speakers, a session in the timetable and one that waits."""
    edition = Edition.objects.create(
        slug="12",
        number=12,
        year=2025,
        name_en="Twelfth",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
        published_at=NOW,
    )
    house = Building.objects.create(edition=edition, name_ru="Дом 1")
    hall = Room.objects.create(
        edition=edition, code="hall", name_kk="Үлкен зал", name_en="Hall", building=house
    )
    Room.objects.create(edition=edition, code="small", name_kk="Кіші зал", name_en="Small room")
    track = Track.objects.create(edition=edition, code="law", name_kk="Құқық", name_en="Law")
    one = Speaker.objects.create(
        edition=edition, code="SPK001", given_name_en="Sample", family_name_en="Participant"
    )
    Speaker.objects.create(edition=edition, code="SPK002", given_name_kk="Үлгі")
    opening = Session.objects.create(
        edition=edition, code="OPEN01", title_en="Opening", kind="plenary", track=track
    )
    Placement.objects.create(session=opening, room=hall, starts_at=at("10:00"), ends_at=at("11:00"))
    Appearance.objects.create(session=opening, speaker=one, role=Role.MODERATOR)
    Session.objects.create(edition=edition, code="WAIT01", title_en="Waiting")
    return edition


@pytest.fixture
def organiser(edition: Edition) -> User:
    person = User.objects.create_user("organiser@example.org", given_name="Үлгі")
    Organiser.objects.create(edition=edition, person=person)
    return person


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


def exported(edition: Edition, *, language: str = "en", empty: bool = False) -> bytes:
    with translation.override(language):
        return write_workbook(read_draft(edition), empty=empty)


def planned(edition: Edition, content: bytes, *, language: str = "en") -> Plan:
    with translation.override(language):
        return compare(read_draft(edition), read_workbook(io.BytesIO(content)))


def changed(content: bytes, change: Callable[[openpyxl.Workbook], Any]) -> bytes:
    """Open a workbook, change it and save it, as a spreadsheet program does."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column(sheet: Worksheet, heading: str) -> int:
    return [cell.value for cell in sheet[1]].index(heading) + 1


def with_cells(content: bytes, sheet: str, row: int, **cells: Any) -> bytes:
    """Write cells into a row of the English workbook, by heading; spaces are underscores."""

    def change(book: openpyxl.Workbook) -> None:
        page = book[sheet]
        for heading, value in cells.items():
            page.cell(row, column(page, heading.replace("_", " "))).value = value

    return changed(content, change)


def row_of(content: bytes, sheet: str, code: str) -> int:
    page = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    return next(cell.row for cell in page["A"] if cell.value == code)


def send(desk: Client, content: bytes, *, name: str = "file.xlsx") -> HttpResponse:
    file = io.BytesIO(content)
    file.name = name
    return desk.post(PAGE, {"file": file})  # type: ignore[return-value]


def confirm(desk: Client, preview: HttpResponse) -> HttpResponse:
    token = re.search(r'name="token" value="([^"]+)"', preview.content.decode())
    assert token, "the preview offers nothing to confirm"
    return desk.post(f"{PAGE}confirm/", {"token": token[1]})  # type: ignore[return-value]
