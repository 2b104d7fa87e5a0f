"""What goes out comes in as it was: no change, whatever the texts, times and languages."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from forum.editions.models import Edition
from sessions_app.exchange.workbook.draft import read_draft
from sessions_app.exchange.workbook.sheets import SHEETS, column_headed, sheet_named
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room

from .conftest import at, changed, exported, planned, with_cells

pytestmark = pytest.mark.django_db
AWKWARD = [
    "007",
    "1.0",
    "=1+1",
    "'=1+1",
    "+7 701 000 00 01",
    "-5",
    "@here",
    "#REF!",
    "TRUE",
    "16.10.2025",
    "10:30",
    "1e5",
    "two\nlines",
    "tab\there",
    "return\r\nhere",
    "_x0041_ and _x000D_",
    "👩‍👩‍👧‍👦 🇰🇿",
    "ӘҒҚҢӨҰҮҺІ",
    "<b>&amp;</b>",
    "ends [OPEN01]",
    "\x00\x0b\x7f",
    " spaces ",
]


def unchanged(edition: Edition, content: bytes, *, language: str = "en") -> bool:
    plan = planned(edition, content, language=language)
    assert plan.problems == []
    return not plan.changes_anything


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts(edition: Edition, text: str):
    Session.objects.update(abstract_kk=text.replace("\0", ""), subtitle_en=text.replace("\0", ""))
    assert unchanged(edition, exported(edition))


@given(text=st.text(max_size=60))
@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text(edition: Edition, text: str):
    Session.objects.update(abstract_kk="".join(c for c in text if c.isprintable() or c in "\t\n\r"))
    assert unchanged(edition, exported(edition))


def test_a_text_that_no_cell_can_hold_stays_as_it_is(edition: Edition):
    Session.objects.update(abstract_ru="ұ" * 40_000)
    assert unchanged(edition, exported(edition, language="ru"), language="kk")


@pytest.mark.parametrize("written", ["kk", "ru", "en"])
@pytest.mark.parametrize("read", ["kk", "ru", "en"])
def test_any_language_reads_any(edition: Edition, written: str, read: str):
    content = exported(edition, language=written)
    plan = planned(edition, content, language=read)
    assert (plan.problems, plan.changes_anything, plan.notes) == ([], False, [])
    assert plan.sheets["sessions"].unchanged == 2


def test_a_workbook_that_a_program_saved_again(edition: Edition):
    assert unchanged(edition, changed(exported(edition), lambda _book: None))


def test_sessions_over_midnight_and_of_odd_seconds(edition: Edition):
    place = Placement.objects.get()
    place.starts_at = at("23:30", day=15) + dt.timedelta(seconds=59, microseconds=7)
    place.ends_at = at("01:15")
    place.save()
    assert unchanged(edition, exported(edition))


def test_every_minute_of_a_day_comes_back(edition: Edition):
    hall = Room.objects.get(code="hall")
    for minute in range(0, 1436, 7):
        session = Session.objects.create(edition=edition, code=f"M{minute}", title_en=f"{minute}")
        start = at("00:00") + dt.timedelta(minutes=minute)
        end = start + dt.timedelta(minutes=5)
        Placement.objects.create(session=session, room=hall, starts_at=start, ends_at=end)
    assert unchanged(edition, exported(edition))


def test_what_stands_where_the_forum_no_longer_is(edition: Edition):
    Edition.objects.update(ends_on=dt.date(2025, 10, 15))
    edition.refresh_from_db()
    assert unchanged(edition, exported(edition))


def test_rooms_and_speakers_of_one_name(edition: Edition):
    Room.objects.update(name_kk="Зал", name_en="Hall")
    Speaker.objects.update(given_name_en="Same", family_name_en="Name", given_name_kk="")
    assert unchanged(edition, exported(edition))


def test_many_people_in_one_session(edition: Edition):
    for number in range(12):
        speaker = Speaker.objects.create(
            edition=edition, code=f"N{number}", given_name_en=f"No {number}"
        )
        Appearance.objects.create(
            session=Session.objects.get(code="WAIT01"), speaker=speaker, position=number
        )
    assert unchanged(edition, exported(edition))


def test_formula_is_a_text_for_the_spreadsheet(edition: Edition):
    Session.objects.update(title_en="=HYPERLINK(1)")
    content = exported(edition)
    kinds: list[tuple[str, bool]] = []
    changed(
        content,
        lambda book: kinds.extend(
            (cell.data_type, cell.quotePrefix)
            for row in book["Sessions"].iter_rows(min_row=2)
            for cell in row
            if cell.value == "=HYPERLINK(1)"
        ),
    )
    # openpyxl itself reads such a text as a formula; the file says that it is none.
    assert [prefix for _kind, prefix in kinds] == [True, True]
    assert b"<f>" not in _sheet_xml(content)


def _sheet_xml(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(package.read(n) for n in package.namelist() if "worksheets/" in n)


def test_empty_template_changes_nothing_and_offers_lists(edition: Edition):
    content = exported(edition, empty=True)
    assert unchanged(edition, content)
    offered: list[str] = []

    def look(book: openpyxl.Workbook) -> None:
        offered.extend(
            str(choice.formula1) for choice in book["Sessions"].data_validations.dataValidation
        )

    changed(content, look)
    assert "'Rooms'!$D$2:$D$300" in offered
    assert "'Tracks'!$D$2:$D$300" in offered
    assert any("'Lists'!" in formula for formula in offered)


def test_no_two_columns_of_a_sheet_have_one_heading():
    for sheet in SHEETS:
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found = [column_headed(sheet, column.heading) for column in sheet.columns]
                assert [one and one[0] for one in found] == list(sheet.columns)
                assert sheet_named(str(sheet.title)) is sheet


@pytest.mark.parametrize("more", [0, 40])
def test_the_draft_is_read_with_a_constant_number_of_queries(edition: Edition, more: int):
    for number in range(more):
        Session.objects.create(edition=edition, code=f"X{number}", title_en=f"{number}")
    with CaptureQueriesContext(connection) as queries:
        read_draft(edition)
    assert len(queries) == 7


def test_with_cells_really_changes_something(edition: Edition):
    content = with_cells(exported(edition), "Sessions", 2, **{"Title_(en)": "Other"})
    assert planned(edition, content).changes_anything
