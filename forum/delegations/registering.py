"""A contact registers several people at once: all of them, or nobody."""

import datetime as dt
from collections.abc import Sequence

from accounts.models import Consent, Organisation, Region, User
from forum.delegations.actions import held_for, nominate, person_of
from forum.delegations.errors import NobodyToRegister, OutOfDate, PartlyRegistered, RowsRefused
from forum.delegations.foreseeing import Forecast, foresee
from forum.delegations.rows import DelegateRow
from forum.editions.models import Edition
from forum.registrations import actions, queue
from forum.registrations.errors import RegistrationError, registration_window_error
from forum.registrations.models import Registration

AT_A_TIME = 50
"""Fifty take over a second, and meanwhile nobody else can register."""


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


def register_in_parts(
    edition: Edition,
    organisation: Organisation,
    forecast: Forecast,
    *,
    region: Region | None,
    by: User,
    now: dt.datetime,
) -> list[Registration]:
    """Register all of a forecast, AT_A_TIME under one lock: others register between.

    Up to so many it is all or nobody. Where a later part is refused, those before it stay
    registered, and PartlyRegistered says how many; the same file can be sent again.
    """
    made: list[Registration] = []
    for part in forecast.parts(AT_A_TIME):
        try:
            made += register_delegates(
                edition,
                organisation,
                [one.row for one in part.each],
                region=region,
                by=by,
                now=now,
                shown=part.digest,
            )
        except RegistrationError as error:
            if made:
                raise PartlyRegistered(len(made), error) from error
            raise
    return made


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
