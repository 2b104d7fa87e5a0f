"""A table is read whatever program saved it; what cannot be read is said in a sentence."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from accounts.tables import package
from accounts.tables.package import UnreadableTable
from accounts.tables.reading import Table, read_table

HEADINGS = {"Тегі": "family_name", "Аты": "given_name", "Телефон": "phone"}
LINES = [["Тегі", "Аты", "Телефон"], ["Үлгі-Ұлы", "Қатысушы; 03", "8 701 000 00 03"]]
READ = {"family_name": "Үлгі-Ұлы", "given_name": "Қатысушы; 03", "phone": "8 701 000 00 03"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def read(content: bytes, *, most_rows: int = 5) -> Table:
    return read_table(content, headed=HEADINGS.get, most_rows=most_rows)


def csv(lines: list[list[str]], *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    quoted = [delimiter.join(f'"{cell}"' for cell in line) for line in lines]
    return "\r\n".join(quoted).encode(encoding)


def book(lines: list[list[Any]], *, before: list[list[Any]] | None = None) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.active
    if before is not None:
        for line in before:
            sheet.append(line)
        sheet = made.create_sheet("Delegates")
    for line in lines:
        sheet.append(line)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def refusal(content: bytes, **more: Any) -> str:
    with pytest.raises(UnreadableTable) as refused:
        read(content, **more)
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("kz1048", "KZ-1048"),
    ],
)
def test_csv_is_read_in_every_encoding_and_with_every_delimiter(
    encoding: str, name: str, delimiter: str
) -> None:
    table = read(csv(LINES, delimiter=delimiter, encoding=encoding))
    assert [(row.number, row.cells) for row in table.rows] == [(2, READ)]
    assert table.encoding == name


def test_russian_of_the_old_windows_is_read() -> None:
    headings = {"Фамилия": "family_name"}
    content = csv([["Фамилия"], ["Образец Участников-03, №1 «ё»"]], encoding="cp1251")
    table = read_table(content, headed=headings.get, most_rows=5)
    assert table.rows[0].cells == {"family_name": "Образец Участников-03, №1 «ё»"}


def test_a_first_line_that_names_the_delimiter_is_followed() -> None:
    content = b"sep=,\r\n" + csv(LINES, delimiter=",")
    assert [(row.number, row.cells) for row in read(content).rows] == [(3, READ)]


def test_a_workbook_is_read_from_the_first_sheet_with_our_headings() -> None:
    made = book([*LINES, [None, None, 77010000004]], before=[["How to fill it in"], ["Тегі"]])
    table = read(saved(made))
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, READ),
        (3, {"phone": "77010000004"}),
    ]


def test_a_hidden_sheet_is_not_read() -> None:
    made = book(LINES, before=LINES)
    made.worksheets[0].sheet_state = "hidden"
    made.worksheets[0]["A2"] = "hidden"
    made.active = 1
    assert read(saved(made)).rows[0].cells == READ


def test_rows_in_which_nothing_stands_are_left_out() -> None:
    table = read(csv([LINES[0], ["", " ", ""], LINES[1], ["", "", ""]]))
    assert [row.number for row in table.rows] == [3]


def test_headings_that_are_not_ours_are_named_and_not_read() -> None:
    table = read(csv([["Тегі", "Қызыл", ""], ["Үлгі", "иә", "бос"]]))
    assert (table.unknown, table.rows[0].cells) == (["Қызыл"], {"family_name": "Үлгі"})


@pytest.mark.parametrize("made", [csv, lambda lines: saved(book(lines))])
def test_a_formula_is_refused_in_its_cell(made: Any) -> None:
    row = read(made([LINES[0], ["=1+1", "Аты", "=HYPERLINK(1)"]])).rows[0]
    assert row.cells == {"given_name": "Аты"}
    assert set(row.refused) == {"family_name", "phone"}
    assert "formula" in row.refused["phone"]


def test_a_date_in_the_place_of_a_phone_is_refused_in_its_cell() -> None:
    row = read(saved(book([LINES[0], ["Үлгі", "Аты", dt.date(2026, 1, 8)]]))).rows[0]
    assert row.refused == {"phone": "There is a date instead of text. Format the cell as text."}


def test_an_error_of_the_spreadsheet_is_refused_in_its_cell() -> None:
    made = book([LINES[0], ["Үлгі", "#REF!", ""]])
    assert "error of the spreadsheet" in read(saved(made)).rows[0].refused["given_name"]


def test_merged_cells_are_refused() -> None:
    made = book(LINES)
    made.active.merge_cells("A2:B2")
    assert refusal(saved(made)).startswith("The cells A2:B2 are merged.")


def test_five_thousand_rows_are_refused() -> None:
    sentence = "The table has more than 500 rows. Part it, and send the parts one after the other."
    many = [LINES[0], *([["Үлгі", "Аты", ""]] * 5_000)]
    assert refusal(csv(many), most_rows=500) == sentence
    assert refusal(saved(book(many)), most_rows=500) == sentence


def test_one_row_too_many_is_refused_and_as_many_as_may_be_are_not() -> None:
    rows = [["Үлгі", "Аты", ""]] * 5
    assert len(read(csv([LINES[0], *rows])).rows) == 5
    assert "more than 5 rows" in refusal(csv([LINES[0], *rows, rows[0]]))


def test_a_heading_twice_is_refused() -> None:
    assert refusal(csv([["Аты", "Аты"], ["а", "б"]])) == "The table has the column “Аты” twice."


@pytest.mark.parametrize(
    "content",
    [b"Qyzyl;Alma\r\n1;2", saved(book([["Qyzyl"], ["1"]])), b"\r\n\r\n", b" "],
)
def test_a_table_without_our_headings_is_refused(content: bytes) -> None:
    assert refusal(content).startswith("The first row of the table has none of our headings.")


def test_an_old_workbook_is_refused_with_a_way_out() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert refusal(old) == (
        "This is an old .xls file, or one with a password. Save it as .xlsx without one."
    )


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"") == "The file is empty. Choose it again."


def test_what_is_no_text_is_refused() -> None:
    assert refusal(bytes(range(256)) * 4).startswith("The file's signs cannot be read.")


def test_a_zip_bomb_is_refused_unopened() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (package.MOST_UNPACKED + 1))
    assert "unpacks to more than 64 MB" in refusal(stream.getvalue())


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("photo.jpg", b"1")
    assert refusal(stream.getvalue()).startswith("This is not an XLSX workbook.")


def test_eleven_megabytes_are_refused() -> None:
    assert "larger than 10 MB" in refusal(b"a;b\n" * 3_000_000)


def test_a_quote_that_nobody_closed_is_refused() -> None:
    content = csv(LINES) + b'\r\n"open;' + b"x" * 200_000
    assert "perhaps a quotation mark is not closed" in refusal(content)


def test_null_bytes_are_dropped() -> None:
    content = csv(LINES).replace("Үлгі".encode(), "Үл\0гі".encode())
    assert read(content).rows[0].cells == READ
