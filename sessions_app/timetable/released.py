"""Looks up one session or speaker of the newest release; what is not released is a 404."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.access import newest_release
from sessions_app.timetable.models import Release, Room, Slot, SlotSpeaker


def get_slot(edition: Edition, code: str) -> Slot:
    """Return where and when the session `code` is held, with its room and track."""
    slots = Slot.objects.filter(release=_release(edition), session__code=code)
    slot = slots.select_related("session__track", "room").first()
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


def released_speakers(edition: Edition, *, typed: str = "") -> QuerySet[Speaker]:
    """Return who speaks in the newest release, by the Kazakh alphabet; nobody without one.

    With something `typed`, those whose name holds it in any spelling.
    """
    release = newest_release(edition)
    if release is None:
        return Speaker.objects.none()
    speaks = SlotSpeaker.objects.filter(release=release, speaker=OuterRef("pk"))
    found = Speaker.objects.matching(typed).filter(Exists(speaks), edition=edition)
    return found.order_by("sort_key", "pk")


def get_speaker(edition: Edition, code: str) -> Speaker:
    """Return the speaker `code` of the newest release."""
    speaker = released_speakers(edition).filter(code=code).first()
    if speaker is None:
        raise Http404(_("There is no such speaker in the programme."))
    return speaker


@dataclass(frozen=True)
class Heard:
    """What a speaker does, and when and where, in the edition's zone."""

    appearance: Appearance
    day: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    room: Room


def heard_from(speaker: Speaker, edition: Edition) -> list[Heard]:
    """Return what a speaker does in the newest release, in order of time."""
    slots = Slot.objects.filter(release=_release(edition), speakers__speaker=speaker)
    by_session = {slot.session_id: slot for slot in slots.select_related("room")}
    roles = Appearance.objects.filter(speaker=speaker, session__in=by_session)
    heard = [
        Heard(
            appearance,
            edition.day_of(slot.during.lower),
            slot.during.lower.astimezone(edition.zone),
            slot.during.upper.astimezone(edition.zone),
            slot.room,
        )
        for appearance in roles.select_related("session__track")
        for slot in [by_session[appearance.session_id]]
    ]
    return sorted(heard, key=lambda one: one.starts_at)


def _release(edition: Edition) -> Release:
    release = newest_release(edition)
    if release is None:
        raise Http404(_("The programme is not published yet."))
    return release
