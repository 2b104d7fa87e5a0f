"""The pages that show everything together."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.users.access import signed_in
from forum.editions.access import get_organised_edition, get_public_edition
from forum.editions.caching import public_page, site_page
from forum.editions.models import Edition
from forum.registrations.models import Status
from forum.registrations.standing import turn_of
from forum.tickets.codes import ticket_payload
from forum.tickets.pictures import qr_svg
from sessions_app.my_forum.access import find_mine
from sessions_app.my_forum.calendar import calendar_address
from sessions_app.my_forum.changes import news_for
from sessions_app.my_forum.plan import days_of
from sessions_app.overview.access import contacts_around, letters_of, part_of
from sessions_app.overview.figures import chart_of, figures_of
from sessions_app.overview.front import read_front
from sessions_app.overview.missing import counts_of, lacks_of

TICKETED = (Status.CONFIRMED, Status.ARRIVED)


@site_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the current edition; without one, every forum there is."""
    current = Edition.objects.current().first()
    return _front(request, current) if current else _editions(request)


@site_page
def editions(request: HttpRequest) -> HttpResponse:
    """List every published edition: those to come, and the past ones."""
    return _editions(request)


@public_page()
def edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Show an edition: theme, dates, place, registration, its days and tracks."""
    return _front(request, edition)


def _front(request: HttpRequest, edition: Edition) -> HttpResponse:
    front = read_front(edition, now=timezone.now())
    return render(
        request, "sessions_app/overview/edition.html", {"edition": edition, "front": front}
    )


def _editions(request: HttpRequest) -> HttpResponse:
    public = list(Edition.objects.public().order_by("-starts_on", "-pk"))
    now = timezone.now()
    context = {
        "upcoming": [one for one in reversed(public) if not one.is_past(now=now)],
        "past": [one for one in public if one.is_past(now=now)],
    }
    return render(request, "sessions_app/overview/editions.html", context)


@never_cache
@login_required
@require_safe
def me(request: HttpRequest, edition: str) -> HttpResponse:
    """My forum: my registration and ticket, my days, what changed, and the letters to me."""
    person, now = signed_in(request), timezone.now()
    found = get_public_edition(edition, person=person)
    standing = find_mine(found, person=person)
    mine = standing.registration if standing else None
    part = part_of(person, edition=found)
    ticketed = mine is not None and mine.status in TICKETED
    context = {
        "edition": found,
        "registration": mine,
        "live": mine is not None and mine.is_live,
        "calendar_address": calendar_address(mine) if mine else "",
        "turn": turn_of(mine) if mine and mine.status == Status.WAITING else None,
        "days": days_of(person, edition=found, is_coming=ticketed),
        "releases": standing.releases if standing else None,
        "news": news_for(standing, part.speakers, now=now) if standing else [],
        "part": part,
        "ticket": qr_svg(ticket_payload(mine)) if mine and ticketed else "",
        "contacts": contacts_around(person, mine),
        "letters": letters_of(person, edition=found),
    }
    return render(request, "sessions_app/overview/me.html", context)


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest, edition: str) -> HttpResponse:
    """The desk's front page: how the edition stands, and what it still lacks."""
    found = get_organised_edition(edition, person=request.user)
    counts = counts_of(found)
    context = {
        "edition": found,
        "figures": figures_of(found),
        "chart": chart_of(found),
        "counts": counts,
        "lacks": list(lacks_of(found, counts)),
    }
    return render(request, "sessions_app/overview/desk.html", context)
