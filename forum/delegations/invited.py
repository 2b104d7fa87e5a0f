"""Invitations: sent by a contact, and answered behind the personal link."""

import pghistory
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import too_many, within_limit
from accounts.models import User
from forum.delegations import inviting
from forum.delegations.access import Delegation, get_invitation, get_invitation_by_secret
from forum.delegations.doors import as_contact
from forum.delegations.errors import AnotherPerson
from forum.delegations.forms import InviteForm
from forum.delegations.invited_form import InvitedForm
from forum.delegations.models import DelegateInvitation
from forum.delegations.views import FORM, refused, to_delegation
from forum.registrations.access import find_live_registration, reason_against
from forum.registrations.errors import AlreadyRegistered, RegistrationError
from forum.registrations.views import SAID


@as_contact
@require_http_methods(FORM)
def invite(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Send the invitation to one or several e-mails."""
    form = InviteForm(
        request.POST if request.method == "POST" else None, organisation=delegation.organisation
    )
    context = {"edition": delegation.edition, "delegation": delegation, "form": form}
    template = "forum/delegations/invite.html"
    if not form.is_valid():
        return render(request, template, context, status=422 if form.is_bound else 200)
    try:
        made = inviting.invite(
            delegation.edition,
            delegation.organisation,
            by=delegation.by,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except RegistrationError as error:
        return refused(render(request, template, context | {"sentence": str(error)}), error)
    said = ngettext(
        "%(count)s letter is on its way.", "%(count)s letters are on their way.", len(made)
    )
    messages.success(request, said % {"count": len(made)})
    return to_delegation(delegation)


@as_contact
@require_POST
def send_again(request: HttpRequest, delegation: Delegation, invitation: str) -> HttpResponse:
    """Send the letter once more."""
    found = get_invitation(delegation, invitation)
    try:
        inviting.send_again(found, by=delegation.by, now=timezone.now())
    except RegistrationError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The letter is on its way: %(email)s.") % {"email": found.email}
        )
    return to_delegation(delegation)


@as_contact
@require_POST
def withdraw(request: HttpRequest, delegation: Delegation, invitation: str) -> HttpResponse:
    """Take the invitation back."""
    found = get_invitation(delegation, invitation)
    try:
        inviting.withdraw(found, by=delegation.by, now=timezone.now())
    except RegistrationError as error:
        messages.error(request, str(error))
    else:
        said = _("The invitation is withdrawn, its link leads nowhere: %(email)s.")
        messages.success(request, said % {"email": found.email})
    return to_delegation(delegation)


@never_cache
@require_http_methods(FORM)
def invited(request: HttpRequest, edition: str, code: str, secret: str) -> HttpResponseBase:
    """Let who has the link register, once they are signed in with the e-mail it was sent to."""
    try:
        invitation = get_invitation_by_secret(edition, code, secret)
    except Http404:
        if within_limit(request, "invited_wrong", limit_get=True):
            raise
        return too_many(request)
    # The history keeps the address of each write, and must not keep the secret in it.
    with timezone.override(invitation.edition.zone), pghistory.context(url=f"/invited/{code}/"):
        response = _answer(request, invitation)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Not no-referrer: with that, browsers send forms without an origin, and CSRF refuses them.
    response["Referrer-Policy"] = "same-origin"
    return response


def _answer(request: HttpRequest, invitation: DelegateInvitation) -> HttpResponse:
    now, person = timezone.now(), request.user
    if isinstance(person, User) and invitation.registration_id and invitation.accepted_at:
        return redirect("me", edition=invitation.edition.slug)
    context: dict[str, object] = {"edition": invitation.edition, "invitation": invitation}
    try:
        inviting.refuse_over(invitation)
        inviting.note_opening(invitation, now=now)
        if not isinstance(person, User):
            return render(request, "forum/delegations/invited.html", context)
        inviting.refuse_invalid(invitation, person=person)
        return _register(request, invitation, person)
    except RegistrationError as error:
        context |= {"sentence": str(error), "is_another": isinstance(error, AnotherPerson)}
        response = render(request, "forum/delegations/invitation_refused.html", context)
        looked = request.method in ("GET", "HEAD")
        return response if looked else refused(response, error)


def _register(request: HttpRequest, invitation: DelegateInvitation, person: User) -> HttpResponse:
    """Show the form, and register; who is registered for the organisation is endorsed by this."""
    now, edition = timezone.now(), invitation.edition
    mine = find_live_registration(edition, person=person)
    why_not = reason_against(edition, mine=mine, now=now)
    if isinstance(why_not, AlreadyRegistered):
        if not inviting.accept_as_registered(invitation, person=person, now=now):
            raise why_not
        messages.success(request, _("Your organisation has endorsed your registration."))
        return redirect("me", edition=edition.slug)
    if why_not:
        raise why_not
    form = InvitedForm(
        request.POST if request.method == "POST" else None, invitation=invitation, person=person
    )
    if not form.is_valid():
        context = {"edition": edition, "invitation": invitation, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "forum/delegations/invited_form.html", context, status=status)
    registration = form.accept(now=now)
    messages.success(request, SAID[registration.status])
    return redirect("me", edition=edition.slug)
