"""What runs now and what is next."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from forum.editions.caching import public_page
from forum.editions.models import Edition
from sessions_app.screens.feed import feed_of
from sessions_app.screens.moment import moment_of
from sessions_app.timetable.access import (
    newest_release,
    rooms_of,
    showings,
    tracks_of,
)

SECONDS = 30
"""So long a page about the present is kept: it may lag behind by no more."""


@public_page(seconds=SECONDS)
def now(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Show what runs now and what is next, by room."""
    return render(request, "sessions_app/screens/now.html", _context(edition))


@public_page(parameters=["room"], seconds=SECONDS)
def screen(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The same for a display in a hall, or with `?room=` at a door; a script keeps it fresh."""
    context = _context(edition, room=request.GET.get("room", ""))
    return render(request, "sessions_app/screens/screen.html", context)


@public_page()
def feed(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The data of the displays: the release, in every language."""
    del request
    return JsonResponse(feed_of(edition), json_dumps_params={"ensure_ascii": False})


def _context(edition: Edition, *, room: str = "") -> dict[str, object]:
    release, rooms, tracks = newest_release(edition), rooms_of(edition), tracks_of(edition)
    shown = showings(edition, release) if release else []
    chosen = next((one for one in rooms.values() if one.code == room), None)
    if chosen:
        shown = [one for one in shown if one.room_id == chosen.pk]
    moment = moment_of(shown, list(rooms), now=timezone.now())
    lists = {
        name: [(one, rooms[one.room_id], tracks.get(one.track_id or 0)) for one in those]
        for name, those in (("running", moment.running), ("upcoming", moment.upcoming))
    }
    time = timezone.localtime()
    return {"edition": edition, "moment": moment, "room": chosen, "time": time, **lists}
