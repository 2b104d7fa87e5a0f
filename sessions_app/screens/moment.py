"""Tells what of a programme runs at a moment, and what is next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices

from sessions_app.timetable.access import Showing


class State(TextChoices):
    """How a moment lies to the programme."""

    EMPTY = "empty"
    BEFORE = "before"
    RUNNING = "running"
    PAUSE = "pause"
    NIGHT = "night"
    OVER = "over"


@dataclass(frozen=True)
class Moment:
    """What runs, in order of room, and what comes next in each room on the next day that has any.

    `next_start` is when the first of these begins.
    """

    state: State
    running: list[Showing]
    upcoming: list[Showing]

    @property
    def next_start(self) -> dt.datetime | None:
        """When something begins again."""
        return min((one.starts_at for one in self.upcoming), default=None)


def moment_of(shown: Sequence[Showing], rooms: Sequence[int], *, now: dt.datetime) -> Moment:
    """Look at the showings at `now`; `rooms` is the order of rooms. An end is no longer running."""
    place = {room: number for number, room in enumerate(rooms)}
    running = [one for one in shown if one.starts_at <= now < one.ends_at]
    running.sort(key=lambda one: place[one.room_id])
    ahead = sorted((one for one in shown if one.starts_at > now), key=lambda one: one.starts_at)
    first: dict[int, Showing] = {}
    for one in ahead:
        if one.day == ahead[0].day:
            first.setdefault(one.room_id, one)
    upcoming = sorted(first.values(), key=lambda one: (one.starts_at, place[one.room_id]))
    return Moment(_state(shown, running, ahead, now), running, upcoming)


def _state(
    shown: Sequence[Showing],
    running: Sequence[Showing],
    ahead: Sequence[Showing],
    now: dt.datetime,
) -> State:
    if not shown:
        return State.EMPTY
    if running:
        return State.RUNNING
    if not ahead:
        return State.OVER
    past = [one for one in shown if one.ends_at <= now]
    if not past:
        return State.BEFORE
    return State.PAUSE if any(one.day == ahead[0].day for one in past) else State.NIGHT
