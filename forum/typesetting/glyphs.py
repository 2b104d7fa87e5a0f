"""What our fonts can draw. A letter that none of them has would be an empty box, without a word."""

import functools
import re
import struct
import unicodedata
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
JOINERS = "\u200c\u200d"
"""Shape the letters around them and have no picture of their own."""
_LONE_JOINER = re.compile(rf"(?<!\w)[{JOINERS}]+|[{JOINERS}]+(?!\w)")
MOST_MARKS = 2
"""Marks on one letter; more of them run over the lines above and below."""


def printable(text: str) -> str:
    """Return `text` as it can be printed, on one line: what no font draws is left out."""
    drawn = drawn_characters()
    kept: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", " ".join(text.split())):
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if (ord(sign) in drawn or sign in JOINERS) and marks <= MOST_MARKS:
            kept.append(sign)
    return " ".join(_LONE_JOINER.sub("", "".join(kept)).split())


def lost_letters(text: str) -> str:
    """Return the letters and digits of `text` that no font draws; a picture is no such loss."""
    drawn = drawn_characters()
    signs = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in signs if ord(sign) not in drawn and sign.isalnum())


@functools.cache
def drawn_characters() -> frozenset[int]:
    """Read which code points the fonts have, without those that turn a line's direction."""
    every = (code for font in sorted(FONTS.glob("*.ttf")) for code in _characters(font))
    return frozenset(code for code in every if unicodedata.category(chr(code))[0] != "C")


def _characters(font: Path) -> list[int]:
    """Read a TrueType font's table `cmap`, in the form that ends in four bytes for each segment.

    Every font of ours has the form 4, which holds all that a name is written in.
    """
    content = font.read_bytes()
    table = _table(content, b"cmap")
    (count,) = struct.unpack_from(">H", content, table + 2)
    records = [struct.unpack_from(">HHL", content, table + 4 + 8 * n) for n in range(count)]
    forms = [table + offset for _platform, _encoding, offset in records]
    start = next(one for one in forms if struct.unpack_from(">H", content, one) == (4,))
    (twice,) = struct.unpack_from(">H", content, start + 6)
    columns = [start + 14, start + 16 + twice, start + 16 + 2 * twice, start + 16 + 3 * twice]
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{twice // 2}H", content, column) for column in columns
    )
    found = []
    for n, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, last + 1):
            glyph = code
            if ranges[n]:
                at = columns[3] + 2 * n + ranges[n] + 2 * (code - first)
                if at + 2 > len(content):
                    continue
                (glyph,) = struct.unpack_from(">H", content, at)
                if not glyph:
                    continue
            if (glyph + deltas[n]) % 65536:
                found.append(code)
    return found


def _table(content: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", content, 4)
    for n in range(count):
        tag, _checksum, offset, _length = struct.unpack_from(">4sLLL", content, 12 + 16 * n)
        if tag == name:
            return int(offset)
    raise ValueError(f"The font has no table {name.decode()}.")
