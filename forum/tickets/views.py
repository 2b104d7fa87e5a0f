"""One's own ticket on the screen and on paper."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.users.access import signed_in
from forum.editions.access import get_public_edition
from forum.tickets.access import get_own_ticketed
from forum.tickets.codes import ticket_payload
from forum.tickets.paper import ticket_pdf
from forum.tickets.pictures import qr_svg


@never_cache
@login_required
@require_safe
def ticket(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the ticket large enough for the scanner at the door."""
    person = signed_in(request)
    found = get_public_edition(edition, person=person)
    mine = get_own_ticketed(found, person=person)
    context = {
        "edition": found,
        "registration": mine,
        "days": sorted(mine.days),
        "picture": qr_svg(ticket_payload(mine)),
    }
    return render(request, "forum/tickets/ticket.html", context)


@never_cache
@login_required
@require_safe
def pdf(request: HttpRequest, edition: str) -> HttpResponse:
    """Send the ticket as a page to keep or to print."""
    person = signed_in(request)
    found = get_public_edition(edition, person=person)
    mine = get_own_ticketed(found, person=person)
    content = ticket_pdf(mine, at=timezone.now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="ticket-{mine.code}.pdf"'
    return response


@never_cache
@require_safe
def worker(request: HttpRequest, edition: str) -> HttpResponse:  # noqa: ARG001
    """Send the service worker that shows the ticket and my forum without a network."""
    script = "text/javascript; charset=utf-8"
    return render(request, "forum/tickets/worker.js", content_type=script)
