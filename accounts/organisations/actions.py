"""Adds organisations that delegates name."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.organisations.models import Organisation
from accounts.users.models import User


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
        raise BinTaken from error
    return organisation
