"""Shows translated content: in the page's language, else in another, marked and with its `lang`."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

FALLBACK = ("kk", "ru", "en")
MARKS = {"kk": "қаз", "ru": "рус", "en": "eng"}


class Wording(NamedTuple):
    """A text, and its language where that is not the page's."""

    text: str
    language: str = ""


def wording(read: Callable[[str], str | None], field: str) -> Wording:
    """Choose a translated field's text; `read` returns what a column such as title_kk holds."""
    reader = (get_language() or FALLBACK[0])[:2]
    for language in dict.fromkeys((reader, *FALLBACK)):
        if text := read(f"{field}_{language}"):
            return Wording(text, "" if language == reader else language)
    return Wording("")


def wording_of(thing: Any, field: str) -> Wording:
    """Choose the text of a translated field of a model's instance."""
    return wording(lambda column: getattr(thing, column), field)


def marked(chosen: Wording) -> SafeString:
    """Make HTML of it: a text in another language says so, to eyes and to screen readers."""
    if not chosen.language:
        return format_html("{}", chosen.text)
    return format_html(
        '<span lang="{}">{}</span> {}', chosen.language, chosen.text, mark(chosen.language)
    )


def mark(language: str) -> SafeString:
    """Make the small mark that stands beside a text in another language."""
    said = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}[language]
    return format_html('<span class="tongue" title="{}">{}</span>', said, MARKS[language])


@register.simple_tag
def content(thing: Any, field: str) -> SafeString:
    """Show a translated field: `{% content session "title" %}`."""
    return marked(wording_of(thing, field)) if thing else SafeString("")


@register.simple_tag
def plain_content(thing: Any, field: str) -> str:
    """Show it where no markup may stand, such as in a page's title."""
    return wording_of(thing, field).text if thing else ""


@register.simple_tag
def long_content(thing: Any, field: str) -> Wording:
    """Give text and language of paragraphs: `{% long_content session "abstract" as abstract %}`."""
    return wording_of(thing, field)


@register.filter
def initials(person: Any) -> str:
    """Return the first letters of a person's given name and surname, in capitals."""
    return "".join(name[:1] for name in (person.given_name, person.family_name) if name).upper()
