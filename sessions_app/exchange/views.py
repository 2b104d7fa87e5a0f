"""Programmes for machines: the newest release as iCalendar, schedule.json and schedule.xml."""

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseGone, QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forum.editions.caching import public_page
from forum.editions.models import Edition
from forum.templatetags.content import name_wording, wording_of
from sessions_app.exchange import calendars, exports
from sessions_app.exchange.published import Published, newest_programme
from sessions_app.my_forum.calendar import get_by_secret
from sessions_app.my_forum.errors import CalendarEnded
from sessions_app.seats.access import seats_in_sessions
from sessions_app.timetable.released import get_speaker

ICS = "text/calendar; charset=utf-8"
JSON = "application/json; charset=utf-8"
XML = "application/xml; charset=utf-8"

P = ParamSpec("P")


def export(write: Callable[Concatenate[Edition, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Make `write(edition, …)` the view of a public file in `?lang=`, for apps of any site.

    A language that we don't have is no error: an app that asks for it is better off with Kazakh.
    """

    @public_page(parameters=["lang"])
    def page(
        request: HttpRequest, edition: Edition, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        del request
        response = write(edition, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        return response

    @functools.wraps(write)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _preflight()
        language = _language(request)
        # Kept under the languages that we have alone: made-up ones must not fill the cache.
        query = "" if language == settings.LANGUAGE_CODE else f"lang={language}"
        request.META["QUERY_STRING"], request.GET = query, QueryDict(query)
        with translation.override(language):
            return page(request, *args, **kwargs)

    return answer


def _preflight() -> HttpResponse:
    """Let apps in a browser ask whether a file has changed: If-None-Match must be allowed first."""
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD"
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _file(content: bytes, *, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@export
def schedule_ics(edition: Edition) -> HttpResponse:
    """The whole programme as iCalendar."""
    content = calendars.programme_calendar(newest_programme(edition))
    return _file(content, content_type=ICS, name=f"{edition.slug}.ics")


@export
def schedule_json(edition: Edition) -> HttpResponse:
    """The whole programme as schedule.json."""
    content = exports.schedule_json(newest_programme(edition))
    return _file(content, content_type=JSON, name=f"{edition.slug}-schedule.json")


@export
def schedule_xml(edition: Edition) -> HttpResponse:
    """The whole programme as schedule.xml."""
    content = exports.schedule_xml(newest_programme(edition))
    return _file(content, content_type=XML, name=f"{edition.slug}-schedule.xml")


@export
def session_ics(edition: Edition, code: str) -> HttpResponse:
    """One session of the newest release as iCalendar."""
    published = newest_programme(edition, only=Q(session__code=code))
    if not published.shows:
        raise Http404(_("There is no such session in the programme."))
    content = calendars.session_calendar(published.shows[0])
    return _file(content, content_type=ICS, name=f"{edition.slug}-{code}.ics")


@export
def speaker_ics(edition: Edition, code: str) -> HttpResponse:
    """What one speaker does in the newest release, as iCalendar."""
    speaker = get_speaker(edition, code)
    published = newest_programme(edition, only=Q(speakers__speaker=speaker))
    return _part(published, name=name_wording(speaker).text, kind="speaker", code=code)


@export
def room_ics(edition: Edition, code: str) -> HttpResponse:
    """What is held in one room, as iCalendar."""
    published = newest_programme(edition, only=Q(room__code=code))
    if not published.shows:
        raise Http404(_("There is no such room in the programme."))
    name = wording_of(published.shows[0].room, "name").text
    return _part(published, name=name, kind="room", code=code)


@export
def track_ics(edition: Edition, code: str) -> HttpResponse:
    """The sessions of one track, as iCalendar."""
    published = newest_programme(edition, only=Q(session__track__code=code))
    if not published.shows:
        raise Http404(_("There is no such track in the programme."))
    name = wording_of(published.shows[0].session.track, "name").text
    return _part(published, name=name, kind="track", code=code)


def _part(published: Published, *, name: str, kind: str, code: str) -> HttpResponse:
    content = calendars.part_calendar(published, name=name)
    return _file(content, content_type=ICS, name=f"{published.edition.slug}-{kind}-{code}.ics")


@never_cache
@require_safe
def my_ics(request: HttpRequest, edition: str, secret: str) -> HttpResponse:
    """A delegate's own calendar, for whoever holds its address."""
    with translation.override(_language(request)):
        try:
            mine = get_by_secret(edition, secret)
        except CalendarEnded as ended:
            return HttpResponseGone(f"{ended}\n", content_type="text/plain; charset=utf-8")
        speaks = Q(speakers__speaker__person=mine.person_id)
        sits = Q(session__in=seats_in_sessions(mine))
        published = newest_programme(mine.edition, only=speaks | sits)
        content = calendars.personal_calendar(mine, published)
    return _file(content, content_type=ICS, name=f"{edition}-my.ics")
