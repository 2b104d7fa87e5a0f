"""What a workbook would change: told before it is done, row by row and cell by cell."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from sessions_app.exchange.workbook.draft import Facts
from sessions_app.exchange.workbook.reading import MOST_PROBLEMS


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs, with its values as a person reads them."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Stand:
    """Where and when a session shall stand; aware moments. `room` is a code or a row's key."""

    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(slots=True)
class RowPlan:
    """A row that is new or differs. `key` is the code, or stands for a new row until it has one.

    `times` says when a session will stand; `is_overruled`, that its end counts and not its length.
    """

    number: int
    key: str
    label: str
    is_new: bool
    wanted: Facts
    changes: dict[str, Change] = field(default_factory=dict)
    stand: Stand | None = None
    times: str = ""
    is_overruled: bool = False
    moved_meanwhile: bool = False


@dataclass(slots=True)
class SheetPlan:
    """What a sheet would change; `left_alone` is how many the file does not name."""

    title: str
    new: list[RowPlan] = field(default_factory=list)
    changed: list[RowPlan] = field(default_factory=list)
    unchanged: int = 0
    left_alone: int = 0

    @property
    def rows(self) -> list[RowPlan]:
        """What would be written."""
        return [*self.new, *self.changed]


@dataclass(slots=True)
class Plan:
    """The whole: with any problem, nothing can be done."""

    sheets: dict[str, SheetPlan] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to confirm."""
        return any(sheet.rows for sheet in self.sheets.values())

    @property
    def told(self) -> list[str]:
        """The problems that are shown; thousands would only hide the first ones."""
        return self.problems[:MOST_PROBLEMS]

    @property
    def untold(self) -> int:
        """How many problems more there are."""
        return len(self.problems) - len(self.told)

    @property
    def digest(self) -> str:
        """What tells this plan from another: a confirmed one must be the one that was shown."""
        told: list[Any] = []
        for key, sheet in self.sheets.items():
            for row in sheet.rows:
                stand = row.stand and [row.stand.room, *map(str, _times(row.stand))]
                cells = [(name, one.before, one.after) for name, one in row.changes.items()]
                told.append((key, row.key, stand, sorted(cells)))
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _times(stand: Stand) -> tuple[dt.datetime, dt.datetime]:
    return stand.starts_at.astimezone(dt.UTC), stand.ends_at.astimezone(dt.UTC)
