"""The draft as somebody sees it before publishing, with a mark by which it is known again."""

import hashlib
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from forum.editions.models import Edition
from sessions_app.timetable.draft import Standing, drafted, drafted_and_released
from sessions_app.timetable.log import Draft
from sessions_app.timetable.models import Release


@dataclass(frozen=True)
class DraftState:
    """The draft, the release that the public reads, and the mark of both together."""

    newest: Release | None
    draft: Standing
    public: Standing
    mark: str


def read_draft(edition: Edition, *, locked: Draft | None = None) -> DraftState:
    """Read what publishing would make public now; `locked` is the draft's row for whom holds it."""
    version = Coalesce("edition__draft__version", 0)
    newest = Release.objects.filter(edition=edition).newest().annotate(version=version).first()
    if newest is None:
        row = locked or Draft.objects.filter(edition=edition).first()
        draft = drafted(edition, newest=None)
        return DraftState(None, draft, {}, _mark(row.version if row else 0, None, draft))
    draft, public = drafted_and_released(edition, newest=newest.pk)
    return DraftState(newest, draft, public, _mark(newest.version, newest, draft))


def _mark(version: int, newest: Release | None, draft: Standing) -> str:
    """Make the draft's version into a mark that titles, speakers and cancellings change too."""
    told = [
        (
            entry.session_id,
            entry.room_id,
            entry.room_shared,
            entry.starts_at.timestamp(),
            entry.ends_at.timestamp(),
            entry.cancelled,
            sorted(entry.speakers),
            entry.titles,
        )
        for entry in draft.values()
    ]
    said = repr((newest.number if newest else 0, sorted(told)))
    return f"{version}.{hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}"
