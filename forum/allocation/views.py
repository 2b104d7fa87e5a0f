"""The desk's pages of places: the table, its history and workbook, and a proposal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Region
from accounts.users.access import signed_in
from forum.allocation.changes import next_undo
from forum.allocation.exports import write_matrix
from forum.allocation.findings import findings_of
from forum.allocation.history import HistoryPage
from forum.allocation.matrix import keys_of, read_matrix
from forum.allocation.page import Table, undo_of
from forum.allocation.proposing import ProposalPage
from forum.allocation.typed import PlacesForm
from forum.editions.access import get_organised_edition
from forum.quotas.models import Category
from forum.quotas.rules import rules_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quotas(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the places of each region and category, and save those that were changed."""
    found, by = get_organised_edition(edition, person=request.user), signed_in(request)
    regions = list(Region.objects.all())
    form = PlacesForm(request.POST if request.method == "POST" else None, keys_of(regions))
    if form.save(found, by=by, now=timezone.now()):
        messages.success(request, form.said)
        return redirect(request.get_full_path())
    matrix = read_matrix(found, regions)
    chosen = request.GET.get("category", "")
    category = chosen if chosen in Category else ""
    context = {
        "edition": found,
        "form": form,
        "table": Table(matrix, form=form, rules=rules_of(found), category=category),
        "findings": findings_of(matrix),
        "undo": undo_of(next_undo(found, by=by), regions),
        "category": category,
        "categories": Category,
    }
    return render(request, "forum/allocation/quotas.html", context, status=form.status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, edition: str) -> HttpResponse:
    """Show how a category's places could be shared out, beside today's; save what was shown."""
    found, by = get_organised_edition(edition, person=request.user), signed_in(request)
    regions = list(Region.objects.all())
    form = PlacesForm(request.POST if request.method == "POST" else None, keys_of(regions))
    if form.save(found, by=by, now=timezone.now()):
        messages.success(request, form.said)
        return redirect("desk_quotas", edition=found.slug)
    shown = ProposalPage(request.GET, matrix=read_matrix(found, regions), regions=regions)
    context = {"edition": found, "refused": form, "shown": shown}
    status = shown.status if form.data is None else form.status
    return render(request, "forum/allocation/proposal.html", context, status=status)


@never_cache
@login_required
@require_safe
def history(request: HttpRequest, edition: str) -> HttpResponse:
    """List who changed which number, the newest first."""
    found = get_organised_edition(edition, person=request.user)
    regions = list(Region.objects.all())
    shown = HistoryPage(found, request.GET, regions)
    context = {"edition": found, "shown": shown, "regions": regions, "categories": Category}
    return render(request, "forum/allocation/history.html", context)


@never_cache
@login_required
@require_safe
def workbook(request: HttpRequest, edition: str) -> HttpResponse:
    """The table as a workbook."""
    found = get_organised_edition(edition, person=request.user)
    content = write_matrix(read_matrix(found, list(Region.objects.all())))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-quotas.xlsx"'
    return response
