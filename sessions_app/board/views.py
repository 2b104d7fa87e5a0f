"""The board's page, and what its script asks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.users.access import signed_in
from forum.editions.access import get_organised_edition
from sessions_app.board import actions
from sessions_app.board.access import session_coded
from sessions_app.board.answers import after, all_findings, heard_by, whats_new
from sessions_app.board.asking import read_count, read_moves
from sessions_app.board.forms import PlaceForm
from sessions_app.board.page import page_context
from sessions_app.board.state import read_state
from sessions_app.board.warned import told_obstacles
from sessions_app.sessions.models import LONGEST
from sessions_app.timetable.moves import NotPlaceable, Stale

PAGE = "sessions_app/board/board.html"


@never_cache
@login_required
@require_safe
def board(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the board; without a script a day's list, and a form that moves one session."""
    found = get_organised_edition(edition, person=request.user)
    return render(request, PAGE, page_context(found, asked=request.GET))


@never_cache
@require_safe
def state(request: HttpRequest, edition: str) -> JsonResponse:
    """Answer with everything that the board draws."""
    found = get_organised_edition(edition, person=request.user)
    return JsonResponse(read_state(found, reader=signed_in(request)))


@never_cache
@require_safe
def findings(request: HttpRequest, edition: str) -> JsonResponse:
    """Answer with all that is wrong with the draft; it comes after the state, which waits not."""
    found, person = get_organised_edition(edition, person=request.user), signed_in(request)
    return JsonResponse(all_findings(found, heard=heard_by(request.GET), reader=person))


@never_cache
@require_safe
def options(request: HttpRequest, edition: str) -> JsonResponse:
    """Answer with where the session `?session=` of `?minutes=` could not begin, and why."""
    found = get_organised_edition(edition, person=request.user)
    session = session_coded(found, request.GET.get("session"))
    minutes = read_count(request.GET.get("minutes"))
    if session is None or not minutes or minutes > LONGEST:
        return JsonResponse({"error": _("Say which session, and its length.")}, status=400)
    return JsonResponse({"obstacles": told_obstacles(found, session, minutes)})


@never_cache
@require_safe
def changes(request: HttpRequest, edition: str) -> JsonResponse:
    """Answer with what happened after version `?since=`: asked every few seconds."""
    found = get_organised_edition(edition, person=request.user)
    heard = heard_by(request.GET)
    if heard is None:
        return JsonResponse({"error": _("Say since which version.")}, status=400)
    return JsonResponse(whats_new(found, heard=heard, reader=signed_in(request)))


@never_cache
@require_POST
def moves(request: HttpRequest, edition: str) -> JsonResponse:
    """Move sessions: all of them, or none and a sentence that says why."""
    found, person = get_organised_edition(edition, person=request.user), signed_in(request)
    now = timezone.now()

    def act() -> actions.Done:
        base, asked = read_moves(found, request.body)
        return actions.place(found, asked, by=person, now=now, base=base)

    return after(act, found, asked=request.GET, reader=person)


@never_cache
@require_POST
def undo(request: HttpRequest, edition: str) -> JsonResponse:
    """Take back one's own newest gesture."""
    found, person = get_organised_edition(edition, person=request.user), signed_in(request)
    now = timezone.now()
    return after(
        lambda: actions.undo(found, by=person, now=now), found, asked=request.GET, reader=person
    )


@never_cache
@require_POST
def redo(request: HttpRequest, edition: str) -> JsonResponse:
    """Do again what one took back last."""
    found, person = get_organised_edition(edition, person=request.user), signed_in(request)
    now = timezone.now()
    return after(
        lambda: actions.redo(found, by=person, now=now), found, asked=request.GET, reader=person
    )


@never_cache
@login_required
@require_POST
def place(request: HttpRequest, edition: str) -> HttpResponse:
    """Move one session by the form, and come back to the day where it stands."""
    found, person = get_organised_edition(edition, person=request.user), signed_in(request)
    form, status = PlaceForm(request.POST, edition=found), 422
    if form.is_valid():
        base = form.cleaned_data["base"]
        try:
            actions.place(found, [form.asked()], by=person, now=timezone.now(), base=base)
        except (NotPlaceable, Stale) as error:
            form.add_error(None, str(error))
            status = 409 if isinstance(error, Stale) else 422
        else:
            messages.success(request, _("The timetable is changed."))
            day = form.cleaned_data["day"]
            address = reverse("board", args=[found.slug])
            return redirect(f"{address}?day={day}" if day else address)
    return render(request, PAGE, page_context(found, asked=request.GET, form=form), status=status)
