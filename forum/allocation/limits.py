"""The desk's pages of what holds beside the table: organisations' places, and categories' rules."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation
from accounts.organisations.access import find_organisations
from accounts.users.access import signed_in
from forum.allocation.access import get_exception
from forum.allocation.exceptions import ExceptionsPage, full_organisations
from forum.allocation.forms import CapForm, ExceptionForm, RulesForm
from forum.editions.access import get_organised_edition
from forum.editions.models import Edition
from forum.quotas.errors import QuotaError, RuleChanged
from forum.quotas.organisations import end_exception, give_exception, set_organisation_cap
from forum.quotas.rules import rules_of, set_rules

LONGEST_SEARCH = 300


@never_cache
@login_required
@require_safe
def organisations(request: HttpRequest, edition: str) -> HttpResponse:
    """Show how many places each organisation has, and the exceptions."""
    return _show(request, get_organised_edition(edition, person=request.user))


@never_cache
@login_required
@require_POST
def cap(request: HttpRequest, edition: str) -> HttpResponse:
    """Give every organisation so many places, but for the exceptions."""
    found, by = get_organised_edition(edition, person=request.user), signed_in(request)
    form = CapForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _show(request, found, cap_form=form)
    told = form.cleaned_data
    try:
        set_organisation_cap(found, told["cap"], seen=told["seen"], by=by, now=timezone.now())
    except QuotaError as error:
        form.add_error("cap", str(error))
        return _show(request, found, cap_form=form, status=_status(error))
    messages.success(request, _("The number of places for each organisation is saved."))
    return redirect("desk_quota_organisations", edition=found.slug)


@never_cache
@login_required
@require_POST
def exception(request: HttpRequest, edition: str) -> HttpResponse:
    """Give one organisation other places than the rest."""
    found, by = get_organised_edition(edition, person=request.user), signed_in(request)
    form = ExceptionForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _show(request, found, exception_form=form)
    try:
        given = give_exception(found, by=by, now=timezone.now(), **form.cleaned_data)
    except QuotaError as error:
        form.add_error("places", str(error))
        return _show(request, found, exception_form=form)
    said = _("Places of %(organisation)s: %(places)s.")
    told = {"organisation": given.organisation, "places": given.places}
    messages.success(request, said % told)
    return redirect("desk_quota_organisations", edition=found.slug)


@never_cache
@login_required
@require_POST
def end(request: HttpRequest, edition: str) -> HttpResponse:
    """Give an organisation as many places as the rest have again."""
    found, by = get_organised_edition(edition, person=request.user), signed_in(request)
    organisation = get_exception(found, request.POST.get("organisation", ""))
    try:
        end_exception(found, organisation, by=by, now=timezone.now())
    except QuotaError as error:
        messages.error(request, str(error))
    else:
        told = {"organisation": organisation}
        messages.success(request, _("The exception for %(organisation)s is ended.") % told)
    return redirect("desk_quota_organisations", edition=found.slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def categories(request: HttpRequest, edition: str) -> HttpResponse:
    """Choose who approves each category, and which are closed."""
    found, by = get_organised_edition(edition, person=request.user), signed_in(request)
    sent = request.POST if request.method == "POST" else None
    form = RulesForm(sent, rules=rules_of(found))
    status, sentence = (422 if form.is_bound else 200), ""
    if form.is_valid():
        try:
            set_rules(found, form.wishes(), by=by, now=timezone.now())
        except RuleChanged as error:
            status, sentence = 409, str(error)
            form = RulesForm(None, rules=rules_of(found))
        else:
            messages.success(request, _("The rules are saved and hold from now on."))
            return redirect("desk_quota_categories", edition=found.slug)
    context = {"edition": found, "form": form, "sentence": sentence}
    return render(request, "forum/allocation/categories.html", context, status=status)


def _show(
    request: HttpRequest,
    edition: Edition,
    *,
    cap_form: CapForm | None = None,
    exception_form: ExceptionForm | None = None,
    status: int = 422,
) -> HttpResponse:
    """Show the page; with a form that was refused, and its reasons."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    shown = ExceptionsPage(edition, request.GET.get("page"))
    context: dict[str, Any] = {
        "edition": edition,
        "cap_form": cap_form or CapForm(initial={"cap": edition.organisation_cap}),
        "exception_form": exception_form or ExceptionForm(),
        "typed": typed,
        "results": find_organisations(typed),
        "chosen": _chosen(exception_form),
        "shown": shown,
        "full": full_organisations(edition),
    }
    refused = cap_form or exception_form
    page = "forum/allocation/organisations.html"
    return render(request, page, context, status=status if refused else 200)


def _chosen(form: ExceptionForm | None) -> Organisation | None:
    """Return the organisation of a form that was refused for something else."""
    return form.cleaned_data.get("organisation") if form else None


def _status(error: QuotaError) -> int:
    return 409 if isinstance(error, RuleChanged) else 422
