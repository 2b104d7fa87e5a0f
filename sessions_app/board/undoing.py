"""Which of one's own batches of moves is next to be taken back, or to be done again."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.board.rules import refuse_cancelled
from sessions_app.timetable.log import DraftChange
from sessions_app.timetable.models import Placement
from sessions_app.timetable.moves import Move, NotPlaceable, Spot

REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """What one person did in one gesture; `undoes` is the batch that it took back."""

    id: uuid.UUID
    undoes: uuid.UUID | None


def own_batches(edition: Edition, by: User) -> list[Batch]:
    """Return what `by` did to the draft, the newest first."""
    rows = DraftChange.objects.filter(edition=edition, by=by, batch__isnull=False).order_by()
    grouped = rows.values("batch", "undoes").annotate(last=Max("number")).order_by("-last")
    return [Batch(row["batch"], row["undoes"]) for row in grouped[:REMEMBERED] if row["batch"]]


def next_undo(batches: Sequence[Batch]) -> Batch | None:
    """Return the newest gesture that still stands."""
    return next((one for one in _standing(batches) if one.undoes is None), None)


def next_redo(batches: Sequence[Batch]) -> Batch | None:
    """Return the newest undoing that still stands; a new gesture after it ends its time."""
    gestures = {one.id for one in batches if one.undoes is None}
    undoings = {one.id for one in batches if one.undoes in gestures}
    newest = next((place for place, one in enumerate(batches) if one.id in gestures), None)
    return next((one for one in _standing(batches[:newest]) if one.id in undoings), None)


def _standing(batches: Sequence[Batch]) -> Iterator[Batch]:
    """Yield what was not taken back; what takes something back always comes after it."""
    taken_back: set[uuid.UUID] = set()
    for one in batches:
        if one.id in taken_back:
            continue
        if one.undoes:
            taken_back.add(one.undoes)
        yield one


def reversal(edition: Edition, batch: Batch) -> list[Move]:
    """Return the moves that put a batch's sessions back; the draft's row is locked.

    Raises NotPlaceable where somebody moved one of them since, or its room is gone.
    """
    changes = DraftChange.objects.filter(edition=edition, batch=batch.id).order_by("number")
    first: dict[int, DraftChange] = {}
    last: dict[int, DraftChange] = {}
    for change in changes.select_related("session", "room_before"):
        first.setdefault(change.session_id, change)
        last[change.session_id] = change
    stands = {
        placement.session_id: (placement.room_id, placement.starts_at, placement.ends_at)
        for placement in Placement.objects.filter(session__in=first)
    }
    for pk, change in last.items():
        after = (change.room_after_id, change.starts_after, change.ends_after)
        if stands.get(pk, (None, None, None)) != after:
            raise NotPlaceable(_moved_since(edition, change))
    return [_back(change) for change in first.values()]


def _back(change: DraftChange) -> Move:
    refuse_cancelled(change.session)
    if change.starts_before is None or change.ends_before is None:
        return Move(change.session, None)
    if change.room_before is None:
        raise NotPlaceable(
            _("The room in which “%(session)s” stood is gone, so it cannot be put back.")
            % {"session": change.session.title}
        )
    return Move(change.session, Spot(change.room_before, change.starts_before, change.ends_before))


def _moved_since(edition: Edition, change: DraftChange) -> str:
    newer = DraftChange.objects.filter(
        Q(number__gt=change.number), edition=edition, session=change.session_id
    )
    latest = newer.select_related("by").order_by("-number").first()
    if latest is None or latest.by is None:
        return _("“%(session)s” was moved since, so this is not taken back.") % {
            "session": change.session.title
        }
    return _("%(who)s moved “%(session)s” since, so this is not taken back.") % {
        "who": latest.by,
        "session": change.session.title,
    }
