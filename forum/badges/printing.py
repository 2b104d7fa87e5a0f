"""Sets badges: a few at once, and a whole edition's in parts that make one file."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from django.utils import translation

from accounts.languages import Language
from forum.badges.faces import common_of, face_of
from forum.editions.models import Edition
from forum.registrations.models import Registration
from forum.typesetting.sheets import typeset

SHEET = Path(__file__).parent / "sheets/badges.typ"
AT_ONCE = 100
"""typst keeps what it set last in memory: with a thousand at once it takes a gigabyte."""


def print_badges(
    edition: Edition, holders: Iterable[Registration], *, layout: str, at: dt.datetime
) -> tuple[bytes, set[int]]:
    """Return the PDF of at most AT_ONCE badges, and the ids of those without the whole name.

    `holders` come with their person and organisation.
    """
    faces, incomplete = [], set()
    with translation.override(Language.KAZAKH):
        for registration in holders:
            registration.edition = edition
            face, is_whole = face_of(registration)
            faces.append(face)
            if not is_whole:
                incomplete.add(registration.pk)
        data = common_of(edition, layout=layout) | {"badges": faces}
    return typeset(SHEET, data, at=at, tagged=False), incomplete


def bind(parts: list[Path], whole: Path) -> None:
    """Write the pages of all `parts`, in their order, into one PDF."""
    book = pypdfium2.PdfDocument.new()
    for path in parts:
        part = pypdfium2.PdfDocument(path)
        book.import_pages(part)
        part.close()
    book.save(whole)
    book.close()
