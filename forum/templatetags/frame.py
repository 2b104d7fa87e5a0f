"""What the frame of every page shows: the way round the site, and the same page in each language.

Public pages are cached whole for everybody: nothing here may look at the person or the session.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from forum.editions.models import Edition

register = template.Library()

LANGUAGE_NAMES = {"kk": ("Қазақша", "Қаз"), "ru": ("Русский", "Рус"), "en": ("English", "Eng")}
"""Each language in its own words, in full and for a narrow screen."""


def path_in_language(path: str, language: str) -> str:
    """Return the address of the page at `path` in `language`; home, if it has no language."""
    first, _slash, rest = path.lstrip("/").partition("/")
    return f"/{language}/{rest}" if first in LANGUAGE_NAMES else f"/{language}/"


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[Mapping[str, Any]]:
    """Return a link to this page in every language, Kazakh first; the query stays."""
    request = context.get("request")
    path = request.path if request else "/"
    query = request.META.get("QUERY_STRING", "") if request else ""
    current = get_language()
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES[code][0],
            "short": LANGUAGE_NAMES[code][1],
            "href": escape_uri_path(path_in_language(path, code)) + (f"?{query}" if query else ""),
            "address": settings.BASE_URL + quote(path_in_language(path, code)),
            "is_current": code == current,
        }
        for code, _name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def nav_links(context: Context) -> list[Mapping[str, Any]]:
    """Return the main navigation: an edition's pages, or the site's where there is no edition."""
    request, edition = context.get("request"), context.get("edition")
    match = getattr(request, "resolver_match", None)
    here = match.url_name if match else ""
    places: list[tuple[str, str, tuple[str, ...]]] = [
        (pgettext("navigation", "Home"), "home", ("home",)),
        (_("All forums"), "editions", ("editions",)),
    ]
    if isinstance(edition, Edition):
        places = [
            (pgettext("navigation", "Home"), "edition", ("edition", "home")),
            (
                _("Programme"),
                "programme",
                ("programme", "session", "releases", "release", "release_changes"),
            ),
            (_("Speakers"), "speakers", ("speakers", "speaker")),
            (_("Registration"), "register", ("register",)),
            (_("My forum"), "me", ("me",)),
        ]
    args = [edition.slug] if isinstance(edition, Edition) else []
    return [
        {"label": label, "href": reverse(name, args=args), "is_current": here in names}
        for label, name, names in places
    ]


@register.filter
def dates_line(edition: Edition) -> str:
    """Return the edition's days in a line: "15–16 October 2025", «2025 ж. 15–16 қазан»."""
    first, last = edition.starts_on, edition.ends_on
    if first == last:
        days = _day_and_month(last)
    elif (first.year, first.month) == (last.year, last.month):
        days = f"{first.day}–{_day_and_month(last)}"
    else:
        days = f"{_day_and_month(first)} – {_day_and_month(last)}"
    return _("%(days)s %(year)s") % {"days": days, "year": last.year}


@register.filter
def grouped(number: int) -> str:
    """Write a count as people read it: «1 007», with a space that does not break."""
    return number_format(number, force_grouping=True)


@register.filter
def day_line(day: dt.date) -> str:
    """Return a day with its weekday: "Wednesday, 15 October", «15 қазан, сәрсенбі»."""
    weekday = date_format(day, "l")
    if get_language() != "en":
        weekday = weekday.lower()
    return _("%(weekday)s, %(day)s") % {"weekday": weekday, "day": _day_and_month(day)}


@register.filter
def utc_offset(edition: Edition) -> str:
    """Return how far the edition's clocks are from UTC on its first day: "UTC+5"."""
    noon = dt.datetime.combine(edition.starts_on, dt.time(12), tzinfo=edition.zone)
    minutes = int((noon.utcoffset() or dt.timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


@register.simple_tag(takes_context=True)
def page_url(context: Context) -> str:
    """Return this page's whole address without its query: the one that search engines keep."""
    request = context.get("request")
    return settings.BASE_URL + quote(request.path if request else "/")


def _day_and_month(day: dt.date) -> str:
    text = date_format(day, "j E")
    return text if get_language() == "en" else text.lower()
