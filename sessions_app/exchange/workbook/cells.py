"""What may stand in a cell: how it is read, what of it is refused, how it is written and shown."""

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
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from accounts.names import fold
from sessions_app.exchange.texts import plain
from sessions_app.exchange.times import read_clock, read_date, read_moment
from sessions_app.timetable.programme import language_name

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})?")
_MIDNIGHT = dt.datetime.combine(dt.date(2000, 1, 1), dt.time())
_TRUE, _FALSE = {"1", "true", "x", "+", "y", "yes"}, {"", "0", "false", "-", "–", "n", "no"}


class BadCell(ValueError):
    """The cell cannot be read; the text says why and what to do."""


def text_of(value: Any) -> str:
    """Return a cell's value as the text that a person typed; whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # Excel keeps signs that XML cannot hold as _x000D_, and an underscore before such as _x005F_.
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    return plain(text).strip()


def escaped(text: str) -> str:
    """Return `text` as it must stand in a workbook for Excel to show it as it is."""
    return _ESCAPED.sub(lambda found: f"_x005F_{found[0][1:]}", plain(text))


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
class Number:
    """A whole number within bounds, or nothing where `blank`."""

    least: int = 0
    most: int = 32767
    blank: bool = False
    number_format = "0"

    def read(self, value: Any) -> int | None:
        """Read a number, typed as a number or as text."""
        text = text_of(value)
        if not text and self.blank:
            return None
        if not re.fullmatch(r"-?[0-9]{1,12}", text):
            raise BadCell(_("There must be a whole number."))
        return int(text)

    def check(self, value: int | None) -> None:
        """Refuse what is out of bounds."""
        if value is not None and not self.least <= value <= self.most:
            raise BadCell(
                _("The number must be from %(least)d to %(most)d.")
                % {"least": self.least, "most": self.most}
            )

    def write(self, value: int | None) -> int | None:
        """Return what the cell holds."""
        return value

    def show(self, value: int | None) -> str:
        """Return it for a preview."""
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Choice:
    """One of a set of words, in any of our languages, or the word that the database keeps."""

    choices: Sequence[tuple[str, str | Promise]]
    number_format = "@"

    def read(self, value: Any) -> str:
        """Read a word; names those that are possible."""
        if (found := self._words().get(fold(text_of(value)))) is not None:
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

    def _words(self) -> dict[str, str]:
        words = {fold(value): value for value, _label in self.choices}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                words |= {fold(str(label)): value for value, label in self.choices}
        return words


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


@dataclass(frozen=True)
class Day:
    """A date."""

    number_format = "dd.mm.yyyy"

    def read(self, value: Any) -> dt.date | None:
        """Read a date, its text as 16.10.2025 or 2025-10-16, or the number that Excel keeps."""
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 1 < value < 110_000:
            return from_excel(int(value)).date()  # type: ignore[no-any-return]
        text = text_of(value)
        # Of 10/11/2025 nobody knows whether it is in October or in November.
        if text and ("/" in text or not (day := read_date(text))):
            raise BadCell(_("There must be a date, such as 16.10.2025."))
        return day if text else None

    def check(self, value: dt.date | None) -> None:
        """Whether it is one of the edition's days is asked with the time."""

    def write(self, value: dt.date | None) -> dt.date | None:
        """Return what the cell holds."""
        return value

    def show(self, value: dt.date | None) -> str:
        """Return it for a preview."""
        return date_format(value, "SHORT_DATE_FORMAT") if value else ""


@dataclass(frozen=True)
class Clock:
    """A time of day; `dated` ones may name another day than that of the row."""

    dated: bool = False
    number_format = "hh:mm"

    def read(self, value: Any) -> dt.time | dt.datetime | None:
        """Read a time, its text as 9:30, or the part of a day that Excel keeps; whole seconds."""
        if isinstance(value, dt.timedelta):
            value = value / dt.timedelta(days=1)
        if isinstance(value, dt.datetime):
            return self._moment(value)
        if isinstance(value, dt.time):
            return _second(dt.datetime.combine(dt.date.min, value)).time()
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            length = dt.timedelta(days=min(max(float(value), -1), 2))
        elif text := text_of(value):
            if (moment := read_moment(text, dt.UTC)) is not None:
                return self._moment(moment.replace(tzinfo=None))
            clock = read_clock(text)
            length = dt.timedelta(days=2) if clock is None else clock
        else:
            return None
        if not dt.timedelta() <= length < dt.timedelta(days=1):
            raise BadCell(_no_clock())
        return _second(_MIDNIGHT + length).time()

    def _moment(self, value: dt.datetime) -> dt.datetime:
        if not self.dated:
            raise BadCell(_no_clock())
        return _second(value)

    def check(self, value: Any) -> None:
        """Whether it is within the edition's days is asked with the day."""

    def write(self, value: Any) -> Any:
        """Return what the cell holds."""
        return value

    def show(self, value: dt.time | dt.datetime | None) -> str:
        """Return it for a preview."""
        if isinstance(value, dt.datetime):
            return f"{date_format(value.date(), 'SHORT_DATE_FORMAT')} {value:%H:%M}"
        return f"{value:%H:%M}" if value else ""


def _no_clock() -> str:
    return _("There must be a time of day, such as 09:30.")


def _second(moment: dt.datetime) -> dt.datetime:
    """Round to the second: a spreadsheet keeps times as fractions, and they come back inexact."""
    return (moment + dt.timedelta(microseconds=500_000)).replace(microsecond=0)


@dataclass(frozen=True)
class Reference:
    """A room, track or speaker of the same workbook or of the edition, by name or code."""

    to: str
    number_format = "@"


Cell = Text | Number | Choice | Flag | Languages | Day | Clock | Reference
