"""What an edition's address may be: one word below the site's own, and none of the site's."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

# A command would take what begins with a hyphen for an option.
FORM = "^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$"
RESERVED = frozenset(
    {"accounts", "admin", "api", "editions", "healthz", "media", "readyz", "static"}
    | {"kk", "ru", "en"}
)
"""Where the site's addresses begin, with and without a language; a test walks them all."""
_TAKEN = f"^({'|'.join(sorted(RESERVED))})$"


def is_free_address() -> Q:
    """Say for the database what `validate_address` says of one word."""
    return Q(slug__regex=FORM) & ~Q(slug__iregex=_TAKEN)


def validate_address(value: str) -> None:
    """Raise ValidationError unless an edition's pages can stand below `value`."""
    if not re.fullmatch(FORM, value):
        raise ValidationError(
            _(
                "An edition's address has up to 40 Latin letters, digits, hyphens and underscores,"
                " and begins with a letter or a digit."
            )
        )
    if value.lower() in RESERVED:
        raise ValidationError(
            _("“%(word)s” belongs to other pages of the site. Choose another, such as the number.")
            % {"word": value}
        )
