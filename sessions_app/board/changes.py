"""What happened to the draft since somebody looked: the new places, and sentences of who did it."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from accounts.users.models import User
from forum.editions.models import Edition
from forum.templatetags.content import wording_of
from sessions_app.board.days import minute_of
from sessions_app.timetable.log import DraftChange
from sessions_app.timetable.spans import long_span

MOST_CHANGES = 300
"""Of more than that, reading everything again costs less."""


def changes_since(edition: Edition, since: int) -> list[DraftChange] | None:
    """Return each moved session's last change after version `since`; None for too many."""
    found = DraftChange.objects.filter(edition=edition, number__gt=since).order_by("number")
    rows = list(found.select_related("session", "room_after", "by")[: MOST_CHANGES + 1])
    if len(rows) > MOST_CHANGES:
        return None
    return list({change.session_id: change for change in rows}.values())


def told(edition: Edition, changes: list[DraftChange], *, reader: User) -> list[dict[str, Any]]:
    """Write the changes down for the board of `reader`."""
    return [
        {
            "session": change.session.code,
            "place": place_after(edition, change),
            "mine": change.by_id == reader.pk,
            "sentence": sentence_of(edition, change),
        }
        for change in changes
    ]


def place_after(edition: Edition, change: DraftChange) -> dict[str, Any] | None:
    """Write down where a change left its session; None for what is not placed."""
    if change.room_after is None or change.starts_after is None or change.ends_after is None:
        return None
    return place_of(edition, change.room_after.code, change.starts_after, change.ends_after)


def place_of(
    edition: Edition, room: str, starts_at: dt.datetime, ends_at: dt.datetime
) -> dict[str, Any]:
    """Write a place down as the board draws it: a day, and minutes since its midnight."""
    day = edition.day_of(starts_at)
    start = minute_of(edition, day, starts_at)
    return {
        "room": room,
        "day": day.isoformat(),
        "start": start,
        "minutes": int((ends_at - starts_at).total_seconds() // 60),
    }


def sentence_of(edition: Edition, change: DraftChange) -> str:
    """Say where a session went, and by whom."""
    words = {"session": wording_of(change.session, "title").text, "who": change.by}
    if change.room_after is None or change.starts_after is None or change.ends_after is None:
        if change.by is None:
            return _("“%(session)s” is not placed any more.") % words
        return _("“%(session)s” is not placed any more. Changed by %(who)s.") % words
    words["room"] = wording_of(change.room_after, "name").text
    words["when"] = long_span(edition, change.starts_after, change.ends_after)
    if change.by is None:
        return _("“%(session)s” now stands in “%(room)s”: %(when)s.") % words
    return _("“%(session)s” now stands in “%(room)s”: %(when)s. Changed by %(who)s.") % words
