"""What a contact does with a delegate, under the edition's lock: yes, no, end, substitute."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import get_language

from accounts.models import Consent, ConsentText, Contact, Organisation, Purpose, User
from accounts.privacy.actions import agree
from accounts.users.actions import find_or_add
from forum.delegations import emails
from forum.delegations.errors import (
    CannotBeRegistered,
    EndorsedAlready,
    NotEndorsed,
    NotYourDelegation,
)
from forum.delegations.judging import barred
from forum.delegations.models import EndorsementDenial, Nomination
from forum.delegations.names import shown_name
from forum.delegations.rows import DelegateRow
from forum.editions.locking import locked_edition
from forum.editions.models import Edition
from forum.registrations import actions, decisions
from forum.registrations.current import hold, refuse_ended
from forum.registrations.errors import Busy
from forum.registrations.models import Registration


@contextmanager
def held_for(
    edition: Edition, organisation: Organisation, *, by: User, step: str, why: str = ""
) -> Iterator[Edition]:
    """Open a transaction that holds the edition for a contact; raises NotYourDelegation."""
    with locked_edition(edition.pk, by=by, step=step, why=why, busy=Busy) as locked:
        mine = Contact.objects.confirmed().filter(organisation=organisation, person=by)
        if not mine.exists():
            raise NotYourDelegation
        yield locked


@contextmanager
def _held_delegate(
    registration: Registration, *, by: User, step: str, why: str = ""
) -> Iterator[Registration]:
    """Hold a delegate of an organisation for which `by` speaks; raises NotYourDelegation."""
    organisation = registration.organisation
    if organisation is None:
        raise NotYourDelegation
    with held_for(registration.edition, organisation, by=by, step=step, why=why) as edition:
        current = hold(registration.pk, edition)
        if current.organisation_id != organisation.pk:
            # The person named another one meanwhile.
            raise NotYourDelegation
        current.organisation = organisation
        yield current


def endorse(registration: Registration, *, by: User, now: dt.datetime) -> Registration:
    """Say that a delegate who named the organisation is its own; takes a denial back."""
    with _held_delegate(registration, by=by, step="endorse") as current:
        current.denials.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
        return decisions.endorse(current, by=by, now=now)


def deny(
    registration: Registration, *, by: User, reason: str, now: dt.datetime
) -> EndorsementDenial:
    """Say that a delegate is none of the organisation's. The organisers read it and decide.

    Raises EndorsedAlready for who was endorsed. A second no changes the reason of the first.
    """
    with _held_delegate(registration, by=by, step="deny", why=reason) as current:
        refuse_ended(current, now=now)
        if current.endorsed_at:
            raise EndorsedAlready
        denial, _added = EndorsementDenial.objects.update_or_create(
            registration=current,
            withdrawn_at=None,
            defaults={"denied_by": by, "denied_at": now, "reason": reason},
        )
    return denial


def cancel_delegate(
    registration: Registration, *, by: User, reason: str, now: dt.datetime
) -> Registration:
    """End the registration of a delegate whom the organisation endorsed; raises NotEndorsed."""
    with _held_delegate(registration, by=by, step="cancel", why=reason) as current:
        if not current.endorsed_at:
            raise NotEndorsed
        actions.cancel(current, by=by, reason=reason, now=now)
    return current


def replace_delegate(
    registration: Registration, row: DelegateRow, *, by: User, reason: str, now: dt.datetime
) -> Registration:
    """Let another person come instead: the place, or the turn in the line, passes to them.

    Raises NotEndorsed, or CannotBeRegistered for the other person. Colleagues are written to.
    """
    with _held_delegate(registration, by=by, step="replace", why=reason) as old:
        if not old.endorsed_at:
            raise NotEndorsed
        if barred(old.edition, [row.email.lower()]):
            raise CannotBeRegistered
        new = actions.replace(
            old,
            person=person_of(row, by=by, now=now),
            consents=[],
            languages=row.languages,
            job_title=row.job_title,
            by=by,
            reason=reason,
            method=Consent.Method.CONTACT,
            now=now,
        )
        nominate(new, row, by=by, now=now)
        emails.replaced(new, instead_of=shown_name(old), by=by, now=now)
    return new


def person_of(row: DelegateRow, *, by: User, now: dt.datetime) -> User:
    """Find who has the row's e-mail, or add them, with the consent that `by` declares.

    An account that is there stays as it is. Raises CannotBeRegistered.
    """
    person = find_or_add(row.as_person())
    mine = Consent.objects.filter(person=person, text__purpose=Purpose.PROCESSING)
    if not person.is_active or (mine.exists() and not mine.valid().exists()):
        # Who took the consent back can alone give it again.
        raise CannotBeRegistered
    if not mine.exists():
        agree(
            person,
            texts=ConsentText.objects.current().filter(purpose=Purpose.PROCESSING),
            language=get_language() or "kk",
            method=Consent.Method.CONTACT,
            declared_by=by,
            now=now,
        )
    return person


def nominate(
    registration: Registration, row: DelegateRow, *, by: User, now: dt.datetime
) -> Nomination:
    """Keep what the contact typed of a person: that, and not the account, is shown to contacts."""
    return Nomination.objects.create(
        registration=registration,
        nominated_by=by,
        nominated_at=now,
        email=row.email,
        family_name=row.family_name,
        given_name=row.given_name,
        patronymic=row.patronymic,
    )
