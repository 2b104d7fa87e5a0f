"""Finds where and when a row's session shall stand, from its room, day, start, end and length."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from sessions_app.exchange.workbook.draft import Facts
from sessions_app.exchange.workbook.plan import Stand
from sessions_app.sessions.models import LONGEST
from sessions_app.timetable.steps import OffStepEnd, OffStepStart, Span, refuse_off_steps

PLACE = ("room", "day", "start", "end")


class Misplaced(ValueError):
    """The session cannot stand so; `column` is the cell to look at, the text says why."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


def stand_of(
    edition: Edition, wanted: Facts, *, before: Facts, length: dt.timedelta
) -> tuple[Stand | None, dt.time | dt.datetime | None]:
    """Return where the session shall stand, or None, and its end as a cell holds it.

    `before` is how it stands in the draft; `length` counts where there is no end. Raises Misplaced.
    """
    missing = [name for name in ("room", "day", "start") if not _there(wanted[name])]
    if len(missing) == 3 and not _there(wanted["end"]):
        return None, None
    if missing:
        raise Misplaced(
            missing[0],
            _("A session in the timetable needs a room, a day and a start; this is empty."),
        )
    start = dt.datetime.combine(wanted["day"], wanted["start"])
    end = _end(start, wanted["end"], length)
    if end <= start:
        raise Misplaced(
            "end",
            _("The session ends before it starts. If it ends on another day, write the date too."),
        )
    if end - start > dt.timedelta(minutes=LONGEST):
        raise Misplaced("end", _("The session is longer than 24 hours. Correct its end."))
    stand = Stand(
        wanted["room"], start.replace(tzinfo=edition.zone), end.replace(tzinfo=edition.zone)
    )
    _refuse_off_steps(edition, wanted, stand, before=before)
    if not edition.starts_on <= edition.day_of(stand.starts_at) <= edition.ends_on:
        raise Misplaced(
            "day",
            _("The forum is held from %(first)s to %(last)s. Choose one of its days.")
            % {
                "first": date_format(edition.starts_on, "SHORT_DATE_FORMAT"),
                "last": date_format(edition.ends_on, "SHORT_DATE_FORMAT"),
            },
        )
    return stand, end if end.date() != start.date() else end.time()


def length_of(facts: Facts) -> dt.timedelta:
    """Return how long a session stands in the draft; of one that does not, its wanted length."""
    if span := span_of(facts):
        return span[1] - span[0]
    return dt.timedelta(minutes=facts["minutes"])


def span_of(facts: Facts) -> Span | None:
    """Return from when until when a session stands, by the clocks on the wall; None for nowhere."""
    if facts["start"] is None or facts["day"] is None:
        return None
    start = dt.datetime.combine(facts["day"], facts["start"])
    return start, _end(start, facts["end"], dt.timedelta(minutes=facts["minutes"]))


def _refuse_off_steps(edition: Edition, wanted: Facts, stand: Stand, *, before: Facts) -> None:
    span = span_of(before)
    was = (
        (span[0].replace(tzinfo=edition.zone), span[1].replace(tzinfo=edition.zone))
        if span
        else None
    )
    try:
        refuse_off_steps(edition, (stand.starts_at, stand.ends_at), was=was)
    except OffStepStart as error:
        raise Misplaced("start", str(error)) from error
    except OffStepEnd as error:
        raise Misplaced("end" if _there(wanted["end"]) else "minutes", str(error)) from error


def _end(
    start: dt.datetime, end: dt.time | dt.datetime | None, length: dt.timedelta
) -> dt.datetime:
    if end is None:
        return start + length
    return end if isinstance(end, dt.datetime) else dt.datetime.combine(start.date(), end)


def _there(value: object) -> bool:
    """Whether a cell holds anything; midnight does."""
    return value is not None and value != ""
