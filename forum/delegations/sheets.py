"""A file of delegates: read, judged row by row, and shown before anybody is registered."""

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.translation import get_language

from accounts.languages import Language
from accounts.models import Region
from accounts.tables.reading import Row, Table, read_table
from forum.delegations.access import Delegation
from forum.delegations.columns import COLUMNS, form_data, headed
from forum.delegations.foreseeing import REGISTERED, Fate, Forecast, foresee
from forum.delegations.forms import DelegateForm
from forum.delegations.rows import DelegateRow
from forum.quotas.models import Category

MOST_ROWS = 200
"""Of a file; more than any organisation sends, and registered in some seconds."""


@dataclass(frozen=True)
class Line:
    """A row as the preview shows it; `sentence` says why the person would not be registered."""

    number: int
    name: str
    email: str
    category: str
    fate: Fate
    sentence: str

    @property
    def is_double(self) -> bool:
        """Whether the contact may say that it is another person."""
        return self.fate == Fate.NAMESAKE


@dataclass(frozen=True)
class Preview:
    """What would become of each row of a file."""

    lines: list[Line]
    forecast: Forecast
    encoding: str
    unknown: list[str]

    @property
    def able(self) -> int:
        """How many would be registered."""
        return len(self.forecast.able)

    @property
    def refused(self) -> int:
        """How many would not."""
        return len(self.lines) - self.able

    @property
    def doubles(self) -> int:
        """How many may be registered if the contact says so."""
        return self.forecast.count(Fate.NAMESAKE)

    @property
    def is_done(self) -> bool:
        """Whether everybody of the file is in the list."""
        return bool(self.lines) and self.forecast.count(Fate.ALREADY) == len(self.lines)

    @property
    def digest(self) -> str:
        """Name all that was shown."""
        told = repr([(one.number, one.fate, one.sentence) for one in self.lines])
        return hashlib.sha256((self.forecast.digest + told).encode()).hexdigest()

    def chosen(self, others: Collection[int]) -> list[DelegateRow]:
        """Return who is to be registered; `others` are rows that are no doubles after all."""
        return [
            one.row if one.fate in REGISTERED else replace(one.row, is_another=True)
            for one in self.forecast.each
            if one.fate in REGISTERED or (one.fate == Fate.NAMESAKE and one.row.number in others)
        ]


def preview(
    content: bytes, delegation: Delegation, *, region: Region | None, now: dt.datetime
) -> Preview:
    """Read a file and tell what would become of each row; raises UnreadableTable."""
    table = read_table(content, headed=headed, most_rows=MOST_ROWS)
    good, wrong = _judged(table, delegation)
    forecast = foresee(delegation.edition, delegation.organisation, good, region=region, now=now)
    lines = [*wrong, *(_line(one.row, one.fate, one.sentence) for one in forecast.each)]
    lines.sort(key=lambda line: line.number)
    return Preview(lines, forecast, table.encoding, table.unknown)


def _judged(table: Table, delegation: Delegation) -> tuple[list[DelegateRow], list[Line]]:
    """Part the rows that can be understood from those that cannot."""
    language = get_language() or Language.KAZAKH.value
    good, wrong = [], []
    for row in table.rows:
        told = form_data(row, organisation=delegation.organisation, language=language)
        form = DelegateForm(told, organisation=delegation.organisation)
        sentences = _refusals(row, form)
        if sentences:
            wrong.append(_unread(row, " ".join(sentences)))
        else:
            good.append(form.row(row.number))
    return good, wrong


def _refusals(row: Row, form: DelegateForm) -> list[str]:
    """Say of each column what is wrong in it."""
    said = []
    for column in COLUMNS:
        sentence = row.refused.get(column.key) or " ".join(
            map(str, form.errors.get(column.key, ()))
        )
        if sentence:
            said.append(f"{column.heading}: {sentence}")
    return said


def _line(row: DelegateRow, fate: Fate, sentence: str) -> Line:
    category = str(Category(row.category).label)
    return Line(row.number, row.full_name, row.email, category, fate, sentence)


def _unread(row: Row, sentence: str) -> Line:
    names = [row.cells.get(name, "") for name in ("family_name", "given_name", "patronymic")]
    name, email = " ".join(filter(None, names))[:100], row.cells.get("email", "")[:100]
    return Line(row.number, name, email, row.cells.get("category", "")[:60], Fate.WRONG, sentence)
