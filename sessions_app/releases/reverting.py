"""What it takes to go back to an older release, and what of it cannot come back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Max

from accounts.names import translated
from forum.editions.models import Edition
from forum.templatetags.content import wording
from sessions_app.releases.changes import Change, Standing, compare
from sessions_app.sessions.models import Session
from sessions_app.timetable.draft import Entry, released
from sessions_app.timetable.models import Placement, Release, Room
from sessions_app.timetable.moves import Move, Spot


@dataclass(frozen=True)
class WayBack:
    """What going back to a release does: what the public would read, and titles of what is lost."""

    changes: list[Change]
    cancelled: list[str]
    deleted: list[str]


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


def way_back(edition: Edition, release: Release, draft: Standing, public: Standing) -> WayBack:
    """Say what going back would do to what is `public` now."""
    past = released(release.pk)
    cancelled = Session.objects.filter(pk__in=past, cancelled_at__isnull=False)
    off = {session.pk: session for session in cancelled}
    after = {
        pk: _as_it_would_be(entry, draft.get(pk), cancelled=pk in off)
        for pk, entry in past.items()
        # What is cancelled and not public is not published.
        if pk not in off or pk in public
    }
    return WayBack(
        changes=compare(public, after),
        cancelled=sorted(session.title for pk, session in off.items() if not past[pk].cancelled),
        deleted=_deleted_since(edition, release),
    )


def _as_it_would_be(then: Entry, now: Entry | None, *, cancelled: bool) -> Entry:
    back = replace(then, cancelled=cancelled)
    return replace(back, titles=now.titles, speakers=now.speakers) if now else back


def _spot(entry: Entry) -> tuple[object, ...]:
    return entry.room_id, entry.starts_at, entry.ends_at


def _deleted_since(edition: Edition, release: Release) -> list[str]:
    """Return the titles of sessions that stood in the draft by then, and are deleted.

    Their slots went with them; history alone remembers.
    """
    placed = Placement.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_created_at__lte=release.published_at
    )
    events = Session.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        edition_id=edition.pk, pgh_created_at__lte=release.published_at
    ).exclude(pgh_obj_id__in=Session.objects.filter(edition=edition).values("pk"))
    last = (
        events.filter(pgh_obj_id__in=placed.values("session_id"))
        .values("pgh_obj_id")
        .annotate(last=Max("pgh_id"))
        .values("last")
    )
    rows = Session.pgh_event_model.objects.filter(pgh_id__in=last)  # type: ignore[attr-defined]
    return sorted(_title(row) for row in rows.values(*translated("title")))


def _title(row: Mapping[str, str | None]) -> str:
    return wording(row.__getitem__, "title").text
