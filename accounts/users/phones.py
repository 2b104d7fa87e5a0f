"""Phone numbers: typed as people type them, kept as E.164 (forum-facts §3)."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOME = "KZ"


def normalise_phone(typed: str) -> str:
    """Return `typed` as E.164; «8 701 …», «7701…» and «(701) …» are read as Kazakh numbers."""
    if not typed.strip():
        return ""
    try:
        number = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_SENTENCE, code="phone") from error
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(_SENTENCE, code="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_SENTENCE = _("This is no phone number. Type it like +7 701 123 45 67.")
