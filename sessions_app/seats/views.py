"""Where delegates choose their sessions: a page of its own, and a part of a session's page.

Public pages are kept for everybody. What is personal on them comes by a second request: `seat` for
one session, `marks` for the programme.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.users.access import signed_in
from forum.editions.access import get_public_edition
from forum.editions.models import Edition
from sessions_app.seats import actions
from sessions_app.seats.access import find_coming, live_seats_of, starred_slots
from sessions_app.seats.blocks import read_choice, read_offer
from sessions_app.seats.errors import NotComing, SeatError
from sessions_app.seats.words import given_back, taken
from sessions_app.timetable.models import Slot
from sessions_app.timetable.released import get_slot

PART = "X-Part"
"""The header by which a script asks for a part of a page."""


@never_cache
@login_required
@require_safe
def seats(request: HttpRequest, edition: str) -> HttpResponse:
    """All sessions with seats, by day and time, and what one starred."""
    return _page(request, get_public_edition(edition, person=request.user))


@never_cache
@require_safe
def seat(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """One session: whether a seat is free, and what one can do; nothing for a stranger's script."""
    if not request.user.is_authenticated and PART in request.headers:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return _seat(request, edition, code)


@login_required
def _seat(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    found = get_public_edition(edition, person=request.user)
    return _part(request, found, get_slot(found, code))


@never_cache
@require_safe
def marks(request: HttpRequest, edition: str) -> HttpResponse:
    """What the programme shows of one's own, by the sessions' codes; nothing to a stranger."""
    if not request.user.is_authenticated:
        return JsonResponse({})
    person = signed_in(request)
    found = get_public_edition(edition, person=person)
    mine = find_coming(found, person=person)
    held = live_seats_of(mine).values() if mine else ()
    told = {
        "seats": {one.session.code: one.status.value for one in held},
        "stars": [slot.session.code for slot in starred_slots(person, edition=found)],
        "token": get_token(request),
    }
    return JsonResponse(told)


@never_cache
@login_required
@require_POST
def take(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Take a seat, or wait for one; with `instead`, in the place of another at that time."""

    def act(found: Edition, slot: Slot) -> str:
        person = signed_in(request)
        registration = find_coming(found, person=person)
        if registration is None:
            raise NotComing
        instead = request.POST.get("instead") == "1"
        now = timezone.now()
        seat = actions.take_seat(registration, slot.session, by=person, now=now, instead=instead)
        return taken(seat)

    return _carry_out(request, edition, code, act)


@never_cache
@login_required
@require_POST
def give_back(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Give a seat back, or stop waiting."""

    def act(found: Edition, slot: Slot) -> str:
        person = signed_in(request)
        registration = find_coming(found, person=person)
        if registration is None:
            raise NotComing
        seat = actions.give_back(registration, slot.session, by=person, now=timezone.now())
        return given_back(seat)

    return _carry_out(request, edition, code, act)


@never_cache
@login_required
@require_POST
def star(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Star a session, or take the star back."""

    def act(_found: Edition, slot: Slot) -> str:
        if request.POST.get("star") == "0":
            actions.unstar(signed_in(request), slot.session)
            return _("Your star is taken back.")
        actions.star(signed_in(request), slot.session, now=timezone.now())
        return _("You want to see this session.")

    return _carry_out(request, edition, code, act)


def _carry_out(
    request: HttpRequest, edition: str, code: str, act: Callable[[Edition, Slot], str]
) -> HttpResponse:
    """Do it, and answer with the part that a script asked for, else with the page of seats."""
    found = get_public_edition(edition, person=request.user)
    slot = get_slot(found, code)
    try:
        said = act(found, slot)
    except SeatError as error:
        if PART in request.headers:
            return _part(request, found, slot, refusal=str(error))
        return _page(request, found, refusal=str(error))
    if PART in request.headers:
        return _part(request, found, slot, said=said)
    messages.success(request, said)
    return redirect(reverse("seats", args=[found.slug]) + f"#s-{slot.session.code}")


def _page(request: HttpRequest, edition: Edition, *, refusal: str = "") -> HttpResponse:
    choice = read_choice(edition, person=signed_in(request), now=timezone.now())
    context = {"edition": edition, "choice": choice, "refusal": refusal}
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "sessions_app/seats/seats.html", context, status=status)


def _part(
    request: HttpRequest, edition: Edition, slot: Slot, *, said: str = "", refusal: str = ""
) -> HttpResponse:
    # Read anew: the seats may be other ones by now.
    offer = read_offer(edition, slot, person=signed_in(request), now=timezone.now())
    context = {"edition": edition, "offer": offer, "said": said, "refusal": refusal}
    name = "_offer" if PART in request.headers else "seat"
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, f"sessions_app/seats/{name}.html", context, status=status)
