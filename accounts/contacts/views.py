"""My organisations, asking to speak for one, and a contact's page of colleagues."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.contacts import actions
from accounts.contacts.access import (
    get_contact_of,
    get_organisation_as_contact,
    get_own_contact,
    own_contacts,
)
from accounts.contacts.errors import Busy, ContactError
from accounts.contacts.forms import AskForm, DeclineForm, EndForm
from accounts.contacts.models import Contact
from accounts.organisations.actions import BinTaken
from accounts.organisations.models import Organisation
from accounts.users.access import signed_in

PAGE = 50


@never_cache
@login_required
@require_safe
def my_organisations(request: HttpRequest) -> HttpResponse:
    """List for whom one speaks, or asked to, and how that stands."""
    contacts = Paginator(own_contacts(signed_in(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/contacts/mine.html", {"contacts": contacts})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to speak for an organisation, of the list or a new one."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, "ask", {"form": form}, status=422 if form.is_bound else 200)
    try:
        contact = form.ask(person=signed_in(request), now=timezone.now())
    except (ContactError, BinTaken) as error:
        return _show(request, "ask", {"form": form, "sentence": str(error)}, status=_status(error))
    said = _("You have asked. The organisers or a colleague will answer.")
    if contact.organisation.is_closing:
        said = _("You have asked. The organisers will answer.")
    messages.success(request, said)
    return redirect("my_organisations")


@never_cache
@login_required
@require_safe
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Show a contact who speaks for the organisation besides, and who asks to."""
    return _show_people(request, get_organisation_as_contact(code, person=signed_in(request)))


@never_cache
@login_required
@require_POST
def confirm(request: HttpRequest, code: str, contact: str) -> HttpResponse:
    """Say that a colleague speaks for the organisation."""
    organisation, asking = _get(request, code, contact)
    try:
        actions.confirm_contact(asking, by=signed_in(request), now=timezone.now())
    except ContactError as error:
        return _show_people(request, organisation, error)
    messages.success(request, _("%(person)s is a contact now.") % {"person": asking.person})
    return redirect("organisation_people", code=organisation.code)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, code: str, contact: str) -> HttpResponse:
    """Say no to who asked, with a reason."""
    organisation, asking = _get(request, code, contact)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "contact": asking, "organisation": organisation}
        return _show(request, "decline", context, status=422 if form.is_bound else 200)
    reason, by = form.cleaned_data["reason"], signed_in(request)
    try:
        actions.decline_contact(asking, by=by, reason=reason, now=timezone.now())
    except ContactError as error:
        return _show_people(request, organisation, error)
    messages.success(request, _("You have declined: %(person)s.") % {"person": asking.person})
    return redirect("organisation_people", code=organisation.code)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, code: str, contact: str) -> HttpResponse:
    """Ask whether somebody is to speak for the organisation no longer, and end it."""
    organisation, colleague = _get(request, code, contact)
    form = EndForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "contact": colleague, "organisation": organisation}
        return _show(request, "end", context, status=422 if form.is_bound else 200)
    reason, by = form.cleaned_data["reason"], signed_in(request)
    try:
        actions.end_contact(colleague, by=by, reason=reason, now=timezone.now())
    except ContactError as error:
        return _show_people(request, organisation, error)
    messages.success(request, _("No longer a contact: %(person)s.") % {"person": colleague.person})
    if colleague.person == by:
        return redirect("my_organisations")
    return redirect("organisation_people", code=organisation.code)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_own(request: HttpRequest, contact: str) -> HttpResponse:
    """Take back that one asked, or speak for an organisation no longer."""
    mine = get_own_contact(contact, person=signed_in(request))
    form = EndForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "contact": mine, "organisation": mine.organisation}
        return _show(request, "end", context, status=422 if form.is_bound else 200)
    reason, by = form.cleaned_data["reason"], signed_in(request)
    try:
        actions.end_contact(mine, by=by, reason=reason, now=timezone.now())
    except ContactError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("You are no longer a contact, and ask for nothing."))
    return redirect("my_organisations")


def _get(request: HttpRequest, code: str, contact: str) -> tuple[Organisation, Contact]:
    organisation = get_organisation_as_contact(code, person=signed_in(request))
    return organisation, get_contact_of(organisation, code=contact)


def _show(
    request: HttpRequest, page: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(request, f"accounts/contacts/{page}.html", context, status=status)


def _show_people(
    request: HttpRequest, organisation: Organisation, error: ContactError | None = None
) -> HttpResponse:
    """Show the page of colleagues; above it, what could not be done."""
    colleagues = Paginator(organisation.contacts.by_standing(), PAGE)
    context = {
        "organisation": organisation,
        "contacts": colleagues.get_page(request.GET.get("page")),
        "sentence": str(error or ""),
    }
    return _show(request, "people", context, status=_status(error) if error else 200)


def _status(error: Exception) -> int:
    if isinstance(error, Busy):
        return 503
    return 422 if isinstance(error, BinTaken) else 409
