"""The desk's page of badges: one at once, many by a worker."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.users.access import signed_in
from forum.badges import actions
from forum.badges.access import get_badge_holder, get_batch
from forum.badges.errors import BadgeError
from forum.badges.forms import BatchForm
from forum.badges.models import BadgeBatch, State
from forum.badges.printing import print_badges
from forum.badges.wanted import counts_of, matching
from forum.editions.access import get_check_in_edition, get_organised_edition
from forum.editions.models import Edition
from forum.typesetting.names import names_of

LATEST = 10
A_PAGE = 25
LONGEST_SEARCH = 100


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def badges(request: HttpRequest, edition: str) -> HttpResponse:
    """Show how many badges are printed; a POST asks for a batch."""
    found = get_organised_edition(edition, person=request.user)
    form = BatchForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, found, form, status=422 if form.is_bound else 200)
    try:
        form.ask(found, by=signed_in(request), now=timezone.now())
    except BadgeError as error:
        form.add_error(None, str(error))
        return _show(request, found, form, status=409)
    messages.success(request, _("A worker makes the badges. You may leave this page meanwhile."))
    return redirect("desk_badges", edition=found.slug)


@never_cache
@login_required
@require_safe
def progress(request: HttpRequest, edition: str) -> HttpResponse:
    """Show how far the batches are, and what is printed, as the part that renews itself."""
    found = get_organised_edition(edition, person=request.user)
    context = {"edition": found, **_state(found)}
    return render(request, "forum/badges/_state.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def badge_pdf(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Send one badge to be looked at; a POST prints it and says so to the records.

    Who checks in at the doors may do it too: that is where somebody lacks a badge.
    """
    found = get_check_in_edition(edition, person=request.user)
    holder, now = get_badge_holder(found, code), timezone.now()
    if request.method == "POST":
        content = actions.print_one(holder, by=signed_in(request), now=now)
    else:
        content, _incomplete = print_badges(found, [holder], layout="a6", at=now)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="badge-{holder.code}.pdf"'
    return response


@never_cache
@login_required
@require_safe
def batch_pdf(request: HttpRequest, edition: str, code: str) -> HttpResponseBase:
    """Send the file of a batch."""
    found = get_organised_edition(edition, person=request.user)
    batch = get_batch(found, code)
    if not batch.file or not default_storage.exists(batch.file):
        raise Http404(_("This file is not there: it is not ready yet, or was removed."))
    name = f"{found.slug}-badges-{batch.code}.pdf"
    return FileResponse(
        default_storage.open(batch.file), content_type="application/pdf", filename=name
    )


@never_cache
@login_required
@require_POST
def again(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Start a batch again that failed, or whose worker stopped."""
    found = get_organised_edition(edition, person=request.user)
    try:
        actions.start_again(get_batch(found, code), now=timezone.now())
    except BadgeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The badges are started again."))
    return redirect("desk_badges", edition=found.slug)


@never_cache
@login_required
@require_POST
def not_printed(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Count the badges of a batch as not printed."""
    found = get_organised_edition(edition, person=request.user)
    try:
        count = actions.take_back(get_batch(found, code))
    except BadgeError as error:
        messages.error(request, str(error))
    else:
        said = ngettext(
            "%(count)s badge counts as not printed.",
            "%(count)s badges count as not printed.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("desk_badges", edition=found.slug)


def _show(request: HttpRequest, edition: Edition, form: BatchForm, *, status: int) -> HttpResponse:
    typed = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    context: dict[str, Any] = {
        "edition": edition,
        "form": form,
        "typed": typed,
        **_state(edition),
    }
    if typed:
        page = Paginator(matching(edition, typed), A_PAGE).get_page(request.GET.get("page"))
        context["page"] = page
        context["query"] = urlencode({"q": typed}) + "&"
        context["rows"] = [(one, names_of(one.person)) for one in page.object_list]
    return render(request, "forum/badges/badges.html", context, status=status)


def _state(edition: Edition) -> dict[str, Any]:
    now = timezone.now()
    latest = BadgeBatch.objects.filter(edition=edition).select_related("region", "asked_by")
    shown = [(one, one.state(now=now)) for one in latest[:LATEST]]
    running = any(state in (State.WAITING, State.RUNNING) for _batch, state in shown)
    return {"batches": shown, "is_running": running, "counts": counts_of(edition)}
