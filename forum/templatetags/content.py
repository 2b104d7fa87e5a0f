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
    reader = _reader()
    for language in _order(reader):
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


@register.filter
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


def name_wording(person: Any) -> Wording:
    """Choose a speaker's name, given name first; both parts in one language, never mixed."""
    language, parts = _name_parts(person)
    return Wording(" ".join(parts) or person.code, language)


@register.simple_tag
def name_of(person: Any) -> SafeString:
    """Show a speaker's name, marked where it stands in another language."""
    return marked(name_wording(person))


@register.simple_tag
def plain_name_of(person: Any) -> str:
    """Show it where no markup may stand."""
    return name_wording(person).text


@register.filter
def initials(person: Any) -> str:
    """Return the first letters of a person's given name and surname, in capitals."""
    return "".join(part[:1] for part in _name_parts(person)[1]).upper()


def _name_parts(person: Any) -> tuple[str, list[str]]:
    """Return the name of the language that has most of it, and which, if it is not the page's."""
    reader = _reader()

    def parts(language: str) -> list[str]:
        columns = (f"given_name_{language}", f"family_name_{language}")
        return [part for column in columns if (part := getattr(person, column))]

    # `max` keeps the first of several: a whole name in the page's language, else by the fallback.
    language = max(_order(reader), key=lambda one: len(parts(one)))
    found = parts(language)
    return ("" if language == reader or not found else language), found


def _reader() -> str:
    return (get_language() or FALLBACK[0])[:2]


def _order(reader: str) -> list[str]:
    return list(dict.fromkeys((reader, *FALLBACK)))
