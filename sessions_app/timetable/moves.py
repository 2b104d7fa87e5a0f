"""Moves in the draft: several at once, on the version that their maker saw, or not at all."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.locks import bounded_wait
from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.sessions.models import LONGEST, SHORTEST, Session
from sessions_app.timetable.log import Draft, DraftChange
from sessions_app.timetable.models import Placement, Room


class NotPlaceable(ValueError):
    """The session cannot stand there; the text says why."""


class Stale(ValueError):
    """Somebody else moved one of the sessions meanwhile; `meanwhile` says how."""

    def __init__(self, meanwhile: list[DraftChange]) -> None:
        super().__init__(
            _("Somebody moved this meanwhile; nothing was changed. Look at it and move it again.")
        )
        self.meanwhile = meanwhile


@dataclass(frozen=True, slots=True)
class Spot:
    """A room and a time of the draft; aware moments."""

    room: Room
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Move:
    """A session's new spot; without one it goes back to what is not placed."""

    session: Session
    to: Spot | None


Guard = Callable[[Edition, Sequence[Move]], object]
guards: list[Guard] = []
"""What features above ask of every `move`: each raises NotPlaceable for what it does not allow."""


@bounded_wait()
def move(
    edition: Edition,
    moves: Sequence[Move],
    *,
    by: User | None,
    now: dt.datetime,
    base: int | None = None,
    undoes: uuid.UUID | None = None,
) -> uuid.UUID:
    """Carry out all `moves`, or none, as one batch; return the batch's id.

    `base` is the version of the draft that the mover saw: raises Stale where a session of these was
    moved since. Raises NotPlaceable, also for what one of the `guards` does not allow.
    """
    draft = lock_draft(edition)
    for guard in guards:
        guard(edition, moves)
    return move_in(draft, moves, by=by, now=now, base=base, undoes=undoes)


def move_in(
    draft: Draft,
    moves: Sequence[Move],
    *,
    by: User | None,
    now: dt.datetime,
    base: int | None = None,
    undoes: uuid.UUID | None = None,
) -> uuid.UUID:
    """Do what `move` does for whom holds the lock of `draft`, and bring its version up to date.

    Without asking the guards: those who call it have asked already, and want their answers.
    """
    if base is not None:
        _refuse_stale(draft, moves, base=base)
    for one in moves:
        _refuse_impossible(draft, one)
    _write(moves)
    batch = uuid.uuid4()
    made = DraftChange.objects.filter(edition=draft.pk, number__gt=draft.version)
    draft.version += made.update(by=by, at=now, batch=batch, undoes=undoes)
    return batch


def lock_draft(edition: Edition) -> Draft:
    """Return the edition's draft, locked until the transaction ends."""
    rows = Draft.objects.select_for_update().filter(pk=edition.pk)
    if found := rows.first():
        return found
    Draft.objects.bulk_create([Draft(edition=edition)], ignore_conflicts=True)
    return rows.get()


def _refuse_stale(draft: Draft, moves: Iterable[Move], *, base: int) -> None:
    if base > draft.version:
        # A version that never was: of another server, or from before a backup was put back.
        raise Stale([])
    meanwhile = DraftChange.objects.filter(
        edition=draft.pk, number__gt=base, session__in=[one.session for one in moves]
    ).select_related("session", "room_after", "by")
    if found := list(meanwhile):
        raise Stale(found)


def _refuse_impossible(draft: Draft, one: Move) -> None:
    if one.session.edition_id != draft.pk:
        raise NotPlaceable(
            _("This session belongs to another edition. Choose one of this edition.")
        )
    if one.to is None:
        return
    if one.to.room.edition_id != draft.pk:
        raise NotPlaceable(_("This room belongs to another edition. Choose one of this edition."))
    if one.to.ends_at <= one.to.starts_at:
        raise NotPlaceable(_("The session ends before it starts. Give it a later end."))


def _write(moves: Sequence[Move]) -> None:
    taken_out = Placement.objects.filter(session__in=[m.session for m in moves if m.to is None])
    _keep_lengths(taken_out.select_related("session"))
    taken_out.delete()
    Placement.objects.bulk_create(
        [
            Placement(
                session=one.session,
                room=one.to.room,
                starts_at=one.to.starts_at,
                ends_at=one.to.ends_at,
            )
            for one in moves
            if one.to is not None
        ],
        update_conflicts=True,
        unique_fields=["session"],
        update_fields=["room", "starts_at", "ends_at"],
    )


def _keep_lengths(taken_out: Iterable[Placement]) -> None:
    """Let each session that goes back to the tray be as long as it stood in the draft."""
    changed = []
    for placement in taken_out:
        length = placement.ends_at - placement.starts_at
        minutes = min(max(length // dt.timedelta(minutes=1), SHORTEST), LONGEST)
        if placement.session.minutes != minutes:
            placement.session.minutes = minutes
            changed.append(placement.session)
    Session.objects.bulk_update(changed, ["minutes"])
