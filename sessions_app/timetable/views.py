"""The public programme, its sessions and its speakers."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum.editions.caching import public_page
from forum.editions.models import Edition
from sessions_app.timetable.access import newest_release
from sessions_app.timetable.filters import LONGEST_SEARCH, PARAMETERS
from sessions_app.timetable.programme import languages_line, read_programme
from sessions_app.timetable.released import (
    announced_speakers,
    appearances_in,
    get_slot,
    get_speaker,
    heard_from,
    neighbours_of,
    others_at_the_time_of,
    when,
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
    before, after = neighbours_of(slot)
    context = {
        "edition": edition,
        "slot": slot,
        "session": slot.session,
        "when": when(edition, slot.during),
        "working": languages_line(slot.session.working_languages),
        "booths": languages_line(slot.room.interpretation_languages),
        "interpretation": languages_line(slot.session.interpretation_languages),
        "appearances": appearances_in(slot),
        "materials": slot.session.materials.published(),
        "before": before,
        "after": after,
        "others": others_at_the_time_of(slot)[:MOST_OTHERS],
    }
    return render(request, "sessions_app/timetable/session.html", context)


@public_page(parameters=["q", "page"], never_kept=["q"])
def speakers(request: HttpRequest, edition: Edition) -> HttpResponse:
    """List the speakers by the Kazakh alphabet, or those whose name was asked for."""
    typed = request.GET.get("q", "")[:LONGEST_SEARCH]
    found = announced_speakers(edition, typed=typed)
    page = Paginator(found, SPEAKERS_A_PAGE).get_page(request.GET.get("page"))
    context = {"edition": edition, "page": page, "typed": typed}
    return render(request, "sessions_app/timetable/speakers.html", context)


@public_page()
def speaker(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    """Show a speaker, and where and when to hear them."""
    shown = get_speaker(edition, code)
    context = {"edition": edition, "speaker": shown, "heard": heard_from(shown, edition)}
    return render(request, "sessions_app/timetable/speaker.html", context)
