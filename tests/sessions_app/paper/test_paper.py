"""The programme as PDF: what stands on the sheets, for whom, and that nothing is read as markup."""

import datetime as dt
import re
import time
import zlib

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.editions.models import Edition, Organiser
from forum.typesetting.sheets import typeset
from sessions_app.paper.views import SHEETS
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Placement, Room

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 10, 1, 12, 0, tzinfo=dt.UTC)
ASTANA = dt.timezone(dt.timedelta(hours=5))
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
AWKWARD = 'A #panic("x") $x^2$ \\ *b* _i_ @ref <lab> //c `r` [z] = t'


SHOWN = rb"(?s)/(f\d+) [\d.]+ Tf|\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|<([0-9A-Fa-f]+)>"
"""A font that is chosen, or glyphs that are shown, written in either of two ways."""


def unescaped(literal: bytes) -> bytes:
    """Read a literal string of PDF: \\ddd, \\n and the like."""
    signs = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def one(found: re.Match[bytes]) -> bytes:
        sign = found[1]
        return bytes([int(sign, 8)]) if sign.isdigit() else signs.get(sign, sign)

    return re.sub(rb"(?s)\\([0-7]{1,3}|.)", one, literal)


def text_of(pdf: bytes) -> str:
    """Read a PDF's letters in their order, by its own tables from glyphs to letters."""
    found = re.finditer(rb"(?s)\n(\d+) 0 obj\n(.*?)\nendobj", pdf)
    objects = {one[1]: one[2] for one in found}
    tables: dict[bytes, dict[bytes, str]] = {}
    for number, body in objects.items():
        if table := re.search(rb"/ToUnicode (\d+) 0 R", body):
            assert b"Onest" in body, "some letter is set in another font"
            pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", stream_of(objects[table[1]]))
            tables[number] = {
                bytes.fromhex(glyph.decode()): bytes.fromhex(letter.decode()).decode("utf-16-be")
                for glyph, letter in pairs
            }
    names = dict(re.findall(rb"/(f\d+) (\d+) 0 R", b"".join(objects.values())))
    contents = [stream_of(body) for body in objects.values() if b"stream\n" in body]
    said = []
    for content in contents:
        current: dict[bytes, str] = {}
        for font, literal, hexadecimal in re.findall(SHOWN, content):
            if font:
                current = tables[names[font]]
            elif current:
                glyphs = bytes.fromhex(hexadecimal.decode()) or unescaped(literal)
                pairs = [glyphs[at : at + 2] for at in range(0, len(glyphs), 2)]
                said.append("".join(current.get(pair, "") for pair in pairs))
    return "".join(said)


def stream_of(body: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(body.split(b"stream\n", 1)[1])
    except zlib.error:
        return b""


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type/Page\b(?!s)", pdf))


@pytest.fixture
def edition() -> Edition:
    """One session in each of two rooms, on the second of two days."""
    edition = Edition.objects.create(
        slug="12",
        number=12,
        year=2025,
        name_kk="Он екінші",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
        published_at=NOW,
    )
    for number, title in enumerate((KAZAKH, AWKWARD), start=1):
        room = Room.objects.create(edition=edition, code=f"r{number}", name_kk=f"Зал {number}")
        session = Session.objects.create(edition=edition, code=f"S0000{number}", title_kk=title)
        start = dt.datetime(2025, 10, 16, 10, 0, tzinfo=ASTANA)
        Placement.objects.create(
            session=session, room=room, starts_at=start, ends_at=start + dt.timedelta(hours=1)
        )
    publish(edition, by=None, note="", now=NOW)
    return edition


@pytest.fixture
def desk(client: Client, edition: Edition) -> Client:
    person = User.objects.create_user("organiser@example.org", given_name="Үлгі")
    Organiser.objects.create(edition=edition, person=person)
    client.force_login(person)
    return client


DAY_SHEET = SHEETS / "day.typ"
DAY, DOORS = "/kk/12/programme/2025-10-16.pdf", "/kk/12/desk/paper/doors.pdf"


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.usefixtures("edition")
def test_day_is_one_sheet_with_every_kazakh_letter(client: Client, paper: str):
    response = client.get(f"{DAY}?paper={paper}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert pages_of(response.content) == 1
    assert KAZAKH in text_of(response.content)


@pytest.mark.parametrize(("paper", "size"), [("a4", (297, 210)), ("a3", (420, 297))])
@pytest.mark.usefixtures("edition")
def test_sheet_has_the_size_that_was_asked_for(client: Client, paper: str, size: tuple[int, int]):
    pdf = client.get(f"{DAY}?paper={paper}").content
    box = re.findall(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert [tuple(round(float(side) / 72 * 25.4) for side in one) for one in box] == [size]


@pytest.mark.usefixtures("edition")
def test_what_looks_like_markup_is_printed_as_it_is(client: Client):
    assert AWKWARD.replace(" ", "") in text_of(client.get(DAY).content).replace(" ", "")


def test_doors_print_markup_as_it_is_too(desk: Client):
    said = text_of(desk.get(DOORS).content).replace(" ", "")
    assert AWKWARD.replace(" ", "") in said


def test_doors_have_a_page_for_each_room_and_day(desk: Client):
    assert pages_of(desk.get(DOORS).content) == 2
    one = desk.get(f"{DOORS}?room=r1")
    assert pages_of(one.content) == 1
    assert "Зал 1" in text_of(one.content)
    assert "Зал 2" not in text_of(one.content)


def test_doors_say_every_language(desk: Client, edition: Edition):
    Session.objects.filter(edition=edition, code="S00001").update(
        title_ru="Русское название", title_en="English title"
    )
    said = text_of(desk.get(f"{DOORS}?room=r1").content)
    assert all(one in said for one in (KAZAKH, "Русское название", "English title"))


@pytest.mark.parametrize("address", ["2025-10-15", "2025-13-40", "today", "16.10.2025"])
@pytest.mark.usefixtures("edition")
def test_day_without_a_programme_is_not_found(client: Client, address: str):
    assert client.get(f"/kk/12/programme/{address}.pdf").status_code == 404


def test_room_without_a_programme_is_not_found(desk: Client):
    assert [desk.get(f"{DOORS}?room={room}").status_code for room in ("r9", "%00")] == [404, 404]


@pytest.mark.usefixtures("edition")
def test_doors_are_for_organisers(client: Client):
    assert client.get(DOORS).status_code == 302
    client.force_login(User.objects.create_user("other@example.org"))
    assert [client.get(path).status_code for path in (DOORS, "/kk/12/desk/paper/")] == [404, 404]


def test_page_of_the_desk_leads_to_every_sheet(desk: Client):
    page = desk.get("/kk/12/desk/paper/").content.decode()
    for path in (f"{DAY}?paper=a4", f"{DAY}?paper=a3", DOORS, f"{DOORS}?room=r1"):
        assert f'href="{path}"' in page


@pytest.mark.usefixtures("edition")
def test_programme_leads_to_the_sheet(client: Client):
    assert f'href="{DAY}?paper=a3"' in client.get("/kk/12/programme/").content.decode()


@pytest.mark.usefixtures("edition")
def test_sheet_is_set_once_for_everybody(client: Client):
    first = client.get(DAY)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(DAY, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert len(queries) <= 1


def sheet(columns: int, sessions: int) -> dict[str, object]:
    """The data of a day with many sessions side by side."""
    slots = [
        {
            "column": number % columns,
            "columns": 1,
            "row": number // columns * 7,
            "rows": 6,
            "wide": False,
            "time": "10:00–10:30",
            "title": f"Азаматтық қоғам мен мемлекеттің әріптестігі туралы отырыс {number}",
            "room": "Үлкен зал",
            "kind": "",
            "colour": number % 9,
            "cancelled": "",
        }
        for number in range(sessions)
    ]
    return {
        **dict.fromkeys(("title", "name", "day", "note"), "Он екінші"),
        **{"language": "kk", "width": 420, "height": 297, "grid": True, "labels": []},
        **{"columns": columns, "rows": 105, "heads": [], "tracks": [], "slots": slots},
    }


def test_what_does_not_fit_into_a_grid_becomes_a_list_and_loses_nothing():
    small = sheet(20, 300) | {"width": 297, "height": 210}
    pdf = typeset(DAY_SHEET, small, at=NOW)
    assert pages_of(pdf) > 1
    assert all(f"отырыс{number}" in text_of(pdf).replace(" ", "") for number in range(300))


def test_three_hundred_sessions_are_set_within_a_second():
    began = time.process_time()
    typeset(DAY_SHEET, sheet(20, 300), at=NOW)
    # Twice the time that the slowest machine of ours took, so that load fails no test.
    assert time.process_time() - began < 4


def test_same_data_makes_the_same_bytes():
    assert typeset(DAY_SHEET, sheet(3, 6), at=NOW) == typeset(
        SHEETS / "day.typ", sheet(3, 6), at=NOW
    )
