"""Writes down what a person agreed to, and that they took it back."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.dispatch import Signal

from accounts.privacy.models import Consent, ConsentText, Purpose
from accounts.users.models import User

consent_withdrawn = Signal()
"""Sent with `person`, `purpose` and `now`, inside the transaction that takes the consent back."""


def agree(
    person: User,
    *,
    texts: Iterable[ConsentText],
    language: str,
    method: Consent.Method,
    now: dt.datetime,
    declared_by: User | None = None,
) -> None:
    """Write down that `person` agreed to `texts`, read in `language`; once is enough.

    `declared_by` is who said that the person did so in writing.
    """
    told = {"language": language, "method": method, "declared_by": declared_by, "given_at": now}
    Consent.objects.bulk_create(
        [Consent(person=person, text=text, **told) for text in texts],
        ignore_conflicts=True,
    )


@transaction.atomic
def withdraw(person: User, *, purpose: Purpose, now: dt.datetime) -> int:
    """Take back every version of `purpose` that `person` agreed to; tell how many there were."""
    given = Consent.objects.filter(person=person, text__purpose=purpose, withdrawn_at__isnull=True)
    withdrawn = given.update(withdrawn_at=now)
    consent_withdrawn.send(sender=Consent, person=person, purpose=purpose, now=now)
    return withdrawn
