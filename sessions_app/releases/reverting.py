"""What it takes to go back to an older release, and what of it cannot come back."""

from dataclasses import dataclass, replace

from forum.editions.models import Edition
from sessions_app.releases.changes import Change, Standing, compare
from sessions_app.releases.sentences import title_of
from sessions_app.sessions.models import Session
from sessions_app.timetable.draft import Entry, released
from sessions_app.timetable.models import Release, Room
from sessions_app.timetable.moves import Move, Spot


@dataclass(frozen=True)
class WayBack:
    """What going back to a release does: what the public would read, and what stays cancelled."""

    after: Standing
    changes: list[Change]
    cancelled: list[str]


def moves_back_to(edition: Edition, release: Release, draft: Standing) -> list[Move]:
    """List the moves that bring the draft's rooms and times to those of `release`."""
    past = released(release.pk)
    rooms = Room.objects.filter(edition=edition).in_bulk()
    sessions = Session.objects.filter(edition=edition).in_bulk({*past, *draft})
    moves = []
    for pk, session in sessions.items():
        then, now = past.get(pk), draft.get(pk)
        if then is None:
            moves.append(Move(session, None))
        elif now is None or _spot(then) != _spot(now):
            moves.append(Move(session, Spot(rooms[then.room_id], then.starts_at, then.ends_at)))
    return moves


def way_back(release: Release, draft: Standing, public: Standing) -> WayBack:
    """Say what going back would do to what is `public` now."""
    past = released(release.pk)
    after = {
        pk: _as_it_would_be(entry, draft.get(pk))
        for pk, entry in past.items()
        # What is cancelled and not public is not published.
        if pk in public or not entry.is_off
    }
    cancelled = [entry for entry in past.values() if entry.is_off and not entry.cancelled]
    return WayBack(
        after=after, changes=compare(public, after), cancelled=sorted(map(title_of, cancelled))
    )


def _as_it_would_be(then: Entry, now: Entry | None) -> Entry:
    back = replace(then, cancelled=then.is_off)
    return replace(back, titles=now.titles, speakers=now.speakers) if now else back


def _spot(entry: Entry) -> tuple[object, ...]:
    return entry.room_id, entry.starts_at, entry.ends_at
