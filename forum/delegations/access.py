"""For which delegation a person speaks, and whom of it they may look at; else a 404."""

import secrets
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.contacts.access import get_organisation_as_contact
from accounts.models import Organisation, User
from forum.delegations.models import DelegateInvitation
from forum.editions.access import get_public_edition
from forum.editions.models import Edition
from forum.registrations.models import Registration


@dataclass(frozen=True)
class Delegation:
    """The delegates of an organisation at an edition, and its contact who looks at them."""

    edition: Edition
    organisation: Organisation
    by: User


def get_delegation(edition: str, code: str, *, person: User) -> Delegation:
    """Return the delegation of an organisation for which `person` speaks; else a 404."""
    found = get_public_edition(edition, person=person)
    return Delegation(found, get_organisation_as_contact(code, person=person), person)


def get_delegate(delegation: Delegation, code: str) -> Registration:
    """Return a delegate of the organisation, however the registration stands; else a 404."""
    sent = delegation.edition.registrations.filter(registered_at__isnull=False)
    found = sent.filter(organisation=delegation.organisation, code=code.upper())
    registration = found.select_related("person", "nomination").first()
    if registration is None:
        raise Http404(_("Your organisation has no such delegate."))
    registration.edition = delegation.edition
    registration.organisation = delegation.organisation
    return registration


def get_invitation(delegation: Delegation, code: str) -> DelegateInvitation:
    """Return an invitation of the organisation; else a 404."""
    mine = delegation.edition.delegate_invitations.filter(organisation=delegation.organisation)
    invitation = mine.filter(code=code.upper()).first()
    if invitation is None:
        raise Http404(_("Your organisation has sent no such invitation."))
    return invitation


def last_category(delegation: Delegation) -> str:
    """Return in which category the organisation's newest delegate comes; "" for the first one."""
    sent = delegation.edition.registrations.sent().filter(organisation=delegation.organisation)
    newest = sent.order_by("-registered_at", "-pk").values_list("category", flat=True)
    return newest.first() or ""


def get_invitation_by_secret(edition: str, code: str, secret: str) -> DelegateInvitation:
    """Return whose personal link it is; whichever part of it is wrong, the answer is one."""
    found = DelegateInvitation.objects.filter(edition__slug=edition, code=code.upper())
    invitation = found.select_related("edition", "organisation__region", "invited_by").first()
    known = invitation.secret if invitation else ""
    if invitation is None or not secrets.compare_digest(known.encode(), secret.encode()):
        raise Http404(
            _("This link does not lead anywhere. Open the one in the newest letter to you.")
        )
    return invitation
