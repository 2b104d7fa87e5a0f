"""A limit of letters a minute, held over all senders on all machines by one row of the database."""

import datetime as dt

from django.conf import settings
from django.db.models import F

from forum.mailing.models import SendingMinute

KEPT = dt.timedelta(hours=1)


def allowed(*, now: dt.datetime, most: int) -> int:
    """Say how many letters may be taken in this minute: at most `most`, and at least none.

    Where MAIL_PER_MINUTE is set it holds the minute's row until the transaction ends, so that two
    senders do not take the same allowance; `take` must follow in that transaction.
    """
    if not settings.MAIL_PER_MINUTE:
        return most
    row, _ = SendingMinute.objects.select_for_update().get_or_create(minute=_minute_of(now))
    return max(0, min(most, settings.MAIL_PER_MINUTE - row.letters))


def take(count: int, *, now: dt.datetime) -> None:
    """Write down that so many letters were taken in this minute, and forget minutes long past."""
    if not settings.MAIL_PER_MINUTE or not count:
        return
    SendingMinute.objects.filter(pk=_minute_of(now)).update(letters=F("letters") + count)
    SendingMinute.objects.filter(minute__lt=now - KEPT).delete()


def _minute_of(now: dt.datetime) -> dt.datetime:
    return now.replace(second=0, microsecond=0)
