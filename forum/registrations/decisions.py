"""What organisers, or an organisation's contact, decide on a registration; what can be undone."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import User
from forum.editions.models import Edition
from forum.quotas.holding import rule_of
from forum.quotas.models import Approval
from forum.registrations import actions, emails, queue
from forum.registrations.current import (
    locked_registration,
    refuse_ended,
)
from forum.registrations.errors import (
    NoFreePlace,
    NotAwaiting,
    NotInLine,
    NotWaiting,
    quota_full,
)
from forum.registrations.many import IN_LINE, WAITING_FIRST, Outcome, decide_on_each
from forum.registrations.models import Registration, Status
from forum.registrations.signals import place_given
from forum.registrations.taking_back import take_back

UNDO = dt.timedelta(minutes=2)
"""Letters of a decision rest so long: what is undone at once, nobody hears of."""


def approve(registration: Registration, *, by: User, now: dt.datetime) -> Registration:
    """Say yes; it gets a place if one is free, else a turn on the waiting list."""
    with locked_registration(registration, by=by, step="approve") as current:
        queue.fill(current.edition, now=now, by=by)
        _approve(current, by=by, now=now)
    return current


def approve_all(
    edition: Edition, registrations: Iterable[int], *, by: User, now: dt.datetime
) -> Outcome:
    """Say yes to each, who registered first coming first; never more than any quota holds."""
    return decide_on_each(
        edition,
        registrations,
        lambda one: _approve(one, by=by, now=now),
        by=by,
        step="approve",
        first=lambda locked: queue.fill(locked, now=now, by=by),
    )


def decline(registration: Registration, *, by: User, reason: str, now: dt.datetime) -> Registration:
    """Say no; the person reads the reason. One that is confirmed is cancelled instead."""
    with locked_registration(registration, by=by, step="decline", why=reason) as current:
        _decline(current, by=by, reason=reason, now=now)
    return current


def decline_all(
    edition: Edition, registrations: Iterable[int], *, by: User, reason: str, now: dt.datetime
) -> Outcome:
    """Say no to each, for the same reason."""
    return decide_on_each(
        edition,
        registrations,
        lambda one: _decline(one, by=by, reason=reason, now=now),
        by=by,
        step="decline",
        why=reason,
    )


def reopen(registration: Registration, *, by: User, now: dt.datetime) -> Registration:
    """Take a decision back: it awaits approval again, or stands where it stood in the line."""
    with locked_registration(registration, by=by, step="reopen") as current:
        take_back(current, by=by, now=now)
        queue.fill(current.edition, now=now, by=by)
        current.refresh_from_db()
    return current


def reopen_all(
    edition: Edition, registrations: Iterable[int], *, by: User, now: dt.datetime
) -> Outcome:
    """Take the decision on each back.

    Who waits comes first, so that no place that becomes free goes to one of them on the way.
    """
    return decide_on_each(
        edition,
        registrations,
        lambda one: take_back(one, by=by, now=now),
        by=by,
        step="reopen",
        order=WAITING_FIRST,
        then=lambda locked: queue.fill(locked, now=now, by=by),
    )


def confirm(registration: Registration, *, by: User, now: dt.datetime) -> Registration:
    """Give a place out of turn, which approves too; only a free place can be given."""
    with locked_registration(registration, by=by, step="confirm") as current:
        _confirm(current, by=by, now=now)
    return current


def confirm_all(
    edition: Edition, registrations: Iterable[int], *, by: User, now: dt.datetime
) -> Outcome:
    """Give each a place out of turn, while any is free; among themselves they keep their order."""
    return decide_on_each(
        edition,
        registrations,
        lambda one: _confirm(one, by=by, now=now),
        by=by,
        step="confirm",
        order=IN_LINE,
    )


def cancel_all(
    edition: Edition, registrations: Iterable[int], *, by: User, reason: str, now: dt.datetime
) -> Outcome:
    """End each, for the same reason; the places go to who waits, and nothing brings them back."""
    return decide_on_each(
        edition,
        registrations,
        lambda one: actions.cancel(one, by=by, reason=reason, now=now),
        by=by,
        step="cancel",
        why=reason,
    )


def endorse(registration: Registration, *, by: User, now: dt.datetime) -> Registration:
    """Let the organisation's contact say that the delegate is theirs.

    Where the category's rule takes that for an approval, it is one.
    """
    with locked_registration(registration, by=by, step="endorse") as current:
        refuse_ended(current, now=now)
        if current.endorsed_at:
            return current
        current.endorsed_at, current.endorsed_by = now, by
        current.save(update_fields=["endorsed_at", "endorsed_by"])
        rule = rule_of(current.edition, current.category)
        if current.status == Status.AWAITING and rule.approval == Approval.CONTACT:
            queue.fill(current.edition, now=now, by=by)
            _approve(current, by=by, now=now)
    return current


def move_up(registration: Registration, *, by: User, reason: str, now: dt.datetime) -> Registration:
    """Put who waits before those whom nobody moved up; the reason stays in the history."""
    with locked_registration(registration, by=by, step="move_up", why=reason) as current:
        _move_up(current, by=by, reason=reason, now=now)
    return current


def move_up_all(
    edition: Edition, registrations: Iterable[int], *, by: User, reason: str, now: dt.datetime
) -> Outcome:
    """Put each before those whom nobody moved up; among themselves they keep their order."""
    return decide_on_each(
        edition,
        registrations,
        lambda one: _move_up(one, by=by, reason=reason, now=now),
        by=by,
        step="move_up",
        why=reason,
    )


def move_back_all(
    edition: Edition, registrations: Iterable[int], *, by: User, now: dt.datetime
) -> Outcome:
    """Let each wait at the turn that was theirs before somebody moved them up."""
    return decide_on_each(
        edition, registrations, lambda one: _move_back(one, now=now), by=by, step="move_back"
    )


def _approve(current: Registration, *, by: User, now: dt.datetime) -> None:
    """Approve, once those who wait have what is free; approving frees nothing."""
    refuse_ended(current, now=now)
    if current.status != Status.AWAITING:
        raise NotAwaiting
    current.approved_at, current.approved_by = now, by
    if queue.has_room(current, now=now):
        current.confirmed_at = now
    else:
        current.waiting_since = now
    current.save(update_fields=["approved_at", "approved_by", "confirmed_at", "waiting_since"])
    if current.confirmed_at:
        emails.confirmed(current, now=now, due_at=now + UNDO)
        place_given.send(sender=Registration, registration=current, by=by, now=now)
    else:
        emails.waiting(current, now=now, due_at=now + UNDO)


def _decline(current: Registration, *, by: User, reason: str, now: dt.datetime) -> None:
    refuse_ended(current, now=now)
    if current.status not in (Status.AWAITING, Status.WAITING, Status.OFFERED):
        raise NotAwaiting
    held = current.holds
    current.declined_at, current.declined_by, current.decline_reason = now, by, reason
    current.save(update_fields=["declined_at", "declined_by", "decline_reason"])
    emails.declined(current, now=now, due_at=now + UNDO)
    if held:
        queue.fill(current.edition, now=now, by=by)


def _confirm(current: Registration, *, by: User, now: dt.datetime) -> None:
    refuse_ended(current, now=now)
    if current.confirmed_at:
        raise NotWaiting
    if current.registered_at is None:
        raise NotInLine
    if not current.holds:
        _refuse_full(current)
    waited = current.waiting_since is not None
    if current.approval_asked_at and not current.approved_at:
        current.approved_at, current.approved_by = now, by
    current.confirmed_at, current.confirmed_by = now, by
    current.save(update_fields=["approved_at", "approved_by", "confirmed_at", "confirmed_by"])
    (emails.moved_up if waited else emails.confirmed)(current, now=now, due_at=now + UNDO)
    place_given.send(sender=Registration, registration=current, by=by, now=now)


def _move_up(current: Registration, *, by: User, reason: str, now: dt.datetime) -> None:
    refuse_ended(current, now=now)
    if current.status != Status.WAITING:
        raise NotInLine
    current.moved_up_at, current.moved_up_by, current.moved_up_reason = now, by, reason
    current.save(update_fields=["moved_up_at", "moved_up_by", "moved_up_reason"])


def _move_back(current: Registration, *, now: dt.datetime) -> None:
    refuse_ended(current, now=now)
    if current.status != Status.WAITING or not current.moved_up_at:
        raise NotInLine
    current.moved_up_at, current.moved_up_by, current.moved_up_reason = None, None, ""
    current.save(update_fields=["moved_up_at", "moved_up_by", "moved_up_reason"])


def _refuse_full(current: Registration) -> None:
    full = current.full_quotas()
    if full:
        raise quota_full(full[0])
    if queue.free_places(current.edition) == 0:
        raise NoFreePlace
