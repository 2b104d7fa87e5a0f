"""What a cell's value says, before it is known what should stand there."""

import re
from typing import Any

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BAD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class BadCell(ValueError):
    """The cell cannot be read; the text says why and what to do."""


def plain(text: str) -> str:
    """Return `text` without the signs that neither PostgreSQL nor XML takes."""
    return _BAD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_of(value: Any) -> str:
    """Return a cell's value as the text that a person typed; whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # Excel keeps signs that XML cannot hold as _x000D_, and an underscore before such as _x005F_.
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    return plain(text).strip()


def escaped(text: str) -> str:
    """Return `text` as it must stand in a workbook for Excel to show it as it is."""
    return _ESCAPED.sub(lambda found: f"_x005F_{found[0][1:]}", plain(text))
