"""Who changed which number of places and when, as the triggers' history tells it."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from accounts.models import User
from forum.editions.models import Edition
from forum.quotas.actions import STEP, Wish
from forum.quotas.cells import Cell

REMEMBERED = 300
"""So many changes back one can undo."""

# A number's change is a snapshot that differs from the one before it. The edition's own number
# stands among everything else that is told of an edition.
_CHANGES = """
    WITH every AS (
        SELECT pgh_created_at, pgh_id, pgh_context_id, category, region_id, places AS after,
            lag(places) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS before
        FROM forum_quotaevent WHERE edition_id = %(edition)s AND organisation_id IS NULL
        UNION ALL
        SELECT pgh_created_at, pgh_id, pgh_context_id, '', NULL, capacity,
            lag(capacity) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id)
        FROM forum_editionevent WHERE pgh_obj_id = %(edition)s
    )
    SELECT every.category, every.region_id, every.before, every.after, every.pgh_created_at,
        every.pgh_context_id, context.metadata, count(*) OVER ()
    FROM every LEFT JOIN pghistory_context AS context ON context.id = every.pgh_context_id
    WHERE every.after IS DISTINCT FROM every.before
        AND (%(category)s::text IS NULL OR every.category = %(category)s)
        AND (%(region)s::bigint IS NULL OR coalesce(every.region_id, 0) = %(region)s)
    ORDER BY every.pgh_created_at DESC, every.pgh_id DESC
    LIMIT %(limit)s OFFSET %(offset)s
"""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One number, before and after. `by` is a person's id; `batch` is what was saved together."""

    cell: Cell
    before: int | None
    after: int | None
    at: dt.datetime
    batch: uuid.UUID | None
    by: int | None
    step: str
    undoes: uuid.UUID | None


class CellChanges(Sequence[CellChange]):
    """The changes of an edition's numbers, newest first, read a page at a time.

    `category` None is any, "" the numbers for all of them together; likewise `region`, an id:
    None is any, 0 all together.
    """

    def __init__(
        self, edition: Edition, *, category: str | None = None, region: int | None = None
    ) -> None:
        self.edition = edition
        self.category = category
        self.region = region

    def __len__(self) -> int:
        rows = self._rows(limit=1, offset=0)
        return int(rows[0][-1]) if rows else 0

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, int):
            return self[at : at + 1][0]
        start = at.start or 0
        rows = self._rows(limit=None if at.stop is None else at.stop - start, offset=start)
        return [_change(row) for row in rows]

    def _rows(self, *, limit: int | None, offset: int) -> list[Any]:
        told = {
            "edition": self.edition.pk,
            "category": self.category,
            "region": self.region,
            "limit": limit,
            "offset": offset,
        }
        with connection.cursor() as cursor:
            cursor.execute(_CHANGES, told)
            return cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Batch:
    """What one person saved at once."""

    id: uuid.UUID
    at: dt.datetime
    changes: tuple[CellChange, ...]

    def reversal(self) -> dict[Cell, Wish]:
        """Return what puts the former numbers back, where nobody has changed them since."""
        return {one.cell: Wish(one.before, seen=one.after) for one in self.changes}


def next_undo(edition: Edition, *, by: User) -> Batch | None:
    """Return the newest batch of `by` that still stands, undoings aside."""
    changes = CellChanges(edition)[:REMEMBERED]
    mine = [one for one in changes if one.batch and one.by == by.pk and one.step == STEP]
    taken_back = {one.undoes for one in mine if one.undoes}
    standing = [one for one in mine if not one.undoes and one.batch not in taken_back]
    if not standing:
        return None
    newest = standing[0]
    batch = tuple(one for one in standing if one.batch == newest.batch)
    return Batch(newest.batch, newest.at, batch)


def _change(row: Any) -> CellChange:
    category, region, before, after, at, batch, metadata, _count = row
    told = json.loads(metadata) if isinstance(metadata, str) else metadata or {}
    undoes = told.get("undoes")
    return CellChange(
        Cell(category, region),
        before,
        after,
        at,
        batch,
        told.get("user"),
        told.get("step", ""),
        uuid.UUID(undoes) if undoes else None,
    )
