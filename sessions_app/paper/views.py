"""The programme as PDF: the day for everybody, the doors for organisers."""

import datetime as dt
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forum.editions.access import get_organised_edition
from forum.editions.caching import public_page
from forum.editions.models import Edition
from forum.typesetting.sheets import typeset
from sessions_app.paper.day import PAPERS, day_data
from sessions_app.paper.doors import doors_data
from sessions_app.timetable.access import newest_release
from sessions_app.timetable.models import Release, Room

SHEETS = Path(__file__).parent / "sheets"


@public_page(parameters=["paper"])
def day_pdf(request: HttpRequest, edition: Edition, day: str) -> HttpResponse:
    """A day of the newest release on one sheet: `?paper=a4` or `a3`."""
    try:
        date = dt.date.fromisoformat(day)
    except ValueError:
        raise Http404(_("There is nothing in the programme on this day.")) from None
    release = _release(edition)
    paper = request.GET.get("paper", "")
    data = day_data(edition, release, date, paper=paper if paper in PAPERS else "a4")
    content = typeset(SHEETS / "day.typ", data, at=release.published_at)
    return _pdf(content, name=f"{edition.slug}-{date.isoformat()}.pdf")


@never_cache
@login_required
@require_safe
def paper(request: HttpRequest, edition: str) -> HttpResponse:
    """Everything that can be printed, for organisers."""
    found = get_organised_edition(edition, person=request.user)
    release = newest_release(found)
    rooms = Room.objects.filter(slots__release=release).distinct() if release else []
    context = {"edition": found, "release": release, "rooms": rooms}
    return render(request, "sessions_app/paper/paper.html", context)


@never_cache
@login_required
@require_safe
def doors_pdf(request: HttpRequest, edition: str) -> HttpResponse:
    """The sheets for the doors of all rooms, or of `?room=`."""
    found = get_organised_edition(edition, person=request.user)
    release = _release(found)
    data = doors_data(found, release, room=request.GET.get("room", "").replace("\0", "?"))
    content = typeset(SHEETS / "doors.typ", data, at=release.published_at)
    return _pdf(content, name=f"{found.slug}-doors.pdf")


def _release(edition: Edition) -> Release:
    release = newest_release(edition)
    if release is None:
        raise Http404(_("The programme is not published yet."))
    return release


def _pdf(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
