"""Reads the codes out of letters."""

import re

from django.core.mail import EmailMessage


def code_in(letter: EmailMessage) -> str:
    """Return the six digits that stand on a line of their own."""
    found = re.search(r"^(\d{6})$", str(letter.body), re.MULTILINE)
    assert found, letter.body
    return found[1]


def wrong_code(letter: EmailMessage) -> str:
    """Return six digits that are not those of the letter."""
    return f"{(int(code_in(letter)) + 1) % 1_000_000:06}"
