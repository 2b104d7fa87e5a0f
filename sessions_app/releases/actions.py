"""What may be done with the draft as a whole: publish it."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from accounts.locks import bounded_wait
from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.timetable.draft import Entry, clash_sentences, drafted, released
from sessions_app.timetable.models import Release, Slot, SlotSpeaker


class NotPublishable(ValueError):
    """The draft clashes with itself; `sentences` names every clash."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@bounded_wait()
def publish(edition: Edition, *, by: User | None, note: str, now: dt.datetime) -> Release:
    """Make the draft the newest release, or return the newest one when nothing changed.

    The edition's row is locked, so that of two who publish at once the second finds nothing new.
    """
    edition = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    newest = Release.objects.filter(edition=edition).newest().first()
    draft = drafted(edition, newest=newest.pk if newest else None)
    if newest and draft == released(newest.pk):
        return newest
    if clashes := clash_sentences(edition, draft):
        raise NotPublishable(clashes)
    try:
        with transaction.atomic():
            release = Release.objects.create(
                edition=edition,
                number=newest.number + 1 if newest else 1,
                note=note,
                published_at=now,
                published_by=by,
            )
            _fill(release, draft)
    except IntegrityError as error:
        if not _is_double_booking(error):
            raise
        raise NotPublishable(
            [_("The timetable was changed while it was being published. Publish it again.")]
        ) from error
    return release


def _fill(release: Release, draft: dict[int, Entry]) -> None:
    during = {
        entry.session_id: TimestamptzRange(entry.starts_at, entry.ends_at)
        for entry in draft.values()
    }
    slots = Slot.objects.bulk_create(
        Slot(
            release=release,
            session_id=entry.session_id,
            room_id=entry.room_id,
            room_shared=entry.room_shared,
            cancelled=entry.cancelled,
            titles=dict(entry.titles),
            during=during[entry.session_id],
        )
        for entry in draft.values()
    )
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


def _is_double_booking(error: IntegrityError) -> bool:
    diagnostics = getattr(error.__cause__, "diag", None)
    broken = getattr(diagnostics, "constraint_name", None)
    return broken in {"slot_room_once", "slot_speaker_one_place"}
