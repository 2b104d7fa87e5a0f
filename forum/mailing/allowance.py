"""A limit of letters a minute, held over all senders on all machines by one row of the database."""

import datetime as dt

from django.conf import settings

from forum.mailing.models import SendingMinute

KEPT = dt.timedelta(hours=1)


def allowed(*, now: dt.datetime, most: int) -> int:
    """Say how many letters may be taken in this minute: at most `most`, and at least none.

    Where MAIL_PER_MINUTE is set it holds the minute's row until the transaction ends, so that two
    senders do not take the same allowance; `take` must follow in that transaction.
    """
    if not settings.MAIL_PER_MINUTE:
        return most
    left = settings.MAIL_PER_MINUTE - _held(now).letters
    return max(0, min(most, left))


def take(count: int, *, now: dt.datetime) -> None:
    """Write down that so many letters were taken in this minute, and forget minutes long past."""
    if not settings.MAIL_PER_MINUTE or not count:
        return
    minute = _held(now)
    minute.letters += count
    minute.save(update_fields=["letters"])
    SendingMinute.objects.filter(minute__lt=now - KEPT).delete()


def _held(now: dt.datetime) -> SendingMinute:
    """Return the row of the minute in which `now` is, made if need be, locked."""
    minute = now.replace(second=0, microsecond=0)
    SendingMinute.objects.bulk_create([SendingMinute(minute=minute)], ignore_conflicts=True)
    return SendingMinute.objects.select_for_update().get(pk=minute)
