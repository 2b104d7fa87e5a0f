"""Who speaks for an organisation: every change, under the lock of the organisation's row.

The lock is `FOR NO KEY UPDATE`: registrations that point at the organisation are written
meanwhile, and a merge of duplicates waits.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pghistory

from accounts.contacts.errors import (
    AlreadyAsked,
    AlreadyConfirmed,
    AlreadyEnded,
    Busy,
    ByOneself,
    NotYours,
    OnlyStaff,
)
from accounts.contacts.models import CONFIRM, Contact
from accounts.contacts.signals import contact_asked, contact_confirmed, contact_ended
from accounts.locks import bounded_wait
from accounts.organisations.actions import add_organisation
from accounts.organisations.models import Organisation
from accounts.users.models import User


def ask_to_be_contact(
    organisation: Organisation,
    *,
    person: User,
    message: str,
    now: dt.datetime,
    by: User | None = None,
) -> Contact:
    """Let `person` ask to speak for `organisation`, which may be a new one, unsaved.

    `by` is the clerk who asks for the person. Raises AlreadyAsked, BinTaken or Busy.
    """
    by = by or person
    with pghistory.context(user=by.pk), bounded_wait(Busy):
        if organisation.pk is None:
            add_organisation(organisation, by=by)
        kept = _locked(organisation.pk)
        if kept.merged_into_id:
            kept = _locked(kept.merged_into_id)
        if kept.contacts.live().filter(person=person).exists():
            raise AlreadyAsked
        contact = Contact.objects.create(
            organisation=kept, person=person, message=message, asked_at=now
        )
        contact_asked.send(Contact, contact=contact, by=by, now=now)
    return contact


def confirm_contact(contact: Contact, *, by: User, now: dt.datetime) -> Contact:
    """Say that the person speaks for the organisation; raises a ContactError."""
    with _held(contact, by=by) as current:
        if current.person_id == by.pk:
            raise ByOneself
        _refuse_strangers(current, by=by)
        if current.confirmed_at:
            raise AlreadyConfirmed
        if current.organisation.is_closing and not by.has_perm(CONFIRM):
            raise OnlyStaff
        current.confirmed_at, current.confirmed_by = now, by
        current.save(update_fields=["confirmed_at", "confirmed_by"])
        contact_confirmed.send(Contact, contact=current, by=by, now=now)
    return current


def decline_contact(contact: Contact, *, by: User, reason: str, now: dt.datetime) -> Contact:
    """Say no to who asked, with a reason that they read; raises a ContactError."""
    with _held(contact, by=by) as current:
        _refuse_strangers(current, by=by)
        if current.confirmed_at:
            raise AlreadyConfirmed
        _end(current, by=by, reason=reason, now=now)
    return current


def end_contact(contact: Contact, *, by: User, reason: str, now: dt.datetime) -> Contact:
    """End it, confirmed or not: one's own, a colleague's, or by staff; raises a ContactError."""
    with _held(contact, by=by) as current:
        if current.person_id != by.pk:
            _refuse_strangers(current, by=by)
        _end(current, by=by, reason=reason, now=now)
    return current


def _end(contact: Contact, *, by: User, reason: str, now: dt.datetime) -> None:
    contact.ended_at, contact.ended_by, contact.end_reason = now, by, reason
    contact.save(update_fields=["ended_at", "ended_by", "end_reason"])
    contact_ended.send(Contact, contact=contact, by=by, now=now)


@contextmanager
def _held(contact: Contact, *, by: User) -> Iterator[Contact]:
    """Open a transaction that holds a contact that has not ended, its organisation before it."""
    with pghistory.context(user=by.pk), bounded_wait(Busy):
        organisation_id = Contact.objects.values_list("organisation_id", flat=True).get(
            pk=contact.pk
        )
        organisation = _locked(organisation_id)
        current = (
            Contact.objects.select_related("person")
            .select_for_update(of=("self",))
            .get(pk=contact.pk)
        )
        if current.organisation_id != organisation.pk:
            raise Busy
        if current.ended_at:
            raise AlreadyEnded
        current.organisation = organisation
        yield current


def _locked(organisation_id: int) -> Organisation:
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def _refuse_strangers(contact: Contact, *, by: User) -> None:
    colleagues = contact.organisation.contacts.confirmed()
    if not (by.has_perm(CONFIRM) or colleagues.filter(person=by).exists()):
        raise NotYours
