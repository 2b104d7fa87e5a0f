"""What may be done with the outbox: write a letter, withdraw it, send it again."""

import datetime as dt
import logging
from collections.abc import Sequence

from django.db import transaction
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy

from accounts.locks import bounded_wait
from accounts.models import User
from accounts.refusals import Refusal
from forum.celery import app
from forum.editions.models import Edition
from forum.mailing.emails import Calendar, Content, for_reader
from forum.mailing.models import Letter, LetterKind, LetterQuerySet
from forum.mailing.topics import set_aside

logger = logging.getLogger(__name__)

SEND_TASK = "forum.mailing.tasks.send_due"


class LetterError(Refusal):
    """What was asked cannot be done with the letter; `str()` says why, in the reader's language."""

    sentence = gettext_lazy("This cannot be done with this letter.")


class OnItsWay(LetterError):
    """The letter, or a copy of it, has yet to go: another would arrive twice."""

    sentence = gettext_lazy("This letter is still on its way; it need not be sent again.")


def draft(
    *,
    kind: LetterKind,
    key: str,
    edition: Edition | None,
    content: Content,
    recipient: User | None,
    now: dt.datetime,
    address: str = "",
    due_at: dt.datetime | None = None,
    useful_until: dt.datetime | None = None,
    calendar: Calendar | None = None,
) -> Letter:
    """Make a letter that is not yet written down; `address` is for whom has no account.

    `key` says which letter this is: of two with the same key only the first is ever written.
    It goes at `due_at` (now, if none), and not at all after `useful_until`.
    """
    content = for_reader(content, kind=kind, reader=recipient)
    return Letter(
        edition=edition,
        kind=kind,
        recipient=recipient,
        to_address=address or (recipient.email if recipient else ""),
        language=content.language,
        subject=content.subject,
        text=content.text,
        html=content.html,
        calendar=calendar.file if calendar else "",
        calendar_method=calendar.method if calendar else "",
        dedupe_key=key,
        created_at=now,
        due_at=due_at or now,
        useful_until=useful_until,
    )


def queue(letter: Letter, *, now: dt.datetime) -> Letter:
    """Write `letter` in the caller's transaction and return it, or the one with the same key."""
    queue_many([letter], now=now)
    return Letter.objects.get(dedupe_key=letter.dedupe_key)


def queue_many(letters: Sequence[Letter], *, now: dt.datetime) -> None:
    """Write those of `letters` whose keys are new; once they are committed, wake a sender.

    What its reader switched off is written as withdrawn.
    """
    if not letters:
        return
    set_aside(letters, now=now)
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    if any(letter.due_at <= now for letter in letters):
        tell_senders()


def tell_senders() -> None:
    """Wake a sender when the transaction is committed.

    A lost broker breaks no request: the sweep finds, within a minute, what nobody was told.
    """
    transaction.on_commit(_send_task)


def _send_task() -> None:
    try:
        app.send_task(SEND_TASK, retry=False, ignore_result=True)
    except Exception as error:
        # The broker's clients raise errors of a dozen classes; none is worth a failed request.
        logger.warning("No sender could be told (%s); the next sweep sends.", error)


def withdraw(letters: LetterQuerySet, *, now: dt.datetime, unwanted: bool = False) -> int:
    """Take back those of `letters` that have not begun to go; return how many.

    Their keys become free, so that what is true again later is written again. `unwanted` says that
    their readers switched them off.
    """
    return letters.withdrawable().update(
        cancelled_at=now,
        unwanted_at=now if unwanted else None,
        claimed_at=None,
        claimed_by="",
        dedupe_key=Concat(
            F("dedupe_key"), Value(":withdrawn:"), Cast("pk", CharField()), output_field=CharField()
        ),
    )


def free_keys(letters: LetterQuerySet) -> int:
    """Let what letters told be told again, because it ceased to be true meanwhile."""
    return letters.update(
        dedupe_key=Concat(
            F("dedupe_key"), Value(":before:"), Cast("pk", CharField()), output_field=CharField()
        )
    )


@bounded_wait()
def resend(letter: Letter, *, by: User, now: dt.datetime) -> Letter:
    """Send a letter again for `by`, as a copy with a key of its own; the first stays as it was.

    An uncertain one is settled by it: somebody decided. Raises OnItsWay while it, or a copy of it,
    has yet to go.
    """
    original = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    unfinished = Q(pk=original.pk, uncertain_at__isnull=True) | Q(copy_of=original)
    if Letter.objects.unfinished().filter(unfinished).exists():
        raise OnItsWay
    if original.uncertain_at and not original.sent_at:
        original.cancelled_at = now
        original.save(update_fields=["cancelled_at"])
    number = original.copies.count() + 1
    copy = Letter(
        edition_id=original.edition_id,
        kind=original.kind,
        recipient_id=original.recipient_id,
        to_address=original.recipient.email if original.recipient else original.to_address,
        language=original.language,
        subject=original.subject,
        text=original.text,
        html=original.html,
        calendar=original.calendar,
        calendar_method=original.calendar_method,
        dedupe_key=f"copy:{original.pk}:{number}",
        created_at=now,
        due_at=now,
        copy_of=original,
        asked_by=by,
    )
    return queue(copy, now=now)
