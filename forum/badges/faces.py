"""What stands on a badge, as data for its sheet; Kazakh first, whoever prints it."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy

from accounts.models import User
from forum.editions.models import Edition
from forum.quotas.models import Category
from forum.registrations.models import Registration
from forum.templatetags.content import wording_of
from forum.templatetags.frame import LANGUAGE_NAMES, dates_line
from forum.tickets.codes import ticket_payload
from forum.typesetting.glyphs import lost_letters, printable
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


@dataclass(frozen=True)
class Names:
    """A person's name in two scripts, as far as it can be printed."""

    first: str
    second: str
    is_whole: bool


def names_of(person: User) -> Names:
    """Return the name as in the profile, and in the Latin letters that the person typed.

    What no font of ours draws gives way to the other script. An e-mail is no name: who gave none
    gets a line to write on.
    """
    own = " ".join(filter(None, (person.family_name, person.given_name, person.patronymic)))
    lost = {typed: lost_letters(typed) for typed in (own, person.latin_name)}
    whole = [printable(typed) for typed in (own, person.latin_name) if not lost[typed]]
    shown = list(dict.fromkeys(filter(None, whole)))
    if not shown:
        shown = list(filter(None, map(printable, (person.latin_name, own))))[:1]
    return Names(
        first=shown[0] if shown else "",
        second=shown[1] if len(shown) > 1 else "",
        is_whole=bool(shown) and not any(lost.values()),
    )


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
