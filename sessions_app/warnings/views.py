"""The desk's pages of what is wrong with the draft, and of how strict the edition is."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.users.access import signed_in
from forum.editions.access import get_organised_edition
from sessions_app.warnings.access import concerning, findings_of
from sessions_app.warnings.actions import set_levels
from sessions_app.warnings.forms import FilterForm, LevelsForm
from sessions_app.warnings.links import ADMIN
from sessions_app.warnings.page import A_PAGE, grouped
from sessions_app.warnings.reading import read_levels


@never_cache
@login_required
@require_safe
def findings(request: HttpRequest, edition: str) -> HttpResponse:
    """Show all that is wrong with the draft; of one rule, a page at a time."""
    found = get_organised_edition(edition, person=request.user)
    form = FilterForm(request.GET, label_suffix="")
    told = form.cleaned_data if form.is_valid() else {}
    everything = findings_of(found)
    shown = everything if form.is_valid() else []
    if typed := told.get("session"):
        shown = concerning(found, shown, typed)
    context = {"edition": found, "form": form, "total": len(everything)}
    context["followed"] = _followed(request.user)
    if rule := told.get("rule"):
        shown = [finding for finding in shown if finding.rule == rule]
        context["page"] = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
        context["query"] = urlencode({"rule": rule, "session": typed or ""}) + "&"
    context["groups"] = grouped(shown)
    status = 200 if form.is_valid() else 400
    return render(request, "sessions_app/warnings/findings.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: HttpRequest, edition: str) -> HttpResponse:
    """Choose how strict the edition is with each rule."""
    found = get_organised_edition(edition, person=request.user)
    form = LevelsForm(request.POST or None, levels=read_levels(found))
    if form.is_valid():
        set_levels(found, form.chosen(), by=signed_in(request))
        messages.success(request, _("The levels are saved and hold from now on."))
        return redirect("desk_warnings", edition=found.slug)
    context = {"edition": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "sessions_app/warnings/levels.html", context, status=status)


def _followed(person: Any) -> set[str]:
    """Return which links are of use to a person: those that ask for nothing, or for what they may.

    Who may not enter the admin is not led there.
    """
    into_admin = {link for link in ADMIN if person.is_staff and person.has_perm(link)}
    return {"", *into_admin}
