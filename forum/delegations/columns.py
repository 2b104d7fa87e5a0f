"""The columns of a table of delegates: their headings, what stands in them, how they are read."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language
from accounts.models import Organisation
from accounts.names import fold
from accounts.tables.reading import Row
from accounts.tables.words import in_every_language
from accounts.transfers import unguarded
from forum.delegations.forms import categories_of
from forum.quotas.models import Category


@dataclass(frozen=True)
class Column:
    """A column; `key` is the field of the form that judges it, `note` says how to fill it in."""

    key: str
    heading: str | Promise
    note: str | Promise
    width: int
    choices: tuple[tuple[str, str | Promise], ...] = ()


COLUMNS = (
    Column("email", _("E-mail"), _("The person's own; letters go there."), 28),
    Column("family_name", _("Surname"), _("May be empty for a person with a single name."), 20),
    Column("given_name", _("Given name"), _("Must be there."), 20),
    Column("patronymic", _("Patronymic"), _("May be empty."), 20),
    Column("latin_name", _("Name in Latin letters"), _("As on the badge. May be empty."), 26),
    Column("phone", _("Phone"), _("Such as +7 701 123 45 67, as text. May be empty."), 20),
    Column("language", _("Language of letters"), _("Empty: the language of your pages."), 16,
           tuple(Language.choices)),
    Column("category", _("Category"), _("Empty: the first of the list."), 24,
           tuple(Category.choices)),
    Column("job_title", _("Position"), _("May be empty."), 26),
    Column("languages", _("Languages that the person understands"),
           _("Several with a comma. Empty: the language of letters."), 26),
)  # fmt: skip


def headed(heading: str) -> str | None:
    """Return the column that has this heading in any of our languages, or this code."""
    return _headings().get(fold(heading))


@functools.cache
def _headings() -> dict[str, str]:
    return in_every_language({column.key: column.heading for column in COLUMNS})


@functools.cache
def _words(key: str) -> Mapping[str, str]:
    known = {column.key: column.choices for column in COLUMNS}
    return in_every_language(dict(known["language" if key == "languages" else key]))


def form_data(row: Row, *, organisation: Organisation, language: str) -> dict[str, object]:
    """Return what the form of one person would have been sent; words become codes."""
    told: dict[str, object] = {key: unguarded(text) for key, text in row.cells.items()}
    letters = _code("language", str(told.get("language", ""))) or language
    spoken = str(told.get("languages", "")).replace(";", ",").split(",")
    first = categories_of(organisation)[0][0]
    return told | {
        "language": letters,
        "category": _code("category", str(told.get("category", ""))) or first,
        "languages": [_code("languages", one) for one in spoken if one.strip()] or [letters],
    }


def _code(key: str, typed: str) -> str:
    """Return the code of a word; what is none as it stands, for the form to refuse."""
    return _words(key).get(fold(typed), typed.strip())
