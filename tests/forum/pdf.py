"""Reads a PDF as a person and a scanner would: its words, its pages, its QR codes."""

from contextlib import closing
from typing import Any

import pypdfium2
import zxingcpp

MILLIMETRE = 72 / 25.4


def pages_of(content: bytes) -> list[str]:
    """Return the words of each page, in a line."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        said = [page.get_textpage().get_text_bounded() for page in document]
    # PDFium writes so a hyphen with which a line ends.
    return [" ".join(page.replace("\x02", "-").split()) for page in said]


def sizes_of(content: bytes) -> set[tuple[float, ...]]:
    """Return the sizes of the pages, in millimetres."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        return {tuple(round(side / MILLIMETRE, 1) for side in page.get_size()) for page in document}


def picture_of(content: bytes, *, page: int = 0, scale: float = 3) -> Any:
    """Draw a page."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        return document[page].render(scale=scale).to_pil()


def codes_of(content: bytes, *, page: int = 0) -> list[str]:
    """Return what the QR codes of a page say, from the top."""
    found = zxingcpp.read_barcodes(picture_of(content, page=page))
    return [one.text for one in sorted(found, key=lambda one: one.position.top_left.y)]


def edges_of(content: bytes) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of all letters of the first page, as parts of it."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        width, height = document[0].get_size()
        text = document[0].get_textpage()
        signs = range(text.count_chars())
        boxes = [text.get_charbox(n) for n in signs if not text.get_text_range(n, 1).isspace()]
    return (
        min(box[0] for box in boxes) / width,
        min(box[1] for box in boxes) / height,
        max(box[2] for box in boxes) / width,
        max(box[3] for box in boxes) / height,
    )
