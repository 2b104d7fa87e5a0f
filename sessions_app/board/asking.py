"""What a browser asks of the board: moves as JSON, read without trusting any of it."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forum.editions.models import Edition
from sessions_app.sessions.models import LONGEST
from sessions_app.timetable.moves import NotPlaceable

MOST_MOVES = 200
_CODE = re.compile(r"[-\w]{1,60}")
_BIGGEST = 2**63 - 1


class Unreadable(ValueError):
    """What came is not JSON of moves; the text says so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A session's wished place, by codes. Without a room it goes back to what is not placed."""

    session: str
    room: str | None = None
    starts_at: dt.datetime | None = None
    minutes: int = 0


def read_moves(edition: Edition, body: bytes) -> tuple[int, list[Asked]]:
    """Read `{"base": 7, "moves": [{"session", "room", "start", "minutes"}]}`.

    Raises Unreadable where it is nothing of the kind, and NotPlaceable where it asks for nonsense.
    """
    try:
        told = json.loads(body)
        base, moves = told["base"], told["moves"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable(_("The board could not read this. Reload the page.")) from error
    if type(base) is not int or not 0 <= base <= _BIGGEST or not isinstance(moves, list):
        raise Unreadable(_("The board could not read this. Reload the page."))
    if len(moves) > MOST_MOVES:
        raise NotPlaceable(
            _("At most %(most)s sessions can be moved at once. Move fewer.") % {"most": MOST_MOVES}
        )
    return base, [_read(edition, one) for one in moves]


def read_count(text: str | None) -> int | None:
    """Read a number from 0 up that PostgreSQL can hold; None where it is none."""
    if text is None or not re.fullmatch(r"[0-9]{1,18}", text, re.ASCII):
        return None
    return int(text)


def is_code(value: object) -> bool:
    """Whether this could be the code of a session or a room."""
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _read(edition: Edition, one: Any) -> Asked:
    if not isinstance(one, dict) or not is_code(one.get("session")):
        raise NotPlaceable(_("There is no such session in this edition."))
    room = one.get("room")
    if room is None:
        return Asked(one["session"])
    if not is_code(room):
        raise NotPlaceable(_("There is no such room in this edition."))
    minutes = one.get("minutes")
    if type(minutes) is not int or not 0 < minutes <= LONGEST:
        raise NotPlaceable(_("A session lasts at least 5 minutes and at most 24 hours."))
    return Asked(one["session"], room, _read_moment(edition, one.get("start")), minutes)


def _read_moment(edition: Edition, text: object) -> dt.datetime:
    """Read an ISO time; one without an offset is meant in the edition's zone."""
    try:
        if not isinstance(text, str):
            raise TypeError
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=edition.zone)
        return moment.astimezone(dt.UTC)
    except (ValueError, TypeError, OverflowError) as error:
        raise NotPlaceable(_("This is no time. Give the day and the time of the start.")) from error
