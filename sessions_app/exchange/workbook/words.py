"""Cells that hold words: any, or some of those that are known in our languages."""

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.names import fold
from accounts.tables.values import BadCell, text_of
from accounts.tables.words import in_every_language
from sessions_app.timetable.programme import language_name

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})?")
_TRUE, _FALSE = {"1", "true", "x", "+", "y", "yes"}, {"", "0", "false", "-", "–", "n", "no"}


@dataclass(frozen=True)
class Text:
    """Words; `most` signs of them, and `required` in at least one language is asked elsewhere."""

    most: int = 0
    number_format = "@"

    def read(self, value: Any) -> str:
        """Read a cell; what Excel took for a date is no longer what was typed."""
        if isinstance(value, (dt.date, dt.time, dt.timedelta)):
            raise BadCell(_("There is a date instead of text. Format the cell as text."))
        return text_of(value)

    def check(self, value: str) -> None:
        """Refuse what the database cannot hold."""
        if self.most and len(value) > self.most:
            raise BadCell(
                _("The text has %(length)d signs; at most %(most)d are possible.")
                % {"length": len(value), "most": self.most}
            )

    def write(self, value: str | None) -> str:
        """Return what the cell holds."""
        return value or ""

    show = write


@dataclass(frozen=True)
class Email(Text):
    """An e-mail address, or nothing."""

    def check(self, value: str) -> None:
        """Refuse what is no address."""
        super().check(value)
        try:
            validate_email(value or "nobody@example.org")
        except ValidationError as error:
            raise BadCell(_("“%(word)s” is no e-mail address.") % {"word": value}) from error


@dataclass(frozen=True)
class Choice:
    """One of a set of words, in any of our languages, or the word that the database keeps."""

    choices: Sequence[tuple[str, str | Promise]]
    number_format = "@"

    def read(self, value: Any) -> str:
        """Read a word; names those that are possible."""
        known = in_every_language(dict(self.choices))
        if (found := known.get(fold(text_of(value)))) is not None:
            return found
        raise BadCell(
            _("“%(word)s” is not known. Possible are: %(words)s.")
            % {"word": text_of(value), "words": ", ".join(self.labels())}
        )

    def check(self, value: str) -> None:
        """Every known word is possible."""

    def write(self, value: str) -> str:
        """Return the word in the language that is active."""
        return str(dict(self.choices).get(value, value))

    show = write

    def labels(self) -> list[str]:
        """Return what may stand here, in the language that is active."""
        return [str(label) for _value, label in self.choices]


@dataclass(frozen=True)
class Flag:
    """Yes or no; nothing is no."""

    number_format = "@"

    def read(self, value: Any) -> bool:
        """Read yes or no in any of our languages, or as Excel and people tick a cell."""
        word = fold(text_of(value))
        yes, no = _yes_and_no()
        if word in yes or word in no:
            return word in yes
        raise BadCell(_("There must be “%(yes)s” or “%(no)s”.") % {"yes": _("Yes"), "no": _("No")})

    def check(self, value: bool) -> None:
        """Both are possible."""

    def write(self, value: bool) -> str:
        """Return yes or no in the language that is active."""
        return _("Yes") if value else _("No")

    show = write

    def labels(self) -> list[str]:
        """Return both words."""
        return [_("Yes"), _("No")]


@functools.cache
def _yes_and_no() -> tuple[set[str], set[str]]:
    yes, no = set(_TRUE), set(_FALSE)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yes.add(fold(_("Yes")))
            no.add(fold(_("No")))
    return yes, no


@dataclass(frozen=True)
class Languages:
    """Languages, one after another: by name in any of ours, or by code."""

    number_format = "@"

    def read(self, value: Any) -> list[str]:
        """Read names or codes, parted by commas."""
        words = [word for part in re.split(r"[,;\n]", text_of(value)) if (word := part.strip())]
        return list(dict.fromkeys(self._code(word) for word in words))

    def check(self, value: list[str]) -> None:
        """Every language that could be read is possible."""

    def write(self, value: list[str]) -> str:
        """Return their names, or codes where we have no name."""
        return ", ".join(language_name(code) for code in value)

    show = write

    def _code(self, word: str) -> str:
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                for code, _label in settings.LANGUAGES:
                    if fold(language_name(code)) == fold(word):
                        return code
        if _CODE.fullmatch(word):
            return word
        raise BadCell(
            _("“%(word)s” is no language that we know. Possible are: %(words)s.")
            % {"word": word, "words": self.write([code for code, _name in settings.LANGUAGES])}
        )
