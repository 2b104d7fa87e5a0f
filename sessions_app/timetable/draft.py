"""The draft as a release would hold it, and whether it may become one."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.clashes import Stay, overlaps, room_sentence, speaker_sentence
from sessions_app.timetable.models import Placement, Release, Room, Slot, SlotSpeaker


@dataclass(frozen=True, slots=True)
class Entry:
    """One session's room, time and people. A cancelled one keeps them, and keeps out nobody."""

    session_id: int
    room_id: int
    room_shared: bool
    starts_at: dt.datetime
    ends_at: dt.datetime
    speakers: frozenset[tuple[int, bool]]


def drafted(edition: Edition, *, newest: Release | None) -> dict[int, Entry]:
    """Read the draft. What is cancelled stays in it while the `newest` release shows it."""
    shown = Q(session__cancelled_at__isnull=True)
    if newest:
        shown |= Q(session__slots__release=newest)
    placements = (
        Placement.objects.filter(shown, session__edition=edition)
        .order_by("session_id")
        .values_list(
            "session_id",
            "room_id",
            "room__shared",
            "starts_at",
            "ends_at",
            "session__cancelled_at",
        )
    )
    people = _people(edition)
    return {
        session: Entry(
            session,
            room,
            shared or cancelled is not None,
            start,
            end,
            frozenset(
                (speaker, exclusive and cancelled is None) for speaker, exclusive in people[session]
            ),
        )
        for session, room, shared, start, end, cancelled in placements
    }


def released(release: Release) -> dict[int, Entry]:
    """Read a release in the same form, for comparing."""
    people: dict[int, set[tuple[int, bool]]] = defaultdict(set)
    rows = SlotSpeaker.objects.filter(release=release)
    for slot, speaker, exclusive in rows.values_list("slot_id", "speaker_id", "exclusive"):
        people[slot].add((speaker, exclusive))
    return {
        slot.session_id: Entry(
            slot.session_id,
            slot.room_id,
            slot.room_shared,
            slot.during.lower,
            slot.during.upper,
            frozenset(people[slot.pk]),
        )
        for slot in Slot.objects.filter(release=release)
    }


def clash_sentences(edition: Edition, draft: dict[int, Entry]) -> list[str]:
    """Say every clash of the draft; none means that it may be published."""
    rooms = [
        Stay(entry.room_id, entry.starts_at, entry.ends_at, entry.session_id)
        for entry in draft.values()
        if not entry.room_shared
    ]
    people = [
        Stay(speaker, entry.starts_at, entry.ends_at, entry.session_id)
        for entry in draft.values()
        for speaker, exclusive in entry.speakers
        if exclusive
    ]
    in_rooms, of_people = list(overlaps(rooms)), list(overlaps(people))
    if not in_rooms and not of_people:
        return []
    titles = {session.pk: session.title for session in Session.objects.filter(edition=edition)}
    room_names = {room.pk: room.name for room in Room.objects.filter(edition=edition)}
    names = {speaker.pk: speaker.name for speaker in Speaker.objects.filter(edition=edition)}
    return [
        room_sentence(
            room=room_names[later.place],
            first=titles[earlier.holder],
            second=titles[later.holder],
            at=later.start.astimezone(edition.zone),
        )
        for earlier, later in in_rooms
    ] + [
        speaker_sentence(
            speaker=names[later.place],
            first=titles[earlier.holder],
            second=titles[later.holder],
            at=later.start.astimezone(edition.zone),
        )
        for earlier, later in of_people
    ]


def _people(edition: Edition) -> dict[int, set[tuple[int, bool]]]:
    people: dict[int, set[tuple[int, bool]]] = defaultdict(set)
    rows = Appearance.objects.filter(session__edition=edition)
    for session, speaker, exclusive in rows.values_list("session_id", "speaker_id", "exclusive"):
        people[session].add((speaker, exclusive))
    return people
