"""The desk's list of registrations: finding, choosing, deciding, taking back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.users.access import signed_in
from forum.approval import actions
from forum.approval.access import find_batch, get_batch, get_registration_at_desk
from forum.approval.asking import read_asked
from forum.approval.choosing import texts_of
from forum.approval.deciding import Decision, reader_language
from forum.approval.exports import registrations_workbook
from forum.approval.lines import waiting_page
from forum.approval.listing import page_of
from forum.approval.record import record_of
from forum.approval.telling import story_of
from forum.editions.access import get_organised_edition
from forum.registrations.errors import RegistrationError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARTS = frozenset(str(number) for number in range(1, 100))


@never_cache
@login_required
@require_safe
def registrations(request: HttpRequest, edition: str) -> HttpResponse:
    """List the registrations that were asked for, with the places that are free for each."""
    found, now = get_organised_edition(edition, person=request.user), timezone.now()
    batch = find_batch(found, request.GET.get("batch", ""))
    asked = read_asked(texts_of(request.GET))
    context = {
        "edition": found,
        "story": story_of(batch, now=now) if batch else None,
        **page_of(found, asked, number=request.GET.get("page"), now=now),
    }
    return render(request, "forum/approval/registrations.html", context)


@never_cache
@login_required
@require_safe
def workbook(request: HttpRequest, edition: str) -> HttpResponse:
    """Send the list that is asked for as a workbook, in the order in which it stands."""
    found, now = get_organised_edition(edition, person=request.user), timezone.now()
    asked, part = read_asked(texts_of(request.GET)), request.GET.get("part", "")
    number = int(part) if part in PARTS else 1
    content = registrations_workbook(found, asked, part=number, now=now)
    response = HttpResponse(content, content_type=XLSX)
    name = f"{found.slug}-registrations-{number}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@login_required
@require_safe
def registration(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Show one registration: how it stands and why, what can be done, and what happened."""
    found, now = get_organised_edition(edition, person=request.user), timezone.now()
    one = get_registration_at_desk(found, code)
    batch = find_batch(found, request.GET.get("batch", ""))
    context = {
        "edition": found,
        "story": story_of(batch, now=now) if batch else None,
        **record_of(one),
    }
    return render(request, "forum/approval/registration.html", context)


@never_cache
@login_required
@require_safe
def waiting(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the waiting list by quota: the order, who is next, and why some are passed over."""
    found, now = get_organised_edition(edition, person=request.user), timezone.now()
    batch = find_batch(found, request.GET.get("batch", ""))
    line = request.GET.get("line", "")
    context = {
        "edition": found,
        "story": story_of(batch, now=now) if batch else None,
        **waiting_page(found, line, number=request.GET.get("page"), now=now),
    }
    return render(request, "forum/approval/waiting.html", context)


@never_cache
@login_required
@require_POST
def decide(request: HttpRequest, edition: str) -> HttpResponse:
    """Decide on those who were chosen; where people lose a place or read why, ask first."""
    by = signed_in(request)
    found = get_organised_edition(edition, person=by)
    decision = Decision(request.POST, edition=found, now=timezone.now())
    if decision.is_open:
        status = 422 if decision.is_answer else 200
        return render(request, "forum/approval/ask.html", decision.question(), status=status)
    try:
        batch = decision.carry_out(by=by)
    except RegistrationError as error:
        messages.error(request, str(error))
        return redirect(decision.back())
    return redirect(decision.back(batch))


@never_cache
@login_required
@require_POST
def undo(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Take back what a decision did, for exactly those to whom it was done."""
    by = signed_in(request)
    found = get_organised_edition(edition, person=by)
    batch = get_batch(found, code)
    decision = Decision(request.POST, edition=found, now=timezone.now())
    try:
        undone = actions.undo(batch, by=by, language=reader_language(), now=timezone.now())
    except RegistrationError as error:
        messages.error(request, str(error))
        return redirect(decision.back(batch))
    return redirect(decision.back(undone))
