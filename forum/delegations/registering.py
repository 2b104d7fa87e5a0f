"""A contact registers several people at once: all of them, or nobody."""

import datetime as dt
from collections.abc import Sequence

from accounts.models import Consent, Organisation, Region, User
from forum.delegations.actions import held_for, nominate, person_of
from forum.delegations.errors import NobodyToRegister, OutOfDate, RowsRefused
from forum.delegations.foreseeing import foresee
from forum.delegations.rows import DelegateRow
from forum.editions.models import Edition
from forum.registrations import actions, queue
from forum.registrations.errors import registration_window_error
from forum.registrations.models import Registration


def register_delegates(
    edition: Edition,
    organisation: Organisation,
    rows: Sequence[DelegateRow],
    *,
    region: Region | None,
    by: User,
    now: dt.datetime,
    shown: str | None = None,
) -> list[Registration]:
    """Register each of `rows` for the organisation, endorsed, and write to each; or none of them.

    `by` declares that each has agreed in writing to the processing of their data. `shown` is the
    digest of the forecast that `by` was shown. Raises RowsRefused, which says of each row why
    not, OutOfDate where something else would happen than was shown, or another RegistrationError.
    """
    if not rows:
        raise NobodyToRegister
    with held_for(edition, organisation, by=by, step="delegation") as locked:
        if error := registration_window_error(locked, now=now):
            raise error
        # Whoever waits and fits has the free places first, and is no part of what was foreseen.
        queue.fill(locked, now=now, by=by)
        forecast = foresee(locked, organisation, rows, region=region, now=now)
        if shown is not None and shown != forecast.digest:
            raise OutOfDate
        if forecast.refused:
            raise RowsRefused(forecast.refused)
        return [_register(locked, organisation, row, region, by=by, now=now) for row in rows]


def _register(
    edition: Edition,
    organisation: Organisation,
    row: DelegateRow,
    region: Region | None,
    *,
    by: User,
    now: dt.datetime,
) -> Registration:
    registration = actions.register(
        edition,
        person=person_of(row, by=by, now=now),
        category=row.category,
        organisation=organisation,
        region=region,
        languages=row.languages,
        needs=[],
        needs_note="",
        job_title=row.job_title,
        consents=[],
        method=Consent.Method.CONTACT,
        by=by,
        endorsed=True,
        now=now,
    )
    nominate(registration, row, by=by, now=now)
    return registration
