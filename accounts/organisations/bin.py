"""The business identification number (БИН, БСН): twelve digits, text and not a number."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_FORM = re.compile(r"[0-9]{4}[456][0-9]{7}", re.ASCII)
_FIRST_WEIGHTS = range(1, 12)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def check_digit(first_eleven: str) -> int | None:
    """Return the twelfth digit for the first eleven; None where no such number is issued.

    The rule is the tax code's for IIN and BIN (forum-facts §2): a weighted sum modulo 11, and once
    more with other weights when the first gives 10.
    """
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        rest = sum(int(d) * w for d, w in zip(first_eleven, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def normalise_bin(typed: str) -> str:
    """Drop the blanks and hyphens that people type between the digits."""
    return re.sub(r"[\s\u00a0-]+", "", typed)


def validate_bin(value: str) -> None:
    """Raise ValidationError unless `value` is a BIN that can have been issued."""
    if not _FORM.fullmatch(value):
        raise ValidationError(
            _("A BIN has 12 digits, the fifth of them 4, 5 or 6. Check what you typed."),
            code="bin_form",
        )
    if not 1 <= int(value[2:4]) <= 12:
        raise ValidationError(
            _("The third and fourth digits of a BIN are a month, 01 to 12. Check what you typed."),
            code="bin_month",
        )
    if value[5] not in "0123":
        raise ValidationError(
            _("The sixth digit of a BIN is 0, 1, 2 or 3. Check what you typed."), code="bin_sign"
        )
    if check_digit(value[:11]) != int(value[11]):
        raise ValidationError(
            _("A digit of this BIN is wrong: the last one does not fit. Check what you typed."),
            code="bin_check_digit",
        )
