"""What the board accepts of a move, beyond what the draft itself refuses."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from forum.editions.models import Edition
from sessions_app.board.asking import Asked
from sessions_app.board.days import span_of
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Placement, Room
from sessions_app.timetable.moves import Move, NotPlaceable, Spot
from sessions_app.timetable.steps import refuse_off_steps


def checked(edition: Edition, asked: Sequence[Asked]) -> list[Move]:
    """Find the sessions and rooms that are meant; raise NotPlaceable for what cannot be."""
    codes = [one.session for one in asked]
    if len(set(codes)) < len(codes):
        raise NotPlaceable(_("A session can be moved only to one place at once."))
    sessions = {
        session.code: session
        for session in Session.objects.filter(edition=edition, code__in=codes).select_related(
            "placement"
        )
    }
    wanted = {one.room for one in asked if one.room is not None}
    rooms = {room.code: room for room in Room.objects.filter(edition=edition, code__in=wanted)}
    return [_checked(edition, one, sessions, rooms) for one in asked]


def refuse_cancelled(session: Session) -> None:
    """Raise NotPlaceable where the session is cancelled: it stays where the public knew it."""
    if session.cancelled_at is not None:
        raise NotPlaceable(
            _("“%(session)s” is cancelled and cannot be moved.") % {"session": session.title}
        )


def _checked(
    edition: Edition, asked: Asked, sessions: dict[str, Session], rooms: dict[str, Room]
) -> Move:
    session = sessions.get(asked.session)
    if session is None:
        raise NotPlaceable(_("There is no such session in this edition."))
    refuse_cancelled(session)
    if asked.room is None or asked.starts_at is None:
        return Move(session, None)
    room = rooms.get(asked.room)
    if room is None:
        raise NotPlaceable(_("There is no such room in this edition."))
    to = Spot(room, asked.starts_at, asked.starts_at + dt.timedelta(minutes=asked.minutes))
    _refuse_times(edition, session, to)
    return Move(session, to)


def _refuse_times(edition: Edition, session: Session, to: Spot) -> None:
    """Refuse new times between the steps or outside the days; those of an import may stay."""
    stood: Placement | None = getattr(session, "placement", None)
    was = (stood.starts_at, stood.ends_at) if stood else None
    refuse_off_steps(edition, (to.starts_at, to.ends_at), was=was)
    first, last = span_of(edition)
    if was != (to.starts_at, to.ends_at) and not (first <= to.starts_at and to.ends_at <= last):
        raise NotPlaceable(_("This is outside the days of the forum. Choose one of its days."))
