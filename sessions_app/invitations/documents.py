"""Tells what an uploaded file really is, by its content; its name alone proves nothing."""

import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

LARGEST_FILE = 25 * 1024 * 1024
LONGEST_NAME = 200
LARGEST_DIRECTORY = 1024 * 1024
"""Of a ZIP file; reading one of 25 MB would make half a million objects."""
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
TYPES = {
    "pdf": "application/pdf",
    "pptx": f"{_OOXML}presentationml.presentation",
    "docx": f"{_OOXML}wordprocessingml.document",
    "xlsx": f"{_OOXML}spreadsheetml.sheet",
    "odp": f"{_ODF}presentation",
    "odt": f"{_ODF}text",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
SIGNATURES = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
MAIN_PARTS = {
    "pptx": "ppt/presentation.xml",
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
}


class NotADocument(ValueError):
    """The file cannot be a material; the text says why."""


@dataclass(frozen=True)
class Document:
    """What was uploaded: a name fit to be offered again, and its kind."""

    name: str
    suffix: str
    content_type: str


def recognised(file: IO[bytes], *, name: str, size: int) -> Document:
    """Return what `file` is; raises NotADocument where it is not what its name says."""
    plain = plain_name(name)
    suffix = PurePosixPath(plain).suffix.removeprefix(".").lower()
    if size > LARGEST_FILE:
        raise NotADocument(
            _("The file is larger than 25 MB. Make it smaller, or give a part of it.")
        )
    if size == 0:
        raise NotADocument(_("The file is empty. Choose it again."))
    if suffix not in TYPES:
        raise NotADocument(
            _("Such files are not taken. Give a PDF, PPTX, DOCX, XLSX, ODP, ODT, PNG or JPEG.")
        )
    if not _holds(file, suffix):
        raise NotADocument(
            _("The file is not what its name says (%(suffix)s). Save it anew, or as a PDF.")
            % {"suffix": suffix.upper()}
        )
    return Document(plain, suffix, TYPES[suffix])


def plain_name(name: str) -> str:
    """Return a file's name without a path or control signs, not too long, its suffix kept."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    stem, dot, suffix = shown.rpartition(".")
    room = LONGEST_NAME - len(dot + suffix)
    return f"{stem[:room]}{dot}{suffix}" if room > 0 else shown[:LONGEST_NAME]


def _holds(file: IO[bytes], suffix: str) -> bool:
    """Whether the content is of the kind that `suffix` names."""
    if signature := SIGNATURES.get(TYPES[suffix]):
        file.seek(0)
        return file.read(len(signature)) == signature
    try:
        return _has_modest_directory(file) and _is_office_file(file, suffix)
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, RuntimeError):
        return False


def _is_office_file(file: IO[bytes], suffix: str) -> bool:
    with zipfile.ZipFile(file) as packed:
        names = set(packed.namelist())
        if main := MAIN_PARTS.get(suffix):
            # A file with macros has another suffix; under this one it would hide them.
            with_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
            return {"[Content_Types].xml", main} <= names and not with_macros
        if "mimetype" not in names:
            return False
        with packed.open("mimetype") as kind:
            return kind.read(100).strip() == TYPES[suffix].encode()


def _has_modest_directory(file: IO[bytes]) -> bool:
    """Look at the directory's size before a library reads all of it; refuses ZIP64, too."""
    length = file.seek(0, 2)
    file.seek(max(0, length - 65_557))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22 or tail[max(0, place - 20) :].startswith(b"PK\x06\x07"):
        return False
    return int.from_bytes(tail[place + 12 : place + 16], "little") <= LARGEST_DIRECTORY
