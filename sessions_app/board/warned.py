"""The warnings as the board shows them: findings beside blocks, obstacles below a dragged one."""

import datetime as dt
import functools
from collections.abc import Iterable
from typing import Any

from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.board.days import DAY, minute_of
from sessions_app.board.heard import name_of
from sessions_app.sessions.models import Session
from sessions_app.timetable.models import Room
from sessions_app.warnings.access import Finding, obstacles_for
from sessions_app.warnings.levels import OF_NO_PLACE


def told_findings(findings: Iterable[Finding], *, reader: User) -> list[dict[str, Any]]:
    """Write the findings down, with the sessions' codes; who may sees links into the admin."""
    may = functools.cache(lambda permission: reader.is_staff and reader.has_perm(permission))
    return [
        {
            "name": name_of(one),
            "rule": one.rule.value,
            "level": one.level.value,
            "level_name": str(one.level.label),
            "placing": one.rule not in OF_NO_PLACE,
            "sentence": one.sentence,
            "sessions": list(one.codes),
            "links": [
                {"label": link.label, "address": link.address}
                for link in one.links
                if link.permission and may(link.permission)
            ],
        }
        for one in findings
    ]


def told_obstacles(edition: Edition, session: Session, minutes: int) -> list[dict[str, Any]]:
    """Write down where `session` could not begin, by room and by the days' minutes."""
    rooms = dict(Room.objects.filter(edition=edition).values_list("pk", "code"))
    return [
        {
            "room": rooms.get(one.room) if one.room else None,
            "from": days,
            "level": one.level.value,
            "sentence": one.sentence,
        }
        for one in obstacles_for(edition, session, minutes)
        # What lies before and after the forum is drawn nowhere.
        if (days := _by_day(edition, one.starts, one.ends))
    ]


def _by_day(edition: Edition, starts: dt.datetime, ends: dt.datetime) -> list[tuple[str, int, int]]:
    found = []
    for day in edition.days:
        first = max(starts, edition.beginning_of(day))
        last = min(ends, edition.beginning_of(day + DAY))
        if first < last:
            minutes = minute_of(edition, day, first), minute_of(edition, day, last)
            found.append((day.isoformat(), *minutes))
    return found
