"""What happened to a record: the triggers' snapshots, read as changes."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from django.db.models import Field, ForeignKey, Model
from django.utils.formats import localize
from django.utils.timezone import template_localtime
from django.utils.translation import gettext as _

from accounts.users.models import User


@dataclass(frozen=True)
class FieldChange:
    """One field's values before and after, in words."""

    name: str
    label: str
    before: str
    after: str


@dataclass
class Change:
    """One write: when, by whom (nobody: the system), and what became different."""

    at: dt.datetime
    by: User | None
    is_first: bool
    fields: list[FieldChange] = field(default_factory=list)


class History(Sequence[Change]):
    """A record's changes, newest first, read a page at a time."""

    def __init__(self, obj: Model) -> None:
        model: Any = type(obj)
        self.events = model.pgh_event_model.objects.filter(pgh_obj_id=obj.pk).order_by("-pgh_id")
        tracked = {one.name for one in model.pgh_event_model._meta.fields}
        self.columns = [
            one
            for one in model._meta.concrete_fields
            if one.name in tracked and not one.primary_key and not _is_original(one)
        ]

    def __len__(self) -> int:
        return int(self.events.count())

    @overload
    def __getitem__(self, at: int) -> Change: ...
    @overload
    def __getitem__(self, at: slice) -> "Page": ...
    def __getitem__(self, at: int | slice) -> "Change | Page":
        if isinstance(at, int):
            return Page(self, slice(at, at + 1))[0]
        return Page(self, at)


class Page(Sequence[Change]):
    """Some of a history's changes."""

    def __init__(self, history: History, part: slice) -> None:
        # One more than is shown: what the oldest shown one changed.
        stop = None if part.stop is None else part.stop + 1
        rows = list(history.events.select_related("pgh_context")[part.start : stop])
        size = len(rows) if part.stop is None else part.stop - (part.start or 0)
        names = _Names(history.columns, rows)
        self.changes = [
            names.change(row, rows[place + 1] if place + 1 < len(rows) else None)
            for place, row in enumerate(rows[:size])
        ]

    def hide(self, hidden: Iterable[str]) -> None:
        """Leave out the changes of some fields."""
        unseen = set(hidden)
        for change in self.changes:
            change.fields = [one for one in change.fields if one.name not in unseen]

    def __len__(self) -> int:
        return len(self.changes)

    def __getitem__(self, at: Any) -> Any:
        return self.changes[at]


class _Names:
    """Puts values into words, with one query a related table."""

    def __init__(self, columns: list[Field], rows: list[Any]) -> None:
        self.columns = columns
        self.related = {
            column.attname: column.related_model._base_manager.in_bulk(
                {value for row in rows if (value := getattr(row, column.attname)) is not None}
            )
            for column in columns
            if isinstance(column, ForeignKey)
        }
        self.people = User.objects.in_bulk({who for row in rows if (who := _who(row))})

    def change(self, row: Any, older: Any) -> Change:
        changed = [
            FieldChange(
                column.name,
                str(column.verbose_name),
                self._word(column, getattr(older, column.attname)) if older else "",
                self._word(column, getattr(row, column.attname)),
            )
            for column in self.columns
            if older is None or getattr(older, column.attname) != getattr(row, column.attname)
        ]
        shown = [one for one in changed if one.after or one.before]
        return Change(row.pgh_created_at, self.people.get(_who(row)), older is None, shown)

    def _word(self, column: Field, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(column, ForeignKey):
            return str(self.related[column.attname].get(value, value))
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, list):
            return ", ".join(str(one) for one in value)
        if choices := dict(column.flatchoices):
            return str(choices.get(value, value))
        return str(localize(template_localtime(value)))


def changes_of(obj: Model) -> History:
    """Return the changes of a tracked record, newest first."""
    return History(obj)


def _who(row: Any) -> int | None:
    return row.pgh_context.metadata.get("user") if row.pgh_context else None


def _is_original(column: Field) -> bool:
    """Tell whether a column merely repeats its Kazakh one, as modeltranslation keeps it."""
    return any(one.name == f"{column.name}_kk" for one in column.model._meta.concrete_fields)
