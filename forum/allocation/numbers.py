"""Numbers of places as people type them."""

import re

from forum.quotas.actions import MOST_PLACES

_DIGITS = re.compile(r"[0-9]{1,9}")
_BLANKS = str.maketrans("", "", " \u00a0\u202f\u2009")
"""Kazakh and Russian group thousands by a blank that does not break."""


class NoNumber(ValueError):
    """It cannot be read, or is beyond all measure."""


def read_places(typed: str) -> int | None:
    """Read a number of places; None for an empty field. Raises NoNumber.

    Only the digits 0 to 9: other scripts' digits look alike and are pasted by mistake.
    """
    text = typed.strip().translate(_BLANKS)
    if not text:
        return None
    if not _DIGITS.fullmatch(text) or int(text) > MOST_PLACES:
        raise NoNumber(typed)
    return int(text)
