"""What a delegate, or somebody for them, does with a registration; held under the edition's lock.

Lock order: the edition, its registrations, an organisation. What organisers decide on stands in
`decisions`, who gets a free place in `queue`.
"""

import datetime as dt
from collections.abc import Iterable

from accounts.models import Consent, ConsentText, Organisation, Region, User
from forum.editions.locking import locked_edition
from forum.editions.models import Edition
from forum.quotas.models import Approval, Category, CategoryRule
from forum.registrations import emails, queue
from forum.registrations.current import locked_registration, refuse_arrived, refuse_ended
from forum.registrations.errors import (
    ApprovalNeeded,
    Busy,
    clerk_window_error,
    quota_full,
    registration_window_error,
)
from forum.registrations.models import Registration, Status
from forum.registrations.signals import place_lost
from forum.registrations.writing import (
    draft_or_new,
    open_rule,
    refuse_needs_without_consent,
    settle,
    take_consent,
    take_more_consent,
    tell,
    write,
)

CHANGEABLE = frozenset(
    {"category", "organisation", "region", "job_title", "languages", "needs", "needs_note"}
)
PLACING = frozenset({"category", "organisation", "region"})
"""What decides under which quotas a registration falls."""


def register(
    edition: Edition,
    *,
    person: User,
    category: Category | str,
    organisation: Organisation | None,
    languages: Iterable[str],
    needs: Iterable[str],
    needs_note: str,
    job_title: str,
    consents: Iterable[ConsentText],
    now: dt.datetime,
    region: Region | None = None,
    method: Consent.Method = Consent.Method.FORM,
    by: User | None = None,
    outside_window: bool = False,
    endorsed: bool = False,
    approved: bool = False,
) -> Registration:
    """Give `person` a place, a turn on the waiting list, or a wait for approval.

    Raises a RegistrationError. `consents` are the texts to which the person says yes with this
    form; `organisation` may be a new one, unsaved: it is added with the registration or not at
    all. `region` counts where the organisation names none. `by` is the clerk or the organisation's
    contact who does it for the person. A clerk may do so outside the window and in a category
    that is closed (`outside_window`), and approves by it (`approved`); a contact endorses
    (`endorsed`), which is approval enough where the category's rule says so. A draft of the person
    becomes this registration.
    """
    by = by or person
    with locked_edition(edition.pk, by=by, step="register", busy=Busy) as locked:
        window_error = clerk_window_error if outside_window else registration_window_error
        if error := window_error(locked, now=now):
            raise error
        rule = open_rule(locked, category, despite=outside_window, now=now)
        take_consent(person, texts=consents, method=method, now=now)
        registration = draft_or_new(locked, person=person, by=by, now=now)
        registration.category, registration.job_title = category, job_title
        registration.languages, registration.needs = list(languages), list(needs)
        registration.needs_note = needs_note
        refuse_needs_without_consent(registration)
        settle(registration, organisation=organisation, region=region, by=by)
        registration.registered_at, registration.registered_by = now, by
        if endorsed:
            registration.endorsed_at, registration.endorsed_by = now, by
        _ask_approval(registration, rule, approved=approved, by=by, now=now)
        _take_turn(registration, by=by, now=now)
        write(registration)
        tell(registration, by=by, now=now)
    return registration


def save_draft(
    edition: Edition,
    *,
    person: User,
    now: dt.datetime,
    organisation: Organisation | None = None,
    **told: object,
) -> Registration:
    """Keep what `person` has told so far; it holds no place and stands in no line.

    `told` may name what is CHANGEABLE. Raises AlreadyRegistered where it was sent already.
    """
    if unknown := told.keys() - CHANGEABLE:
        raise TypeError(f"save_draft() does not keep {', '.join(sorted(unknown))}")
    with locked_edition(edition.pk, by=person, step="draft", busy=Busy) as locked:
        if error := registration_window_error(locked, now=now):
            raise error
        draft = draft_or_new(locked, person=person, by=person, now=now)
        for name, value in told.items():
            setattr(draft, name, value)
        # A body that is not in the list yet is added when the registration is sent.
        draft.organisation = organisation if organisation and organisation.pk else None
        write(draft)
    return draft


def change(
    registration: Registration,
    *,
    by: User,
    now: dt.datetime,
    consents: Iterable[ConsentText] = (),
    method: Consent.Method = Consent.Method.FORM,
    **fields: object,
) -> Registration:
    """Change what the delegate told (CHANGEABLE), until the edition's last day is over.

    `consents` are the texts to which the person says yes with it: needs are told with theirs alone.

    Who holds a place keeps it where the new quotas have room, else NoFreePlace is raised; who
    waits begins to wait anew where the quotas are others.
    """
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"change() does not change {', '.join(sorted(unknown))}")
    with locked_registration(registration, by=by, step="change") as current:
        refuse_ended(current, now=now)
        take_more_consent(current.person, texts=consents, method=method, now=now)
        before, needed = _placing(current), (current.needs, current.needs_note)
        own = list(current.quotas().values_list("pk", flat=True))
        for name in fields.keys() - {"organisation", "region"}:
            setattr(current, name, fields[name])
        if fields.keys() & PLACING:
            body, region = (fields.get(n, getattr(current, n)) for n in ("organisation", "region"))
            assert isinstance(body, Organisation | None)
            assert isinstance(region, Region | None)
            settle(current, organisation=body, region=region, by=by)
        if (current.needs, current.needs_note) != needed:
            refuse_needs_without_consent(current)
        moves = current.registered_at is not None and _placing(current) != before
        if moves:
            _judge_move(current, own=own, by=by, now=now)
        current.save()
        if moves:
            queue.fill(current.edition, now=now, by=by)
            current.refresh_from_db()
    return current


def cancel(
    registration: Registration, *, by: User, reason: str, now: dt.datetime
) -> list[Registration]:
    """End a registration and return those who moved up into what became free."""
    with locked_registration(registration, by=by, step="cancel", why=reason) as current:
        refuse_ended(current, now=now)
        refuse_arrived(current)
        _end(current, by=by, reason=reason, now=now)
        if current.registered_at:  # of a draft nobody was told
            emails.cancelled(current, now=now)
        return queue.fill(current.edition, now=now, by=by)


def replace(
    registration: Registration,
    *,
    person: User,
    consents: Iterable[ConsentText],
    languages: Iterable[str],
    job_title: str,
    by: User,
    reason: str,
    now: dt.datetime,
    method: Consent.Method = Consent.Method.DESK,
) -> Registration:
    """Let `person` come instead: the place, or the turn in the line, passes to them."""
    with locked_registration(registration, by=by, step="replace", why=reason) as old:
        refuse_ended(old, now=now)
        refuse_arrived(old)
        take_consent(person, texts=consents, method=method, now=now)
        new = draft_or_new(old.edition, person=person, by=by, now=now)
        for name in INHERITED:
            setattr(new, name, getattr(old, name))
        new.languages, new.job_title, new.replaces = list(languages), job_title, old
        new.registered_at, new.registered_by = now, by
        new.confirmed_at, new.confirmed_by = (now, by) if old.confirmed_at else (None, None)
        _end(old, by=by, reason=reason, now=now)
        write(new)
        emails.cancelled(old, now=now)
        tell(new, by=by, now=now)
    return new


INHERITED = (
    "category", "organisation", "region", "days", "endorsed_at", "endorsed_by",
    "approval_asked_at", "approved_at", "approved_by", "waiting_since", "moved_up_at",
    "moved_up_by", "moved_up_reason", "offered_at", "offer_until",
)  # fmt: skip


def _ask_approval(
    registration: Registration,
    rule: CategoryRule,
    *,
    approved: bool,
    by: User,
    now: dt.datetime,
) -> None:
    """Ask for approval where the category's rule says so, unless `by` may give it."""
    if rule.approval == Approval.NOBODY:
        return
    registration.approval_asked_at = now
    endorsed = registration.endorsed_at and rule.approval == Approval.CONTACT
    if approved or endorsed:
        registration.approved_at, registration.approved_by = now, by


def _take_turn(registration: Registration, *, by: User, now: dt.datetime) -> None:
    """Give a place if one is free that nobody who waits fits into, else a turn in the line."""
    if registration.approval_asked_at and not registration.approved_at:
        return
    if queue.leaves_room(registration, now=now, by=by):
        registration.confirmed_at = now
    else:
        registration.waiting_since = now


def _placing(registration: Registration) -> tuple[object, ...]:
    return registration.category, registration.organisation_id, registration.region_id


def _judge_move(current: Registration, *, own: list[int], by: User, now: dt.datetime) -> None:
    """Judge a change of category, organisation or region; `own` are the quotas it fell under."""
    rule = open_rule(current.edition, current.category, despite=current.person != by, now=now)
    needs_approval = rule.approval != Approval.NOBODY and not current.approved_at
    if current.holds:
        if needs_approval and current.person == by:
            raise ApprovalNeeded
        if needs_approval:
            current.approval_asked_at = current.approved_at = now
            current.approved_by = by
        full = current.quotas().full().exclude(pk__in=own)
        for quota in full.select_related("region", "organisation")[:1]:
            raise quota_full(quota)
    elif needs_approval:
        current.approval_asked_at, current.waiting_since = now, None
    elif current.status == Status.WAITING or current.approved_at is None:
        current.approval_asked_at, current.waiting_since = None, now


def _end(registration: Registration, *, by: User, reason: str, now: dt.datetime) -> None:
    registration.cancelled_at, registration.cancelled_by = now, by
    registration.cancel_reason = reason
    registration.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    if registration.confirmed_at:
        place_lost.send(sender=Registration, registration=registration, by=by, now=now)
