"""Programmes for machines: the newest release as iCalendar, schedule.json and schedule.xml."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forum.editions.caching import public_page
from forum.editions.models import Edition
from sessions_app.exchange import calendars, exports
from sessions_app.exchange.published import newest_programme

ICS = "text/calendar; charset=utf-8"
JSON = "application/json; charset=utf-8"
XML = "application/xml; charset=utf-8"

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """Let pages of other sites read the answer: what is public is public there too."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        return response

    return answer


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _file(content: bytes, *, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@open_to_all
@public_page(parameters=["lang"])
def schedule_ics(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The whole programme as iCalendar."""
    with translation.override(_language(request)):
        content = calendars.programme_calendar(newest_programme(edition))
    return _file(content, content_type=ICS, name=f"{edition.slug}.ics")


@open_to_all
@public_page(parameters=["lang"])
def schedule_json(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The whole programme as schedule.json."""
    with translation.override(_language(request)):
        content = exports.schedule_json(newest_programme(edition))
    return _file(content, content_type=JSON, name=f"{edition.slug}-schedule.json")


@open_to_all
@public_page(parameters=["lang"])
def schedule_xml(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The whole programme as schedule.xml."""
    with translation.override(_language(request)):
        content = exports.schedule_xml(newest_programme(edition))
    return _file(content, content_type=XML, name=f"{edition.slug}-schedule.xml")


@open_to_all
@public_page(parameters=["lang"])
def session_ics(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    """One session of the newest release as iCalendar."""
    published = newest_programme(edition, only=Q(session__code=code))
    if not published.shows:
        raise Http404(_("There is no such session in the programme."))
    with translation.override(_language(request)):
        content = calendars.session_calendar(published.shows[0])
    return _file(content, content_type=ICS, name=f"{edition.slug}-{code}.ics")


@never_cache
@require_safe
def my_ics(request: HttpRequest, edition: str, secret: str) -> HttpResponse:
    """A delegate's own calendar, for whoever holds its address."""
    found = Edition.objects.filter(slug=edition).first()
    registration = calendars.find_by_secret(found, secret) if found else None
    if found is None or registration is None:
        raise Http404(_("There is no such calendar. Take its address from “My forum” anew."))
    speaks = Q(speakers__speaker__person=registration.person_id)
    published = newest_programme(found, only=speaks)
    with translation.override(_language(request)):
        content = calendars.personal_calendar(registration, published)
    return _file(content, content_type=ICS, name=f"{found.slug}-my.ics")
