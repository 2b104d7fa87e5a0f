"""What may be done on the board: place, undo, redo. Each is one batch of the draft's changes.

Each returns the version that it made and what is wrong with the draft then, so that the board shows
it at once.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.locks import bounded_wait
from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.board.asking import Asked
from sessions_app.board.rules import checked
from sessions_app.board.undoing import Batch, next_redo, next_undo, own_batches, reversal
from sessions_app.timetable.moves import NotPlaceable, lock_draft, move_in
from sessions_app.warnings.access import Finding
from sessions_app.warnings.placing import checked_findings


@dataclass(frozen=True, slots=True)
class Done:
    """What an action left behind."""

    version: int
    findings: list[Finding]


@bounded_wait()
def place(
    edition: Edition, asked: Sequence[Asked], *, by: User, now: dt.datetime, base: int | None
) -> Done:
    """Move what is asked for, all or nothing, on the draft as `by` saw it at version `base`.

    Raises NotPlaceable, and Stale where somebody else moved one of the sessions since.
    """
    draft = lock_draft(edition)
    moves = checked(edition, asked)
    findings = checked_findings(edition, moves)
    move_in(draft, moves, by=by, now=now, base=base)
    return Done(draft.version, findings)


def undo(edition: Edition, *, by: User, now: dt.datetime) -> Done:
    """Take back the newest thing that `by` did and that still stands; raises NotPlaceable."""
    nothing = _("There is nothing of yours to take back.")
    return _take_back(edition, next_undo, by=by, now=now, nothing=nothing)


def redo(edition: Edition, *, by: User, now: dt.datetime) -> Done:
    """Do again what `by` took back last; raises NotPlaceable."""
    nothing = _("There is nothing of yours to do again.")
    return _take_back(edition, next_redo, by=by, now=now, nothing=nothing)


@bounded_wait()
def _take_back(
    edition: Edition,
    choose: Callable[[Sequence[Batch]], Batch | None],
    *,
    by: User,
    now: dt.datetime,
    nothing: str,
) -> Done:
    draft = lock_draft(edition)
    batch = choose(own_batches(edition, by))
    if batch is None:
        raise NotPlaceable(nothing)
    moves = reversal(edition, batch)
    findings = checked_findings(edition, moves)
    move_in(draft, moves, by=by, now=now, undoes=batch.id)
    return Done(draft.version, findings)
