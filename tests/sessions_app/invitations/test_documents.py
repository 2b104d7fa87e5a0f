"""A material is what its name says, by its content; names lose their paths."""

import io
import zipfile

import pytest

from sessions_app.invitations.documents import LARGEST_FILE, NotADocument, plain_name, recognised

PDF = b"%PDF-1.7\n%%EOF"


def packed(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return made.getvalue()


PPTX = packed(**{"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"})
DOCX = packed(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
XLSX = packed(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"})
ODP = packed(mimetype=b"application/vnd.oasis.opendocument.presentation")
ODT = packed(mimetype=b"application/vnd.oasis.opendocument.text")
PNG, JPEG = b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff\xe0...."
GOOD = {
    "a.pdf": PDF,
    "a.pptx": PPTX,
    "a.docx": DOCX,
    "a.xlsx": XLSX,
    "a.odp": ODP,
    "a.odt": ODT,
    "a.png": PNG,
    "a.jpg": JPEG,
    "A.JPEG": JPEG,
}


def told(name: str, data: bytes) -> str:
    return recognised(io.BytesIO(data), name=name, size=len(data)).content_type


def refusal(name: str, data: bytes, size: int | None = None) -> str:
    with pytest.raises(NotADocument) as caught:
        recognised(io.BytesIO(data), name=name, size=len(data) if size is None else size)
    return str(caught.value)


@pytest.mark.parametrize("name", GOOD)
def test_what_is_what_it_says_is_taken(name: str) -> None:
    assert told(name, GOOD[name]).split("/")[0] in {"application", "image"}


@pytest.mark.parametrize("name", GOOD)
def test_no_other_content_passes_under_a_good_name(name: str) -> None:
    others = [data for data in GOOD.values() if data != GOOD[name]]
    others += [b"MZ\x90\x00 program", b"<html><script>x</script></html>", b"PK\x05\x06"]
    assert {refusal(name, data) for data in others} == {refusal(name, b"?")}


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "pdf", "a.pdf.js", ".pdf", ""])
def test_other_kinds_are_refused(name: str) -> None:
    assert refusal(name, PDF) == refusal("a.zip", PDF)


def test_macros_do_not_hide_under_a_plain_suffix() -> None:
    hidden = {"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b"x"}
    assert refusal("a.docx", packed(**hidden)) == refusal("a.docx", b"?")


def test_an_empty_and_a_huge_file_are_told_apart() -> None:
    sentences = {refusal("a.pdf", b""), refusal("a.pdf", PDF, LARGEST_FILE + 1)}
    assert len(sentences | {refusal("a.pdf", b"?")}) == 3


def test_a_directory_of_a_hundred_thousand_names_is_not_read() -> None:
    many = packed(
        **{f"{number:06}": b"" for number in range(30_000)}
        | {"[Content_Types].xml": b"", "ppt/presentation.xml": b""}
    )
    assert refusal("a.pptx", many) == refusal("a.pptx", b"?")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\Баяндама.pdf", "Баяндама.pdf"),
        ("a\r\nb\x00\u202e.pdf", "ab.pdf"),
        ("ә" * 300 + ".pdf", "ә" * 196 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(name: str, plain: str) -> None:
    assert plain_name(name) == plain
