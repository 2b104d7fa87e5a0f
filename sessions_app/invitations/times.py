"""When an edition begins, when answers are awaited, and when who has not answered is reminded."""

import datetime as dt
from collections.abc import Iterator

from forum.editions.models import Edition
from forum.mailing.planning import moment

DAY = dt.timedelta(days=1)
REMIND_AFTER = (7, 14)
"""Days after the invitation."""
LAST_REMINDER = 3
"""Days before the edition, in the morning."""
MORNING = dt.time(10)
GAP = 2 * DAY
"""Between two letters to one speaker: sooner, the second would only annoy."""
TIME_TO_ANSWER = 14 * DAY
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""The demo's forum was held in 2025: who tries the software later can still invite and answer."""


def begins_at(edition: Edition) -> dt.datetime:
    """Return the moment at which the edition's first day begins; of the demo's, never."""
    if edition.is_demo:
        return NEVER
    return edition.beginning_of(edition.starts_on)


def answer_by(edition: Edition, *, invited_at: dt.datetime) -> dt.date:
    """Name the day until which an answer is awaited: two weeks, but before the last reminder."""
    invited_on = invited_at.astimezone(edition.zone).date()
    if edition.is_demo:
        return invited_on + TIME_TO_ANSWER
    latest = edition.starts_on - (LAST_REMINDER + 1) * DAY
    return max(invited_on, min(invited_on + TIME_TO_ANSWER, latest))


def step_due(edition: Edition, *, invited_at: dt.datetime, now: dt.datetime) -> str:
    """Name the latest reminder that is due at `now`; what came due before it is not made up for."""
    due = [step for step, at in _steps(edition, invited_at) if at <= now < begins_at(edition)]
    return due[-1] if due else ""


def _steps(edition: Edition, invited_at: dt.datetime) -> Iterator[tuple[str, dt.datetime]]:
    last = moment(edition.starts_on - LAST_REMINDER * DAY, MORNING, edition)
    for days in REMIND_AFTER:
        if invited_at + days * DAY + GAP <= last:
            yield str(days), invited_at + days * DAY
    if invited_at + GAP <= last:
        yield "last", last
