"""What may be done with the outbox: write a letter, withdraw it, send it again."""

import datetime as dt
import logging
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

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
LONGEST_SUBJECT = 300
PURGED_AT_ONCE = 1000


class LetterError(Refusal):
    """What was asked cannot be done with the letter; `str()` says why, in the reader's language."""

    sentence = gettext_lazy("This cannot be done with this letter.")


class OnItsWay(LetterError):
    """The letter, or a copy of it, has yet to go: another would arrive twice."""

    sentence = gettext_lazy("This letter is still on its way; it need not be sent again.")


class NotUncertain(LetterError):
    """Only of a letter that perhaps went it can be said that it did."""

    sentence = gettext_lazy("Of this letter it is known whether it went.")


class Purged(LetterError):
    """The letter is so old that only its address, times and subject are kept."""

    sentence = gettext_lazy("The text of this letter is not kept any more; it cannot be sent.")


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
    has yet to go, and Purged where its text is not kept any more.
    """
    original = _readable(letter)
    unfinished = Q(pk=original.pk, uncertain_at__isnull=True) | Q(copy_of=original)
    if Letter.objects.unfinished().filter(unfinished).exists():
        raise OnItsWay
    if original.uncertain_at and not original.sent_at:
        original.cancelled_at = now
        original.save(update_fields=["cancelled_at"])
    copy = _copied(original, by=by, now=now)
    copy.recipient_id = original.recipient_id
    copy.to_address = original.recipient.email if original.recipient else original.to_address
    copy.calendar, copy.calendar_method = original.calendar, original.calendar_method
    copy.dedupe_key = f"copy:{original.pk}:{original.copies.count() + 1}"
    copy.copy_of = original
    return queue(copy, now=now)


@bounded_wait()
def send_copy_to(letter: Letter, *, by: User, now: dt.datetime) -> Letter:
    """Send `by` the letter as its reader gets it, without the calendar file: it is another's.

    Its subject says that it is a copy. Raises Purged where its text is not kept any more.
    """
    original = _readable(letter)
    copy = _copied(original, by=by, now=now)
    copy.to_address = by.email
    with override(by.language):
        subject = _("Copy: %(subject)s") % {"subject": original.subject}
    copy.subject = subject[:LONGEST_SUBJECT]
    copy.dedupe_key = f"shown:{original.pk}:{by.pk}:{now.timestamp():.0f}"
    return queue(copy, now=now)


@bounded_wait()
def settle_as_arrived(letter: Letter, *, now: dt.datetime) -> Letter:
    """Take in that an uncertain letter arrived. Raises NotUncertain for any other."""
    found = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if not Letter.objects.uncertain().filter(pk=found.pk).exists():
        raise NotUncertain
    found.sent_at, found.uncertain_at = now, None
    found.save(update_fields=["sent_at", "uncertain_at"])
    return found


def purge(*, now: dt.datetime) -> int:
    """Erase the texts of letters older than MAIL_KEPT_DAYS; return how many that were.

    To whom, when and why stays. PURGED_AT_ONCE rows at a time: nobody waits long for a lock.
    """
    old = Letter.objects.purgeable(before=now - dt.timedelta(days=settings.MAIL_KEPT_DAYS))
    purged = 0
    while chunk := list(old.order_by("pk").values_list("pk", flat=True)[:PURGED_AT_ONCE]):
        rows = Letter.objects.filter(pk__in=chunk)
        purged += rows.update(text="", html="", calendar="", calendar_method="", purged_at=now)
    return purged


def _readable(letter: Letter) -> Letter:
    found = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if found.purged_at:
        raise Purged
    return found


def _copied(original: Letter, *, by: User, now: dt.datetime) -> Letter:
    """Make a letter of the same words, asked for by `by`; to whom it goes, the caller says."""
    return Letter(
        edition_id=original.edition_id,
        kind=original.kind,
        language=original.language,
        subject=original.subject,
        text=original.text,
        html=original.html,
        created_at=now,
        due_at=now,
        asked_by=by,
    )
