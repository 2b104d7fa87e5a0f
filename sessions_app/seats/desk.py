"""The organisers' desk for seats: how full each session is, and who sits and waits in it."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from import_export.formats.base_formats import XLSX

from accounts.transfers import ExcelCSV
from accounts.users.access import signed_in
from accounts.users.models import User
from forum.editions.access import get_organised_edition
from forum.editions.models import Edition
from sessions_app.seats import actions, listing
from sessions_app.seats.access import get_coming, get_waiting
from sessions_app.seats.errors import SeatError
from sessions_app.seats.exports import SeatResource
from sessions_app.seats.forms import GiveForm, MoveUpForm
from sessions_app.timetable.filters import LONGEST_SEARCH
from sessions_app.timetable.models import Slot
from sessions_app.timetable.released import get_slot, when

FORMATS = {"xlsx": XLSX, "csv": ExcelCSV}


@never_cache
@login_required
@require_safe
def seats(request: HttpRequest, edition: str) -> HttpResponse:
    """List the sessions that have seats or stars, those that were asked for."""
    found = get_organised_edition(edition, person=request.user)
    typed = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    chosen = request.GET.get("show", "")
    asked = {"typed": typed, "chosen": chosen if chosen in listing.FILTERS else ""}
    page = Paginator(listing.sessions_at_desk(found, **asked), listing.A_PAGE).get_page(
        request.GET.get("page")
    )
    told = {"q": typed, "show": asked["chosen"]}
    context = {
        "edition": found,
        "page": page,
        "rows": listing.rows_of(page),
        "filters": listing.filters_of(found, **asked),
        "query": "".join(f"{urlencode({name: each})}&" for name, each in told.items() if each),
        **asked,
    }
    return render(request, "sessions_app/seats/desk.html", context)


@never_cache
@login_required
@require_safe
def people(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Show who sits in a session and who waits."""
    found = get_organised_edition(edition, person=request.user)
    return _people(request, found, get_slot(found, code), GiveForm())


@never_cache
@login_required
@require_safe
def table(request: HttpRequest, edition: str, code: str, format: str) -> HttpResponse:
    """Give the same as a table, to take along to the door."""
    found = get_organised_edition(edition, person=request.user)
    slot = get_slot(found, code)
    if format not in FORMATS:
        raise Http404(_("There is no such page, or it is not open to you."))
    kind = FORMATS[format]()
    with timezone.override(found.zone):
        content = kind.export_data(SeatResource().export(listing.people_of(slot.session)))
    response = HttpResponse(content, content_type=kind.get_content_type())
    name = f"{found.slug}-{slot.session.code}-seats.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@login_required
@require_POST
def give(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Give somebody a free seat out of turn."""
    form = GiveForm(request.POST)

    def act(found: Edition, slot: Slot, by: User) -> str:
        registration = get_coming(found, form.cleaned_data["code"])
        now = timezone.now()
        actions.take_seat(registration, slot.session, by=by, now=now, may_wait=False)
        told = {"person": registration.person}
        return _("%(person)s has a seat now, and is written to.") % told

    return _carry_out(request, edition, code, form, act)


@never_cache
@login_required
@require_POST
def move_up(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Put somebody who waits before the others, with the reason."""
    form = MoveUpForm(request.POST)

    def act(_found: Edition, slot: Slot, by: User) -> str:
        seat = get_waiting(slot.session, form.cleaned_data["code"])
        reason = form.cleaned_data["reason"]
        moved = actions.move_up(seat, by=by, reason=reason, now=timezone.now())
        told = {"person": seat.registration.person}
        if moved.taken_at:
            return _("%(person)s has a seat now, and is written to.") % told
        return _("%(person)s is moved up on the waiting list.") % told

    return _carry_out(request, edition, code, form, act)


def _carry_out(
    request: HttpRequest,
    edition: str,
    code: str,
    form: GiveForm | MoveUpForm,
    act: Callable[[Edition, Slot, User], str],
) -> HttpResponse:
    """Do what the form says, or show the page with the sentence that says why not."""
    by = signed_in(request)
    found = get_organised_edition(edition, person=by)
    slot = get_slot(found, code)
    if form.is_valid():
        try:
            messages.success(request, act(found, slot, by))
            return redirect("desk_seats_people", edition=found.slug, code=slot.session.code)
        except (SeatError, Http404) as error:
            form.add_error(None, str(error))
    return _people(request, found, slot, form)


def _people(
    request: HttpRequest, edition: Edition, slot: Slot, form: GiveForm | MoveUpForm
) -> HttpResponse:
    page, seats = listing.page_of_people(slot.session, request.GET.get("page"))
    context = {
        "edition": edition,
        "slot": slot,
        "session": slot.session,
        "seating": getattr(slot.session, "seating", None),
        "when": when(edition, slot.during),
        "page": page,
        "seats": seats,
        "form": form,
        "refusals": [one for errors in form.errors.values() for one in errors],
    }
    status = 422 if form.is_bound else 200
    return render(request, "sessions_app/seats/desk_people.html", context, status=status)
