"""A contact's pages: the delegation, and what is done with one delegate."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.contacts.access import organisations_of
from accounts.users.access import signed_in
from forum.delegations import actions, reading
from forum.delegations.access import Delegation, get_delegate
from forum.delegations.doors import as_contact
from forum.delegations.forms import ReplaceForm, WhyForm
from forum.delegations.names import shown_name
from forum.delegations.places import limits_of
from forum.editions.access import get_public_edition
from forum.registrations.errors import Busy, RegistrationError
from forum.registrations.models import Registration

PAGE = 50
FORM = ["GET", "HEAD", "POST"]
RETRY_AFTER_SECONDS = 5
DENYING = gettext_lazy("The organisers read it and decide; nothing is cancelled by it.")
CANCELLING = gettext_lazy("The person and the organisers read it.")


@never_cache
@login_required
@require_safe
def delegations(request: HttpRequest, edition: str) -> HttpResponse:
    """Lead to the delegation of the organisation for which one speaks; of several, let choose."""
    person = signed_in(request)
    found = get_public_edition(edition, person=person)
    mine = Paginator(organisations_of(person).select_related("region"), PAGE)
    page = mine.get_page(request.GET.get("page"))
    if mine.count == 1:
        return redirect("delegation", edition=found.slug, code=page.object_list[0].code)
    context = {"edition": found, "page": page}
    return render(request, "forum/delegations/choose.html", context)


@as_contact
@require_safe
def delegation(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Show how every delegate stands, the places, the rules and the open invitations."""
    return _show_delegation(request, delegation)


@as_contact
@require_POST
def endorse(request: HttpRequest, delegation: Delegation, registration: str) -> HttpResponse:
    """Say that the delegate is the organisation's."""
    delegate = get_delegate(delegation, registration)
    try:
        actions.endorse(delegate, by=delegation.by, now=timezone.now())
    except RegistrationError as error:
        return _show_delegation(request, delegation, error)
    messages.success(request, _("Endorsed: %(name)s.") % {"name": shown_name(delegate)})
    return to_delegation(delegation)


@as_contact
@require_http_methods(FORM)
def deny(request: HttpRequest, delegation: Delegation, registration: str) -> HttpResponse:
    """Say that the delegate is not the organisation's, and why."""
    delegate = get_delegate(delegation, registration)
    form = WhyForm(_posted(request), help_text=str(DENYING))
    return _do(
        request,
        delegation,
        delegate,
        form,
        page="deny",
        act=lambda told: actions.deny(delegate, by=delegation.by, now=timezone.now(), **told),
        said=_("The organisers read that this is no delegate of yours: %(name)s."),
    )


@as_contact
@require_http_methods(FORM)
def cancel(request: HttpRequest, delegation: Delegation, registration: str) -> HttpResponse:
    """End the registration of a delegate, and say why."""
    delegate = get_delegate(delegation, registration)
    form = WhyForm(_posted(request), help_text=str(CANCELLING))
    return _do(
        request,
        delegation,
        delegate,
        form,
        page="cancel",
        act=lambda told: actions.cancel_delegate(
            delegate, by=delegation.by, now=timezone.now(), **told
        ),
        said=_("The registration is cancelled, and the person is written to: %(name)s."),
    )


@as_contact
@require_http_methods(FORM)
def replace(request: HttpRequest, delegation: Delegation, registration: str) -> HttpResponse:
    """Let another person come instead of a delegate."""
    delegate = get_delegate(delegation, registration)
    form = ReplaceForm(_posted(request), organisation=delegation.organisation)
    return _do(
        request,
        delegation,
        delegate,
        form,
        page="replace",
        act=lambda told: actions.replace_delegate(
            delegate,
            form.as_row(delegate.category),
            by=delegation.by,
            reason=told["reason"],
            now=timezone.now(),
        ),
        said=_("Replaced, and both people are written to: %(name)s."),
    )


def to_delegation(delegation: Delegation) -> HttpResponse:
    """Lead back to the delegation."""
    return redirect(
        "delegation", edition=delegation.edition.slug, code=delegation.organisation.code
    )


def _do(
    request: HttpRequest,
    delegation: Delegation,
    delegate: Registration,
    form: Form,
    *,
    page: str,
    act: Callable[[dict[str, str]], object],
    said: str,
) -> HttpResponse:
    """Ask for what the act needs, do it, and say that it is done, or why not."""
    context = {"edition": delegation.edition, "delegation": delegation, "form": form}
    context |= {"delegate": delegate, "name": shown_name(delegate)}
    template = f"forum/delegations/{page}.html"
    if not form.is_valid():
        return render(request, template, context, status=422 if form.is_bound else 200)
    try:
        act(form.cleaned_data)
    except RegistrationError as error:
        context["sentence"] = str(error)
        return refused(render(request, template, context), error)
    messages.success(request, said % {"name": context["name"]})
    return to_delegation(delegation)


def refused(response: HttpResponse, error: RegistrationError) -> HttpResponse:
    """Let a machine see, too, that nothing was done, and whether to try again."""
    response.status_code = 503 if isinstance(error, Busy) else 409
    if isinstance(error, Busy):
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _show_delegation(
    request: HttpRequest, delegation: Delegation, error: RegistrationError | None = None
) -> HttpResponse:
    counts, limits = (
        reading.count(delegation),
        limits_of(delegation.edition, delegation.organisation),
    )
    paginator = Paginator(reading.delegates_of(delegation), PAGE)
    # Counted already, with the rest.
    paginator.count = counts.every
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "edition": delegation.edition,
        "delegation": delegation,
        "page": page,
        "delegates": reading.as_delegates(page.object_list, delegation, limits=limits),
        "counts": counts,
        "limits": reading.limits_met(delegation, limits),
        "rules": reading.rules_in_words(delegation, now=timezone.now()),
        "invitations": reading.invitations_of(delegation),
        "sentence": str(error) if error else "",
    }
    response = render(request, "forum/delegations/delegation.html", context)
    return refused(response, error) if error else response


def _posted(request: HttpRequest) -> object:
    return request.POST if request.method == "POST" else None
