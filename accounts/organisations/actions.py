"""Adds organisations that delegates name."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.locks import broken_constraint
from accounts.organisations.models import Organisation
from accounts.users.models import User

BIN_ONCE = "accounts_organisation_bin_key"
"""The name that PostgreSQL gave to the unique constraint of `bin`."""


class BinTaken(ValueError):
    """Somebody entered the same BIN a moment ago."""

    def __str__(self) -> str:
        return _("This BIN is in the list already. Choose its holder there.")


def add_organisation(organisation: Organisation, *, by: User) -> Organisation:
    """Save an organisation that `by` told us of."""
    organisation.added_by = by
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError as error:
        if broken_constraint(error) != BIN_ONCE:
            raise
        raise BinTaken from error
    return organisation
