"""What may stand in a cell: how it is read, what of it is refused, how it is written and shown."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.tables.values import BadCell, text_of
from sessions_app.exchange.workbook.clocks import Clock, Day
from sessions_app.exchange.workbook.words import Choice, Flag, Languages, Text


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
class Reference:
    """A room, track or speaker of the same workbook or of the edition, by name or code."""

    to: str
    number_format = "@"


Cell = Text | Number | Choice | Flag | Languages | Day | Clock | Reference
