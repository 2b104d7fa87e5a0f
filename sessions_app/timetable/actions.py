"""What may be done with the timetable: place, take out, publish."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.sessions.models import Session
from sessions_app.timetable.draft import Entry, clash_sentences, drafted, released
from sessions_app.timetable.models import Placement, Release, Room, Slot, SlotSpeaker


class NotPlaceable(ValueError):
    """The session cannot stand there; the text says why."""


class NotPublishable(ValueError):
    """The draft clashes with itself; `sentences` names every clash."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def place(
    session: Session, *, room: Room, starts_at: dt.datetime, ends_at: dt.datetime
) -> Placement:
    """Put a session into a room and a time of the draft, wherever it stood before.

    The draft may clash with itself; only `publish` insists.
    """
    if room.edition_id != session.edition_id:
        raise NotPlaceable(_("This room belongs to another edition. Choose one of this edition."))
    if ends_at <= starts_at:
        raise NotPlaceable(_("The session ends before it starts. Give it a later end."))
    placement, _made = Placement.objects.update_or_create(
        session=session, defaults={"room": room, "starts_at": starts_at, "ends_at": ends_at}
    )
    return placement


def unplace(session: Session) -> None:
    """Take a session out of the draft; a release that shows it stays as it is."""
    Placement.objects.filter(session=session).delete()


@transaction.atomic
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
