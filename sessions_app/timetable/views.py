"""The public programme, its sessions and its speakers."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum.editions.caching import public_page
from forum.editions.models import Edition
from sessions_app.timetable.access import newest_release
from sessions_app.timetable.filters import LONGEST_SEARCH, PARAMETERS
from sessions_app.timetable.programme import language_name, read_programme
from sessions_app.timetable.released import (
    appearances_in,
    get_slot,
    get_speaker,
    heard_from,
    others_at_the_time_of,
    released_speakers,
)

SPEAKERS_A_PAGE = 60
MOST_OTHERS = 12


@public_page(parameters=PARAMETERS, never_kept=["q"])
def programme(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Show what is released, by day: a grid of rooms and times, a list on a narrow screen."""
    release = newest_release(edition)
    found = read_programme(edition, release, asked=request.GET) if release else None
    context = {"edition": edition, "programme": found}
    return render(request, "sessions_app/timetable/programme.html", context)


@public_page()
def session(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    """Show a session: what, when, where, in which languages, and who."""
    slot = get_slot(edition, code)
    shown = slot.session
    context = {
        "edition": edition,
        "slot": slot,
        "session": shown,
        "starts_at": slot.during.lower.astimezone(edition.zone),
        "ends_at": slot.during.upper.astimezone(edition.zone),
        "day": edition.day_of(slot.during.lower),
        "working": [language_name(code) for code in shown.working_languages],
        "interpretation": [language_name(code) for code in shown.interpretation_languages],
        "appearances": appearances_in(slot),
        "others": others_at_the_time_of(slot)[:MOST_OTHERS],
    }
    return render(request, "sessions_app/timetable/session.html", context)


@public_page(parameters=["q", "page"], never_kept=["q"])
def speakers(request: HttpRequest, edition: Edition) -> HttpResponse:
    """List the speakers by the Kazakh alphabet, or those whose name was asked for."""
    typed = request.GET.get("q", "")[:LONGEST_SEARCH]
    found = released_speakers(edition, typed=typed)
    page = Paginator(found, SPEAKERS_A_PAGE).get_page(request.GET.get("page"))
    context = {"edition": edition, "page": page, "typed": typed}
    return render(request, "sessions_app/timetable/speakers.html", context)


@public_page()
def speaker(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    """Show a speaker, and where and when to hear them."""
    shown = get_speaker(edition, code)
    context = {"edition": edition, "speaker": shown, "heard": heard_from(shown, edition)}
    return render(request, "sessions_app/timetable/speaker.html", context)
