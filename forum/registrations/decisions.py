"""What organisers, or an organisation's contact, decide on a registration; each can be undone."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from accounts.models import User
from forum.editions.locking import locked_edition
from forum.editions.models import Edition
from forum.quotas.holding import rule_of
from forum.quotas.models import Approval
from forum.registrations import emails, queue
from forum.registrations.current import hold, locked_registration, refuse_arrived, refuse_ended
from forum.registrations.errors import (
    Busy,
    NoFreePlace,
    NotAwaiting,
    NotInLine,
    NotUndoable,
    NotWaiting,
    RegistrationError,
    quota_full,
)
from forum.registrations.models import Registration, Status
from forum.registrations.signals import place_given, place_lost

AT_A_TIME = 50
"""So many are decided on under one lock; others register between."""
UNDO = dt.timedelta(minutes=2)
"""Letters of a decision rest so long: what is undone at once, nobody hears of."""


@dataclass
class Outcome:
    """What came of deciding on many: those done, and of each other one why not."""

    done: list[Registration] = field(default_factory=list)
    refused: list[tuple[Registration, RegistrationError]] = field(default_factory=list)


def approve(registration: Registration, *, by: User, now: dt.datetime) -> Registration:
    """Say yes; it gets a place if one is free, else a turn on the waiting list."""
    with locked_registration(registration, by=by, step="approve") as current:
        _approve(current, by=by, now=now)
    return current


def approve_all(
    edition: Edition, registrations: Iterable[int], *, by: User, now: dt.datetime
) -> Outcome:
    """Say yes to each, who registered first coming first; never more than any quota holds."""
    return _each(
        edition, registrations, lambda one: _approve(one, by=by, now=now), by=by, step="approve"
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
    return _each(
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
        _reopen(current, by=by, now=now)
    return current


def reopen_all(
    edition: Edition, registrations: Iterable[int], *, by: User, now: dt.datetime
) -> Outcome:
    """Take the decision on each back."""
    return _each(
        edition, registrations, lambda one: _reopen(one, by=by, now=now), by=by, step="reopen"
    )


def confirm(registration: Registration, *, by: User, now: dt.datetime) -> Registration:
    """Give a place out of turn, which approves too; only a free place can be given."""
    with locked_registration(registration, by=by, step="confirm") as current:
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
        (emails.moved_up if waited else emails.confirmed)(current, now=now)
        place_given.send(sender=Registration, registration=current, by=by, now=now)
    return current


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
            _approve(current, by=by, now=now)
    return current


def move_up(registration: Registration, *, by: User, reason: str, now: dt.datetime) -> Registration:
    """Put who waits before those whom nobody moved up; the reason stays in the history."""
    with locked_registration(registration, by=by, step="move_up", why=reason) as current:
        refuse_ended(current, now=now)
        if current.status != Status.WAITING:
            raise NotInLine
        current.moved_up_at, current.moved_up_by, current.moved_up_reason = now, by, reason
        current.save(update_fields=["moved_up_at", "moved_up_by", "moved_up_reason"])
    return current


def _each(
    edition: Edition,
    registrations: Iterable[int],
    decide: Callable[[Registration], object],
    *,
    by: User,
    step: str,
    why: str = "",
) -> Outcome:
    chosen = edition.registrations.filter(pk__in=list(registrations))
    order = list(chosen.order_by("registered_at", "pk").values_list("pk", flat=True))
    outcome = Outcome()
    for chunk in _chunks(order):
        with locked_edition(edition.pk, by=by, step=step, why=why, busy=Busy) as locked:
            for pk in chunk:
                current = hold(pk, locked)
                try:
                    decide(current)
                    outcome.done.append(current)
                except RegistrationError as error:
                    outcome.refused.append((current, error))
    return outcome


def _chunks(order: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(order), AT_A_TIME):
        yield order[start : start + AT_A_TIME]


def _approve(current: Registration, *, by: User, now: dt.datetime) -> None:
    refuse_ended(current, now=now)
    if current.status != Status.AWAITING:
        raise NotAwaiting
    current.approved_at, current.approved_by = now, by
    queue.fill(current.edition, now=now, by=by)
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


def _reopen(current: Registration, *, by: User, now: dt.datetime) -> None:
    if current.cancelled_at:
        refuse_ended(current, now=now)
    refuse_arrived(current)
    if current.declined_at:
        _take_back_no(current)
    elif current.approved_at:
        _take_back_yes(current, by=by, now=now)
    else:
        raise NotUndoable
    emails.reopened(current, now=now)
    queue.fill(current.edition, now=now, by=by)


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


def _take_back_yes(current: Registration, *, by: User, now: dt.datetime) -> None:
    had_place = current.confirmed_at is not None
    for name in TAKEN_BACK:
        setattr(current, name, None)
    current.save(update_fields=list(TAKEN_BACK))
    if had_place:
        place_lost.send(sender=Registration, registration=current, by=by, now=now)


TAKEN_BACK = (
    "approved_at", "approved_by", "waiting_since", "offered_at", "offer_until", "confirmed_at",
    "confirmed_by",
)  # fmt: skip


def _refuse_full(current: Registration) -> None:
    full = queue.full_quotas(current)
    if full:
        raise quota_full(full[0])
    if queue.free_places(current.edition) == 0:
        raise NoFreePlace
