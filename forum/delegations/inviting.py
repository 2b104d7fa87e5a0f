"""Invitations of delegates by a contact: sent, sent again, withdrawn, accepted."""

import datetime as dt
from collections.abc import Iterable, Sequence

from accounts.models import ConsentText, Contact, Organisation, Region, User
from forum.delegations import emails
from forum.delegations.actions import held_for
from forum.delegations.errors import (
    AnotherPerson,
    InvitationOver,
    InvitationSettled,
    InvitedAlready,
    SentToday,
    TooManyInvitations,
)
from forum.delegations.models import DelegateInvitation
from forum.editions.locking import locked_edition
from forum.editions.models import Edition
from forum.registrations import actions, decisions
from forum.registrations.access import find_own_registration
from forum.registrations.errors import Busy, registration_window_error
from forum.registrations.models import Registration

MOST_OPEN = 300
"""Of one organisation for one edition: letters go to whichever address a contact types."""


def invite(
    edition: Edition,
    organisation: Organisation,
    *,
    addresses: Sequence[str],
    language: str,
    category: str,
    by: User,
    now: dt.datetime,
) -> list[DelegateInvitation]:
    """Invite each of `addresses` by a letter in `language`; all of them or none.

    Whether an address has an account, or is registered, is neither looked at nor said: whoever
    owns it reads that behind the link. Raises InvitedAlready, TooManyInvitations, NotOpen.
    """
    with held_for(edition, organisation, by=by, step="invite") as locked:
        if error := registration_window_error(locked, now=now):
            raise error
        invited = _open(locked, organisation)
        known = {email.lower() for email in invited}
        if len(known) + len(addresses) > MOST_OPEN:
            raise TooManyInvitations
        if known & {address.lower() for address in addresses}:
            raise InvitedAlready
        made = [
            DelegateInvitation.objects.create(
                edition=locked,
                organisation=organisation,
                email=address,
                language=language,
                category=category,
                invited_by=by,
                invited_at=now,
                sent_at=now,
            )
            for address in addresses
        ]
        for invitation in made:
            emails.invitation(invitation, now=now)
    return made


def _open(edition: Edition, organisation: Organisation) -> Iterable[str]:
    mine = DelegateInvitation.objects.open().filter(edition=edition, organisation=organisation)
    return mine.order_by().values_list("email", flat=True)


def send_again(invitation: DelegateInvitation, *, by: User, now: dt.datetime) -> DelegateInvitation:
    """Send the same link once more, at most once a day of the edition's zone."""
    edition, organisation = invitation.edition, invitation.organisation
    with held_for(edition, organisation, by=by, step="invite again") as locked:
        if error := registration_window_error(locked, now=now):
            raise error
        current = _held(invitation)
        if _day(current.sent_at, locked) == _day(now, locked):
            raise SentToday
        current.sent_at, current.letters = now, current.letters + 1
        current.save(update_fields=["sent_at", "letters"])
        emails.invitation(current, now=now)
    return current


def withdraw(invitation: DelegateInvitation, *, by: User, now: dt.datetime) -> DelegateInvitation:
    """Make the link lead nowhere; a letter that has not gone yet stays here."""
    edition, organisation = invitation.edition, invitation.organisation
    with held_for(edition, organisation, by=by, step="withdraw invitation"):
        current = _held(invitation)
        current.ended_at, current.ended_by = now, by
        current.save(update_fields=["ended_at", "ended_by"])
        emails.take_back_invitation(current, now=now)
    return current


def note_opening(invitation: DelegateInvitation, *, now: dt.datetime) -> None:
    """Remember that the link was opened; the first time counts."""
    unopened = DelegateInvitation.objects.open().filter(pk=invitation.pk, opened_at__isnull=True)
    unopened.update(opened_at=now)


def refuse_over(invitation: DelegateInvitation) -> None:
    """Raise InvitationOver where the link leads nobody to the form any more.

    An invitation is the organisation's: who sent it may have gone, while colleagues are there.
    """
    contacts = Contact.objects.confirmed().filter(organisation=invitation.organisation_id)
    if not (invitation.is_open and contacts.exists()):
        raise InvitationOver


def refuse_invalid(invitation: DelegateInvitation, *, person: User) -> None:
    """Raise InvitationOver or AnotherPerson where the link does not lead `person` to the form.

    The letter endorses who reads the mailbox it was sent to, and nobody to whom it is passed on.
    """
    refuse_over(invitation)
    if person.email.lower() != invitation.email.lower():
        raise AnotherPerson


def accept(
    invitation: DelegateInvitation,
    *,
    person: User,
    region: Region | None,
    languages: Iterable[str],
    needs: Iterable[str],
    needs_note: str,
    job_title: str,
    consents: Iterable[ConsentText],
    now: dt.datetime,
) -> Registration:
    """Register `person` for the organisation that invited, endorsed by the contact who did.

    Raises InvitationOver, AnotherPerson or another RegistrationError.
    """
    with locked_edition(invitation.edition_id, by=person, step="accept", busy=Busy) as locked:
        current = _held(invitation, over=InvitationOver)
        refuse_invalid(current, person=person)
        registration = actions.register(
            locked,
            person=person,
            category=current.category,
            organisation=current.organisation,
            region=region,
            languages=languages,
            needs=needs,
            needs_note=needs_note,
            job_title=job_title,
            consents=consents,
            endorsed=True,
            now=now,
        )
        _sign(registration, current, now=now)
    return registration


def accept_as_registered(
    invitation: DelegateInvitation, *, person: User, now: dt.datetime
) -> Registration | None:
    """Endorse who registered for the same organisation before opening the link; else None."""
    with locked_edition(invitation.edition_id, by=person, step="accept", busy=Busy) as locked:
        current = _held(invitation, over=InvitationOver)
        refuse_invalid(current, person=person)
        mine = find_own_registration(locked, person=person)
        if mine is None or not mine.is_live or mine.registered_at is None:
            return None
        if mine.organisation_id != current.organisation_id:
            return None
        endorsed = decisions.endorse(mine, by=current.invited_by, now=now)
        _close(current, endorsed, now=now)
    return endorsed


def _sign(registration: Registration, invitation: DelegateInvitation, *, now: dt.datetime) -> None:
    """Let it be the contact who endorsed, and not the person themselves."""
    registration.endorsed_by = invitation.invited_by
    if registration.approved_by_id == registration.person_id:
        registration.approved_by = invitation.invited_by
    registration.save(update_fields=["endorsed_by", "approved_by"])
    _close(invitation, registration, now=now)


def _close(invitation: DelegateInvitation, registration: Registration, *, now: dt.datetime) -> None:
    invitation.accepted_at, invitation.registration = now, registration
    invitation.save(update_fields=["accepted_at", "registration"])
    emails.take_back_invitation(invitation, now=now)


def _held(
    invitation: DelegateInvitation, *, over: type[Exception] = InvitationSettled
) -> DelegateInvitation:
    """Return the invitation as it stands now, held; raises `over` where it is no longer open."""
    rows = DelegateInvitation.objects.select_for_update(of=("self",))
    current = rows.select_related("organisation__region", "edition", "invited_by").get(
        pk=invitation.pk
    )
    if not current.is_open:
        raise over
    return current


def _day(moment: dt.datetime, edition: Edition) -> dt.date:
    return moment.astimezone(edition.zone).date()
