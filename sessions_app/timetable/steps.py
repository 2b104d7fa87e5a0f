"""The five minutes at which sessions begin and end, whoever places them by hand."""

import datetime as dt

from django.utils.translation import gettext as _

from forum.editions.models import Edition
from sessions_app.timetable.moves import NotPlaceable

STEP = dt.timedelta(minutes=5)
Span = tuple[dt.datetime, dt.datetime]


class OffStepStart(NotPlaceable):
    """The session begins between the steps."""


class OffStepEnd(NotPlaceable):
    """The session ends between the steps, and is not as long as it was."""


def refuse_off_steps(edition: Edition, to: Span, *, was: Span | None) -> None:
    """Refuse a new beginning or length between the steps; what an import brought may stay.

    Raises OffStepStart or OffStepEnd. `was` is where the session stood.
    """
    start, end = to
    if (was is None or was[0] != start) and _is_between(edition, start):
        raise OffStepStart(_("Sessions begin at full five minutes, such as 10:05."))
    length = end - start
    stretched = was is None or was[1] - was[0] != length
    if stretched and length % STEP and _is_between(edition, end):
        raise OffStepEnd(_("Sessions last full five minutes, such as 45 or 50."))


def _is_between(edition: Edition, moment: dt.datetime) -> bool:
    local = moment.astimezone(edition.zone)
    return bool(local.minute % 5 or local.second or local.microsecond)
