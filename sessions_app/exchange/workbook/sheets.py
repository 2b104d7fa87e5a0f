"""The sheets and columns of the workbook, and how their headings are recognised."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.languages import Language
from accounts.names import fold
from sessions_app.exchange.workbook.cells import Cell, Number, Reference
from sessions_app.exchange.workbook.clocks import Clock, Day
from sessions_app.exchange.workbook.words import Choice, Email, Flag, Languages, Text
from sessions_app.sessions.models import LONGEST, SHORTEST, Kind, Role, Track

MOST_PAIRS = 99
"""Of speakers and roles in one session."""
_NUMBERED = re.compile(r"(.+?)\s*([1-9][0-9]?)")


@dataclass(frozen=True)
class Column:
    """A column; `key` is the model's field where it is one."""

    key: str
    title: str | Promise
    cell: Cell
    width: int = 14
    language: str = ""

    @property
    def heading(self) -> str:
        """The heading in the language that is active."""
        return f"{self.title} ({self.language})" if self.language else str(self.title)


def _translated(field: str, title: Promise, most: int, width: int) -> Iterator[Column]:
    for language in Language.values:
        yield Column(f"{field}_{language}", title, Text(most), width, language)


_EQUIPMENT = (
    Column("sign_language", _("Sign language"), Flag()),
    Column("hearing_loop", _("Hearing loop"), Flag()),
    Column("step_free", _("Step-free access"), Flag()),
    Column("stream", _("Live broadcast"), Flag()),
)
SESSIONS = (
    Column("code", _("Code"), Text(12), 10),
    *_translated("title", _("Title"), 300, 40),
    *_translated("subtitle", _("Subtitle"), 300, 24),
    *_translated("abstract", _("Summary"), 0, 40),
    Column("kind", _("Kind"), Choice(Kind.choices), 20),
    Column("track", _("Track"), Reference("tracks"), 24),
    Column("room", _("Room"), Reference("rooms"), 20),
    Column("day", _("Day"), Day(), 12),
    Column("start", _("Start"), Clock(), 8),
    Column("end", _("End"), Clock(dated=True), 8),
    Column("minutes", _("Length in minutes"), Number(SHORTEST, LONGEST), 10),
    Column("working_languages", _("Working languages"), Languages(), 20),
    Column("interpretation_languages", _("Interpretation into"), Languages(), 20),
    *_EQUIPMENT,
    Column("expected_audience", _("Expected audience"), Number(0, 2**31 - 1, blank=True), 12),
    Column("cancelled", _("Cancelled"), Flag(), 10),
)
ROOMS = (
    Column("code", _("Code"), Text(60), 14),
    *_translated("name", pgettext_lazy("of a room or track", "Name"), 200, 28),
    Column("capacity", _("Seats"), Number(0, 2**31 - 1, blank=True), 8),
    Column("interpretation_languages", _("Interpretation into"), Languages(), 20),
    *_EQUIPMENT,
    Column("building", _("Building"), Text(200), 24),
    Column("shared", _("Shared"), Flag()),
    Column("position", pgettext_lazy("in an order", "Position"), Number(), 8),
)
TRACKS = (
    Column("code", _("Code"), Text(60), 14),
    *_translated("name", pgettext_lazy("of a room or track", "Name"), 200, 36),
    Column("colour", _("Colour"), Number(1, Track.COLOURS), 8),
    Column("position", pgettext_lazy("in an order", "Position"), Number(), 8),
)
SPEAKERS = (
    Column("code", _("Code"), Text(12), 10),
    *_translated("given_name", _("Given name"), 200, 20),
    *_translated("family_name", _("Surname"), 100, 20),
    *_translated("position", _("Job title"), 300, 36),
    *_translated("biography", _("Biography"), 0, 40),
    Column("email", _("E-mail"), Email(254), 26),
    Column("language", _("Language of letters"), Choice(Language.choices), 12),
)
NEEDED = {"sessions": ("code", "title", "room", "day", "start")}
"""What a sheet must have: a session without it would be taken for another, or stay where it was."""
SPEAKER = Column("speaker", _("Speaker"), Reference("speakers"), 28)
ROLES = Choice(Role.choices)
ROLE = Column("role", _("Role"), ROLES, 16)


@dataclass(frozen=True)
class Sheet:
    """A sheet; `key` names it in the code."""

    key: str
    title: str | Promise
    columns: tuple[Column, ...]


SHEETS = (
    Sheet("sessions", _("Sessions"), SESSIONS),
    Sheet("rooms", _("Rooms"), ROOMS),
    Sheet("tracks", _("Tracks"), TRACKS),
    Sheet("speakers", _("Speakers"), SPEAKERS),
)
ABOUT = Sheet("about", _("How to fill it in"), ())
LISTS = Sheet("lists", _("Lists"), ())


def sheet_named(title: str) -> Sheet | None:
    """Return the sheet that is called so in one of our languages."""
    return _sheets().get(fold(title))


def column_headed(sheet: Sheet, heading: str) -> tuple[Column, int] | None:
    """Return the column under a heading in any language; of speakers and roles, with its number."""
    folded = fold(heading)
    if found := _headings(sheet.key).get(folded):
        return found, 0
    numbered = _NUMBERED.fullmatch(folded)
    if sheet.key == "sessions" and numbered and int(numbered[2]) <= MOST_PAIRS:
        for column in (SPEAKER, ROLE):
            if numbered[1] in _in_each_language(column):
                return column, int(numbered[2])
    return None


@functools.cache
def _sheets() -> dict[str, Sheet]:
    found: dict[str, Sheet] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {fold(str(sheet.title)): sheet for sheet in (*SHEETS, ABOUT, LISTS)}
    return found


@functools.cache
def _headings(key: str) -> dict[str, Column]:
    columns = next(sheet.columns for sheet in SHEETS if sheet.key == key)
    return {heading: column for column in columns for heading in _in_each_language(column)}


def _in_each_language(column: Column) -> set[str]:
    headings = {fold(column.key)}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            headings.add(fold(column.heading))
    return headings
