"""Compares a workbook with the draft: what is new, what differs, what is wrong and where."""

import datetime as dt
import functools
import re
from collections import defaultdict
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.tables.values import BadCell, text_of
from sessions_app.exchange.texts import cut
from sessions_app.exchange.workbook.cells import Reference
from sessions_app.exchange.workbook.draft import (
    Directory,
    Facts,
    Read,
    blank_facts,
    directories,
    first_of,
    names_of,
)
from sessions_app.exchange.workbook.plan import Change, Plan, RowPlan, SheetPlan
from sessions_app.exchange.workbook.reading import Row, Table, Workbook, problem_at
from sessions_app.exchange.workbook.sheets import ROLE, ROLES, SHEETS, SPEAKER, Column
from sessions_app.exchange.workbook.standing import PLACE, Misplaced, length_of, span_of, stand_of
from sessions_app.exchange.workbook.words import Text
from sessions_app.exchange.workbook.writing import too_long
from sessions_app.sessions.models import Role
from sessions_app.timetable.log import DraftChange
from sessions_app.timetable.spans import short_span

NAMED_BY = {
    "rooms": ("name",),
    "tracks": ("name",),
    "speakers": ("given_name", "family_name"),
    "sessions": ("title",),
}
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")
People = list[tuple[str, str]]


def compare(read: Read, book: Workbook) -> Plan:
    """Tell what the workbook would change in the draft; writes nothing."""
    plan = Plan(problems=list(book.problems), notes=list(book.notes))
    titles = {sheet.key: str(sheet.title) for sheet in SHEETS}
    titles |= {key: table.title for key, table in book.tables.items()}
    names = directories(read, titles)
    moved = _moved_since(read, book.version)
    # Sessions come last: their cells name what the other sheets bring.
    for key in ("rooms", "tracks", "speakers", "sessions"):
        if table := book.tables.get(key):
            plan.sheets[key] = _Comparison(read, table, names, moved, plan.problems).run()
    return plan


def _moved_since(read: Read, version: int | None) -> set[int]:
    """Return the sessions that were moved in the draft after the file was taken from it."""
    if version is None or version >= read.version:
        return set()
    changes = DraftChange.objects.filter(edition=read.edition, number__gt=version)
    return set(changes.values_list("session_id", flat=True))


@functools.cache
def _markers() -> set[str]:
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(too_long())
    return found


class _Comparison:
    """One sheet's rows beside what the draft has."""

    def __init__(
        self,
        read: Read,
        table: Table,
        names: dict[str, Directory],
        moved: set[int],
        problems: list[str],
    ) -> None:
        self.read, self.table, self.names = read, table, names
        self.moved, self.problems = moved, problems
        self.key = table.sheet.key
        self.things: dict[str, Any] = getattr(read, self.key)
        self.columns = [
            column
            for column in table.sheet.columns
            if column.key in table.headings and column.key != "code"
        ]
        self.plan = SheetPlan(table.title)

    def run(self) -> SheetPlan:
        """Compare every row."""
        rows_by_code: dict[str, int] = {}
        for row in self.table.rows:
            if code := text_of(row.cells.get("code")):
                if code in rows_by_code:
                    self._refuse(
                        row,
                        "code",
                        _("The code “%(code)s” stands in row %(row)d already.")
                        % {"code": cut(code, 60), "row": rows_by_code[code]},
                    )
                rows_by_code.setdefault(code, row.number)
        unnamed = self._unnamed(rows_by_code)
        met: set[str] = set()
        for row in self.table.rows:
            if code := text_of(row.cells.get("code")):
                if rows_by_code[code] == row.number:
                    met.add(code)
                    self._compare(row, code)
            else:
                facts = self._facts(row, blank_facts(self.key), told=False)
                alike = unnamed.get(self._identity(facts), [])
                code = alike.pop(0) if alike else ""
                met.add(code)
                self._compare(row, code)
        self.plan.left_alone = len(self.things.keys() - met)
        return self.plan

    def _unnamed(self, named: dict[str, int]) -> dict[Any, list[str]]:
        """Return what no code of the file names, by what tells it: a file read twice adds none."""
        found: dict[Any, list[str]] = defaultdict(list)
        for code, thing in self.things.items():
            if code not in named:
                found[self._identity(self.read.facts(self.key, thing))].append(code)
        return found

    def _identity(self, facts: Facts) -> tuple[Any, ...]:
        fields = [name for name in facts if name.rpartition("_")[0] in NAMED_BY[self.key]]
        place = ("room", "day", "start") if self.key == "sessions" else ()
        return tuple(facts[name] for name in (*sorted(fields), *place))

    def _compare(self, row: Row, code: str) -> None:
        thing: Any = self.things.get(code)
        if code and thing is None and not self._may_be_new(row, code):
            return
        before = self.read.facts(self.key, thing) if thing else blank_facts(self.key)
        wanted = self._facts(row, before, is_new=thing is None)
        plan = RowPlan(row.number, code or f"row:{row.number}", "", thing is None, wanted)
        if self.key == "sessions":
            self._place(row, before, plan)
        plan.label = cut(first_of(wanted, *NAMED_BY[self.key]), 120) or code
        if not first_of(wanted, *NAMED_BY[self.key]) and not row.refused:
            self._refuse_nameless(row)
        self._note_changes(before, plan)
        if self.key in self.names:
            names = names_of(wanted, *NAMED_BY[self.key])
            self.names[self.key].add(plan.key, plan.label, names)
        if plan.is_new:
            self.plan.new.append(plan)
        elif plan.changes:
            plan.moved_meanwhile = thing.pk in self.moved and bool(set(PLACE) & set(plan.changes))
            self.plan.changed.append(plan)
        else:
            self.plan.unchanged += 1

    def _may_be_new(self, row: Row, code: str) -> bool:
        if self.key in {"rooms", "tracks"} and _SLUG.fullmatch(code):
            return True
        sentence = (
            _("A code has up to 60 Latin letters, digits, hyphens and underscores.")
            if self.key in {"rooms", "tracks"}
            else _("Nothing has the code “%(code)s”. Leave the cell empty for something new.")
            % {"code": cut(code, 60)}
        )
        self._refuse(row, "code", sentence)
        return False

    def _facts(self, row: Row, before: Facts, *, is_new: bool = True, told: bool = True) -> Facts:
        """Return what the row wants; where a cell cannot be read, what was before."""
        wanted = dict(before)
        for column in self.columns:
            raw = row.cells.get(column.key)
            if (raw is None and is_new) or column.key in row.refused:
                continue
            if isinstance(column.cell, Text) and raw in _markers():
                continue
            try:
                value = self._read_cell(column, raw)
                if value != before[column.key]:
                    if not isinstance(column.cell, Reference):
                        column.cell.check(value)
                    wanted[column.key] = value
            except BadCell as error:
                if told:
                    self._refuse(row, column.key, str(error))
        if self.key == "sessions" and told:
            wanted["speakers"] = self._people(row, before["speakers"])
        return wanted

    def _read_cell(self, column: Column, raw: Any) -> Any:
        if isinstance(column.cell, Reference):
            text = text_of(raw)
            return self.names[column.cell.to].find(text) if text else ""
        return column.cell.read(raw)

    def _people(self, row: Row, before: People) -> People:
        """Read who is in a session; whom the file has no columns for stays."""
        pairs = {
            int(key.rpartition("_")[2])
            for key in self.table.headings
            if key.startswith(f"{SPEAKER.key}_")
        }
        found: dict[str, str] = {}
        for pair in range(1, max(len(before), *pairs, 0) + 1) if pairs else ():
            if pair not in pairs or f"{SPEAKER.key}_{pair}" in row.refused:
                found |= dict(before[pair - 1 : pair])
            else:
                self._read_pair(row, pair, before, found)
        return list(found.items()) if pairs else before

    def _read_pair(self, row: Row, pair: int, before: People, found: dict[str, str]) -> None:
        cells, column = row.pairs.get(pair, {}), SPEAKER
        name, role = text_of(cells.get(SPEAKER.key)), text_of(cells.get(ROLE.key))
        try:
            key = self.names["speakers"].find(name) if name else ""
            if key in found:
                raise BadCell(_("“%(name)s” is in this session twice.") % {"name": name})
            column = ROLE
            if role and not key:
                raise BadCell(_("There is a role without a speaker."))
            if key:
                found[key] = ROLES.read(role) if role else self._role(key, before, pair)
        except BadCell as error:
            self._refuse(row, f"{column.key}_{pair}", str(error))

    def _role(self, key: str, before: People, pair: int) -> str:
        """Return the role where the cell is empty; without the column, it stays as it was."""
        has_column = f"{ROLE.key}_{pair}" in self.table.headings
        return Role.SPEAKER if has_column else dict(before).get(key, Role.SPEAKER)

    def _place(self, row: Row, before: Facts, plan: RowPlan) -> None:
        wanted = plan.wanted
        if all(wanted[name] == before[name] for name in PLACE):
            if wanted["minutes"] != before["minutes"]:
                self._tell_times(plan)
            return
        has_end = "end" in self.table.headings
        length = dt.timedelta(minutes=wanted["minutes"]) if has_end else length_of(before)
        if not has_end:
            wanted["end"] = None
        try:
            plan.stand, wanted["end"] = stand_of(
                self.read.edition, wanted, before=before, length=length
            )
        except Misplaced as error:
            self._refuse(row, error.column, str(error))
        else:
            self._tell_times(plan)

    def _tell_times(self, plan: RowPlan) -> None:
        """Say when the session will stand, and for how long, whatever the cells leave out."""
        if not (span := span_of(plan.wanted)):
            return
        minutes = int((span[1] - span[0]).total_seconds() // 60)
        plan.times = _("In the timetable: %(time)s, %(minutes)s min.") % {
            "time": short_span(*span),
            "minutes": minutes,
        }
        plan.is_overruled = "minutes" in self.table.headings and plan.wanted["minutes"] != minutes

    def _note_changes(self, before: Facts, plan: RowPlan) -> None:
        for column in self.table.sheet.columns:
            old, new = before.get(column.key), plan.wanted.get(column.key)
            if column.key != "code" and old != new:
                plan.changes[column.key] = Change(
                    self.table.headings.get(column.key, column.heading),
                    self._show(column, old),
                    self._show(column, new),
                )
        if self.key == "sessions" and before["speakers"] != plan.wanted["speakers"]:
            plan.changes["speakers"] = Change(
                _("Speakers"),
                self._show_people(before["speakers"]),
                self._show_people(plan.wanted["speakers"]),
            )

    def _show(self, column: Column, value: Any) -> str:
        if isinstance(column.cell, Reference):
            return self.names[column.cell.to].label(value)
        return column.cell.show(value)

    def _show_people(self, people: People) -> str:
        return ", ".join(
            f"{self.names['speakers'].label(key)} ({ROLES.show(role).lower()})"
            for key, role in people
        )

    def _refuse_nameless(self, row: Row) -> None:
        key = next(
            (c.key for c in self.columns if c.key.rpartition("_")[0] in NAMED_BY[self.key]), ""
        )
        self._refuse(row, key, _("There must be something in at least one language."))

    def _refuse(self, row: Row, key: str, sentence: str) -> None:
        heading = self.table.headings.get(key) or next(
            (column.heading for column in self.table.sheet.columns if column.key == key), key
        )
        self.problems.append(problem_at(self.table, row.number, heading, sentence))
