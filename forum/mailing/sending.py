"""The sender: claims letters, sends them over one connection, and writes down how far it came.

Each step is committed before the next is taken, so that whenever the process dies the row says what
is known: claimed and not begun, it is free again after the lease; begun, nobody knows whether it
went, so it is *uncertain*, and people decide.
"""

import datetime as dt
import logging
import time
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Case, F, IntegerField, When
from django.utils import timezone

from forum.mailing.actions import withdraw
from forum.mailing.allowance import allowed, take
from forum.mailing.dialogue import (
    NoConnection,
    Postponed,
    Refused,
    Uncertain,
    closed,
    hand_over,
    opened,
)
from forum.mailing.emails import to_message
from forum.mailing.models import Letter, LetterKind, LetterQuerySet
from forum.mailing.topics import topic_of, unwanted

logger = logging.getLogger(__name__)

BATCH = 50
RUN_SECONDS = 50
"""A run ends before the next sweep; what is left, that one takes."""
PAUSES = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480)]
"""How long a letter rests after each temporary refusal; after the last it has failed."""
REST = dt.timedelta(minutes=1)
"""How long letters rest that met no mail server."""
BULK = (LetterKind.DAY_SUMMARY, LetterKind.EDITION_REMINDER, LetterKind.PROGRAMME_CHANGE)
"""Written by the thousand: one confirmation need not wait behind them."""


def send_due(*, by: str) -> int:
    """Send what is due, batch after batch; `by` names this run. Returns how many went."""
    sent = 0
    deadline = time.monotonic() + RUN_SECONDS
    while time.monotonic() < deadline:
        letters = claim(by=by, now=timezone.now())
        if not letters:
            break
        try:
            sent += _send_batch(letters, by=by)
        except NoConnection as error:
            logger.warning("No mail server: %s. The letters wait.", error)
            _held(by).update(claimed_at=None, claimed_by="", retry_at=timezone.now() + REST)
            break
    return sent


def claim(*, by: str, now: dt.datetime, limit: int = BATCH) -> list[Letter]:
    """Take up to `limit` due letters for `by`; what another sender holds is passed over."""
    with transaction.atomic():
        _set_missed(now=now)
        bulk = Case(When(kind__in=BULK, then=1), default=0, output_field=IntegerField())
        due = Letter.objects.claimable(now=now).order_by(bulk, "due_at", "pk")
        free = due.select_for_update(skip_locked=True, of=("self",)).select_related("edition")
        mine = _wanted(list(free[: allowed(now=now, most=limit)]), now=now)
        take(len(mine), now=now)
        Letter.objects.filter(pk__in=[letter.pk for letter in mine]).update(
            claimed_at=now, claimed_by=by
        )
    return mine


def recover(*, now: dt.datetime) -> None:
    """Free what dead senders had claimed, and mark as uncertain what they had begun."""
    expired = now - dt.timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    held = Letter.objects.unfinished()
    held.filter(begun_at__isnull=True, claimed_at__lte=expired).update(
        claimed_at=None, claimed_by=""
    )
    lost = held.filter(begun_at__lte=expired, uncertain_at__isnull=True)
    if number := lost.update(uncertain_at=now):
        logger.error("%d letters may or may not have gone; look at them in the admin.", number)
    _set_missed(now=now)


@transaction.atomic
def _set_missed(*, now: dt.datetime) -> None:
    late = Letter.objects.too_late(now=now).select_for_update(skip_locked=True, of=("self",))
    Letter.objects.filter(pk__in=late.values("pk")).update(missed_at=now)


def _wanted(letters: Sequence[Letter], *, now: dt.datetime) -> list[Letter]:
    """Withdraw those that were switched off after they were written; return the others."""
    found = unwanted(Letter.objects.filter(pk__in=[letter.pk for letter in letters]))
    off = set(found.values_list("pk", flat=True))
    withdraw(Letter.objects.filter(pk__in=off), now=now, unwanted=True)
    return [letter for letter in letters if letter.pk not in off]


def _held(by: str) -> LetterQuerySet:
    """What the run `by` claimed and has not begun."""
    return Letter.objects.unfinished().filter(claimed_by=by, begun_at__isnull=True)


def _send_batch(letters: Sequence[Letter], *, by: str) -> int:
    connection = get_connection()
    sent = 0
    try:
        for letter in letters:
            opened(connection)
            if _begin(letter, by=by):
                sent += _send(letter, connection, by=by)
    finally:
        closed(connection)
    return sent


def _begin(letter: Letter, *, by: str) -> bool:
    """Write down that the letter goes now; False when it is no longer ours, or was withdrawn."""
    mine = _held(by).filter(pk=letter.pk)
    if topic_of(letter.kind):
        mine = mine.exclude(pk__in=unwanted(mine).values("pk"))
    return bool(mine.update(begun_at=timezone.now()))


def _send(letter: Letter, connection: BaseEmailBackend, *, by: str) -> bool:
    mine = Letter.objects.filter(pk=letter.pk, claimed_by=by, sent_at__isnull=True)
    try:
        hand_over(to_message(letter, now=timezone.now()), connection)
    except NoConnection:
        mine.update(begun_at=None, uncertain_at=None)
        raise
    except Uncertain as error:
        mine.update(uncertain_at=timezone.now(), failure=str(error))
    except Refused as error:
        mine.update(failed_at=timezone.now(), failure=str(error), attempts=F("attempts") + 1)
    except Postponed as error:
        _postpone(letter, reason=str(error), by=by)
    except Exception as error:
        # Not the server's doing: a letter that cannot be built must not stop those behind it.
        logger.exception("The letter %s cannot be built.", letter.pk)
        mine.update(failed_at=timezone.now(), failure=f"{type(error).__name__}: {error}")
    else:
        mine.update(
            sent_at=timezone.now(), uncertain_at=None, failure="", attempts=F("attempts") + 1
        )
        return True
    return False


def _postpone(letter: Letter, *, reason: str, by: str) -> None:
    """Let the letter rest, longer each time; too many times, and it has failed."""
    now = timezone.now()
    changes: dict[str, object] = {"attempts": letter.attempts + 1, "failure": reason}
    if letter.attempts >= len(PAUSES):
        changes |= {"failed_at": now}
    else:
        changes |= {"retry_at": now + PAUSES[letter.attempts], "begun_at": None}
        changes |= {"claimed_at": None, "claimed_by": "", "uncertain_at": None}
    Letter.objects.filter(pk=letter.pk, claimed_by=by).update(**changes)
