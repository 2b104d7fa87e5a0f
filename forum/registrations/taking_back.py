"""Taking a decision back: the registration stands as it stood before; its letters do not go."""

import datetime as dt

from accounts.models import User
from forum.mailing.models import LetterKind
from forum.registrations import emails
from forum.registrations.current import refuse_arrived, refuse_over
from forum.registrations.errors import AlreadyCancelled, NotUndoable
from forum.registrations.models import Registration
from forum.registrations.signals import place_lost

TAKEN_BACK = (
    "approved_at", "approved_by", "waiting_since", "offered_at", "offer_until", "confirmed_at",
    "confirmed_by",
)  # fmt: skip


def take_back(current: Registration, *, by: User, now: dt.datetime) -> None:
    """Undo the newest decision on a registration whose edition is locked; then fill the places."""
    if current.cancelled_at:
        raise AlreadyCancelled
    refuse_over(current, now=now)
    refuse_arrived(current)
    if current.declined_at:
        _take_back_no(current)
        told: tuple[LetterKind, ...] = (LetterKind.DECLINED, LetterKind.PLACE_KEPT)
    elif current.confirmed_by_id and current.confirmed_at:
        _take_back_place(current, by=by, now=now)
        told = emails.OF_A_PLACE
    elif current.approved_at:
        _take_back_yes(current, by=by, now=now)
        told = (*emails.OF_A_PLACE, LetterKind.PLACE_KEPT, LetterKind.WAITING)
    else:
        raise NotUndoable
    emails.reopened(current, told=told, now=now)


def _take_back_no(current: Registration) -> None:
    anew = current.edition.registrations.live().filter(person=current.person_id)
    if anew.exists():
        raise NotUndoable
    current.declined_at, current.declined_by, current.decline_reason = None, None, ""
    # The place that was kept went to the next; the turn in the line remains.
    current.offered_at = current.offer_until = None
    current.save(
        update_fields=[
            "declined_at", "declined_by", "decline_reason", "offered_at", "offer_until",
        ]
    )  # fmt: skip


def _take_back_place(current: Registration, *, by: User, now: dt.datetime) -> None:
    """Take back a place given out of turn, and the approval only where that came with it."""
    if current.approved_at == current.confirmed_at:
        current.approved_at = current.approved_by = None
    elif not current.waiting_since:
        # Who came instead of somebody holds the place that was theirs, and never waited.
        current.waiting_since = now
    current.confirmed_at = current.confirmed_by = None
    current.save(update_fields=list(TAKEN_BACK))
    place_lost.send(sender=Registration, registration=current, by=by, now=now)


def _take_back_yes(current: Registration, *, by: User, now: dt.datetime) -> None:
    had_place = current.confirmed_at is not None
    for name in TAKEN_BACK:
        setattr(current, name, None)
    current.save(update_fields=list(TAKEN_BACK))
    if had_place:
        place_lost.send(sender=Registration, registration=current, by=by, now=now)
