"""What may be done with the draft as a whole: publish it, or go back to an older release."""

import datetime as dt
import logging
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from accounts.locks import bounded_wait, broken_constraint
from accounts.users.models import User
from forum.celery import app
from forum.editions.models import Edition
from sessions_app.releases.changes import Standing
from sessions_app.releases.draft import DraftState, read_draft
from sessions_app.releases.reverting import moves_back_to
from sessions_app.timetable.draft import Entry
from sessions_app.timetable.log import Draft
from sessions_app.timetable.models import Release, Slot, SlotSpeaker
from sessions_app.timetable.moves import lock_draft, move_in
from sessions_app.warnings.access import blocking_release, findings_of

logger = logging.getLogger(__name__)

DOUBLE_BOOKINGS = {"slot_room_once", "slot_speaker_one_place"}
TELL_TASK = "sessions_app.releases.tasks.plan_letters"
Note = str | Mapping[str, str]
"""What is new, for the public: by language, or in the language that is active."""


class NotPublishable(ValueError):
    """Something keeps the draft from being published; `sentences` say what, each by itself."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class DraftChanged(ValueError):
    """The draft, or the newest release, is not any more what the publisher saw."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed the draft meanwhile; nothing was published. Look at it once more.")
        )


@bounded_wait()
def publish(
    edition: Edition,
    *,
    by: User | None,
    note: Note,
    now: dt.datetime,
    seen: str | None = None,
    reverts: Release | None = None,
) -> Release:
    """Make the draft the newest release, or return the newest one when nothing changed.

    The edition's row is locked, so that of two who publish at once the second finds nothing new.
    `seen` is the mark of the draft that the publisher looked at (`read_draft`): raises DraftChanged
    where it is another now. Raises NotPublishable.
    """
    edition, row = _locked(edition)
    state = read_draft(edition, locked=row)
    newest = state.newest
    if newest and state.draft == state.public:
        return newest
    _refuse_unseen(state, seen)
    if blocks := blocking_release(findings_of(edition)):
        raise NotPublishable([finding.sentence for finding in blocks])
    try:
        with transaction.atomic():
            release = Release.objects.create(
                edition=edition,
                number=newest.number + 1 if newest else 1,
                published_at=now,
                published_by=by,
                reverts=reverts,
                **_in_languages(note),
            )
            _fill(release, state.draft)
    except IntegrityError as error:
        if broken_constraint(error) not in DOUBLE_BOOKINGS:
            raise
        raise NotPublishable(
            [_("The timetable was changed while it was being published. Publish it again.")]
        ) from error
    transaction.on_commit(_start_telling)
    return release


@bounded_wait()
def revert(
    edition: Edition,
    release: Release,
    *,
    by: User | None,
    note: Note,
    now: dt.datetime,
    seen: str | None = None,
) -> Release:
    """Give every session the room and time that it has in `release`, and publish that.

    Titles, speakers and cancellings stay as they are. What keeps it from being published keeps the
    draft as it is, too. Raises DraftChanged, NotPublishable.
    """
    edition, row = _locked(edition)
    state = read_draft(edition, locked=row)
    _refuse_unseen(state, seen)
    move_in(row, moves_back_to(edition, release, state.draft), by=by, now=now)
    return publish(edition, by=by, note=note, now=now, reverts=release)


def _locked(edition: Edition) -> tuple[Edition, Draft]:
    """Lock the edition's row and then the draft's, so that nobody moves anything meanwhile."""
    locked = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    return locked, lock_draft(locked)


def _refuse_unseen(state: DraftState, seen: str | None) -> None:
    if seen is not None and seen != state.mark:
        raise DraftChanged


def _in_languages(note: Note) -> dict[str, str]:
    told = {get_language() or "kk": note} if isinstance(note, str) else note
    return {f"note_{language}": text for language, text in told.items()}


def _start_telling() -> None:
    try:
        app.send_task(TELL_TASK, retry=False, ignore_result=True)
    except Exception as error:
        # The broker's clients raise errors of a dozen classes; beat asks again within a minute.
        logger.warning("No worker could be told of the release (%s); beat will.", error)


def _fill(release: Release, draft: Standing) -> None:
    slots = Slot.objects.bulk_create(_slot(release, entry) for entry in draft.values())
    SlotSpeaker.objects.bulk_create(
        SlotSpeaker(
            slot=slot,
            release=release,
            speaker_id=speaker,
            exclusive=exclusive,
            during=slot.during,
        )
        for slot in slots
        for speaker, exclusive in sorted(draft[slot.session_id].speakers)
    )


def _slot(release: Release, entry: Entry) -> Slot:
    return Slot(
        release=release,
        session_id=entry.session_id,
        room_id=entry.room_id,
        room_shared=entry.room_shared,
        cancelled=entry.cancelled,
        titles=dict(entry.titles),
        during=TimestamptzRange(entry.starts_at, entry.ends_at),
    )
