"""Looks up one session or speaker of the newest release; what is not released is a 404."""

import datetime as dt
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.access import newest_release
from sessions_app.timetable.models import Release, Room, Slot, SlotSpeaker


class When(NamedTuple):
    """A slot's time in its edition's zone. `last_day` is set where it ends on another day."""

    day: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    last_day: dt.date | None


class Heard(NamedTuple):
    """What a speaker does in a session, when and where."""

    appearance: Appearance
    when: When
    room: Room


def when(edition: Edition, during: DateTimeTZRange) -> When:
    """Tell a slot's time as people at `edition` read it; what ends at night ends on its own day."""
    day, last_day = edition.day_of(during.lower), edition.day_of(during.upper)
    starts_at = during.lower.astimezone(edition.zone)
    ends_at = during.upper.astimezone(edition.zone)
    return When(day, starts_at, ends_at, last_day if last_day != day else None)


def get_slot(edition: Edition, code: str) -> Slot:
    """Return where and when the session `code` is held, with its room and track."""
    slots = Slot.objects.filter(release=_release(edition), session__code=code)
    slot = slots.select_related("session__track", "session__seating", "room").first()
    if slot is None:
        raise Http404(_("There is no such session in the programme."))
    return slot


def appearances_in(slot: Slot) -> QuerySet[Appearance]:
    """Return the people of a released session, in their order, each with what they do."""
    shown = SlotSpeaker.objects.filter(slot=slot, speaker=OuterRef("speaker"))
    people = Appearance.objects.filter(Exists(shown), session=slot.session_id)
    return people.select_related("speaker").order_by("position", "pk")


def others_at_the_time_of(slot: Slot) -> QuerySet[Slot]:
    """Return the other sessions of the release that are held meanwhile, in order of room."""
    others = Slot.objects.filter(
        release=slot.release_id, during__overlap=slot.during, session__cancelled_at__isnull=True
    )
    others = others.exclude(pk=slot.pk).select_related("session__track", "room")
    return others.order_by("room__position", "pk")


def neighbours_of(slot: Slot) -> tuple[Slot | None, Slot | None]:
    """Return what the session's track holds before it and after it; nothing without a track."""
    if slot.session.track_id is None:
        return None, None
    others = Slot.objects.filter(
        release=slot.release_id,
        session__track=slot.session.track_id,
        session__cancelled_at__isnull=True,
    ).select_related("session", "room")
    before = others.filter(during__fully_lt=slot.during).order_by("-during", "-pk").first()
    after = others.filter(during__fully_gt=slot.during).order_by("during", "pk").first()
    return before, after


def announced_speakers(edition: Edition, *, typed: str = "") -> QuerySet[Speaker]:
    """Return who will be heard, by the Kazakh alphabet: not whose every session is cancelled.

    With something `typed`, those whose name holds it in any spelling.
    """
    release = newest_release(edition)
    if release is None:
        return Speaker.objects.none()
    heard = SlotSpeaker.objects.filter(
        release=release, speaker=OuterRef("pk"), slot__session__cancelled_at__isnull=True
    )
    found = Speaker.objects.matching(typed).filter(Exists(heard), edition=edition)
    return found.order_by("sort_key", "pk")


def get_speaker(edition: Edition, code: str) -> Speaker:
    """Return the speaker `code` of the newest release; a cancelled session leads there too."""
    released = SlotSpeaker.objects.filter(release=_release(edition), speaker=OuterRef("pk"))
    speaker = Speaker.objects.filter(Exists(released), edition=edition, code=code).first()
    if speaker is None:
        raise Http404(_("There is no such speaker in the programme."))
    return speaker


def heard_from(speaker: Speaker, edition: Edition) -> list[Heard]:
    """Return what a speaker does in the newest release, in order of time."""
    slots = Slot.objects.filter(release=_release(edition), speakers__speaker=speaker)
    by_session = {slot.session_id: slot for slot in slots.select_related("room")}
    roles = Appearance.objects.filter(speaker=speaker, session__in=by_session)
    heard = [
        Heard(appearance, when(edition, slot.during), slot.room)
        for appearance in roles.select_related("session__track")
        for slot in [by_session[appearance.session_id]]
    ]
    return sorted(heard, key=lambda one: one.when.starts_at)


def _release(edition: Edition) -> Release:
    release = newest_release(edition)
    if release is None:
        raise Http404(_("The programme is not published yet."))
    return release
