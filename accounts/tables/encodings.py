"""The text of a file, in whichever encoding it was saved (forum-facts §4)."""

import codecs
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.tables.package import UnreadableTable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_LOOK = 4096
_ONE_IN = 20
"""So many of a text's bytes are zero in UTF-16, at least: those of its signs of ASCII."""


@dataclass(frozen=True)
class Decoded:
    """A file's text, and the encoding in which it was read, as people call it."""

    text: str
    encoding: str


def decoded(content: bytes) -> Decoded:
    """Decode a text file by its mark, else by its bytes; raises UnreadableTable for none.

    What is no UTF is read as kz1048, the Kazakh Windows: cp1251 is the same but for the letters
    that Kazakhstan does not use, in whose places Kazakh ones stand.
    """
    for mark, encoding, name in _MARKS:
        if content.startswith(mark):
            return _read(content[len(mark) :], encoding, name)
    if encoding := _unmarked_utf_16(content[:_LOOK]):
        return _read(content, encoding, "UTF-16")
    try:
        return Decoded(content.decode(), "UTF-8")
    except UnicodeDecodeError:
        if any(sign < 32 and sign not in b"\t\r\n\f" for sign in content[:_LOOK]):
            raise UnreadableTable(_no_text()) from None
        return _read(content, "kz1048", "KZ-1048")


def _read(content: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise UnreadableTable(_no_text()) from error


def _unmarked_utf_16(head: bytes) -> str:
    """Name the byte order of a UTF-16 text without a mark; "" for other texts."""
    big, little = head[0::2].count(0), head[1::2].count(0)
    if max(big, little) * _ONE_IN < len(head):
        return ""
    return "utf-16-be" if big > little else "utf-16-le"


def _no_text() -> str:
    return _(
        "The file's signs cannot be read. Save it as .xlsx, or as CSV in UTF-8, and send it again."
    )
