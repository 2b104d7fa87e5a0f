"""What stands on a badge, as data for its sheet; Kazakh first, whoever prints it."""

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy

from forum.editions.models import Edition
from forum.quotas.models import Category
from forum.registrations.models import Registration
from forum.templatetags.content import wording_of
from forum.templatetags.frame import LANGUAGE_NAMES, dates_line
from forum.tickets.codes import ticket_payload
from forum.typesetting.glyphs import printable
from forum.typesetting.names import names_of
from forum.typesetting.qr import qr_svg

WORDS = {
    Category.NGO: pgettext_lazy("badge", "NGO"),
    Category.REPUBLICAN: pgettext_lazy("badge", "Republican NGO"),
    Category.STATE: pgettext_lazy("badge", "State body"),
    Category.COUNCIL: pgettext_lazy("badge", "Public council"),
    Category.BUSINESS: pgettext_lazy("badge", "Business"),
    Category.MEDIA: pgettext_lazy("badge", "Media"),
    Category.INTERNATIONAL: pgettext_lazy("badge", "International organisation"),
    Category.GUEST: pgettext_lazy("badge", "Guest"),
}
"""The word of each category on its coloured band; the place here is the colour, from 1."""


def face_of(registration: Registration) -> tuple[dict[str, Any], bool]:
    """Return a badge as data, and whether it bears the whole name."""
    names = names_of(registration.person)
    organisation = registration.organisation
    name = wording_of(organisation, "name").text if organisation else ""
    days = ", ".join(_day(day) for day in sorted(registration.days))
    face = {
        "name": names.first,
        "latin": names.second,
        "position": printable(registration.job_title),
        "organisation": printable(name),
        "category": registration.category,
        "languages": " · ".join(LANGUAGE_NAMES[one][0] for one in registration.languages),
        "code": registration.code,
        "days": days,
        "qr": qr_svg(ticket_payload(registration)),
    }
    return face, names.is_whole


def common_of(edition: Edition, *, layout: str) -> dict[str, Any]:
    """Return what all badges of an edition share."""
    place = wording_of(edition, "city").text
    return {
        "title": edition.name,
        "edition": printable(wording_of(edition, "name").text),
        "when": printable(" · ".join(filter(None, (dates_line(edition), place)))),
        "layout": layout,
        "categories": {
            str(category): {"colour": colour, **_words(category)}
            for colour, category in enumerate(WORDS, start=1)
        },
    }


def _words(category: Category) -> dict[str, str]:
    words = []
    for language in LANGUAGE_NAMES:
        with translation.override(language):
            words.append(str(WORDS[category]))
    return {"word": words[0], "others": " · ".join(words[1:])}


def _day(day: Any) -> str:
    return date_format(day, "j E").lower()
