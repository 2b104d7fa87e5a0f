"""The draft as a release would hold it, and whether it may become one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.clashes import Stay, overlaps, room_sentence, speaker_sentence
from sessions_app.timetable.models import Placement, Room, Slot, SlotSpeaker


@dataclass(frozen=True, slots=True)
class Entry:
    """One session's room, time and people. A cancelled one keeps them, and keeps out nobody."""

    session_id: int
    room_id: int
    room_shared: bool
    starts_at: dt.datetime
    ends_at: dt.datetime
    cancelled: bool
    speakers: frozenset[tuple[int, bool]]


def drafted(edition: Edition, *, newest: int | None) -> dict[int, Entry]:
    """Read the draft. What is cancelled stays in it while the release with id `newest` shows it."""
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
            cancelled is not None,
            frozenset(
                (speaker, exclusive and cancelled is None) for speaker, exclusive in people[session]
            ),
        )
        for session, room, shared, start, end, cancelled in placements
    }


def released(release: int) -> dict[int, Entry]:
    """Read the release with that id in the same form, for comparing."""
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
            slot.cancelled,
            frozenset(people[slot.pk]),
        )
        for slot in Slot.objects.filter(release=release)
    }


@dataclass(frozen=True, slots=True)
class Clashes:
    """What stands against a draft's publication, in pairs: the earlier of two and the later."""

    in_rooms: list[tuple[Stay[int], Stay[int]]]
    of_speakers: list[tuple[Stay[int], Stay[int]]]

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return len(self.in_rooms) + len(self.of_speakers)


def room_stays(draft: dict[int, Entry]) -> Iterator[Stay[int]]:
    """Yield what holds a room that is not shared."""
    for entry in draft.values():
        if not entry.room_shared:
            yield Stay(entry.room_id, entry.starts_at, entry.ends_at, entry.session_id)


def speaker_stays(draft: dict[int, Entry]) -> Iterator[Stay[int]]:
    """Yield what asks for a speaker who cannot be elsewhere meanwhile."""
    for entry in draft.values():
        for speaker, exclusive in entry.speakers:
            if exclusive:
                yield Stay(speaker, entry.starts_at, entry.ends_at, entry.session_id)


def clashes_of(draft: dict[int, Entry]) -> Clashes:
    """Find every pair that is in one room, or asks for one speaker, at the same time."""
    return Clashes(list(overlaps(room_stays(draft))), list(overlaps(speaker_stays(draft))))


def clash_sentences(edition: Edition, draft: dict[int, Entry]) -> list[str]:
    """Say every clash of the draft; none means that it may be published."""
    found = clashes_of(draft)
    if not found.count:
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
        for earlier, later in found.in_rooms
    ] + [
        speaker_sentence(
            speaker=names[later.place],
            first=titles[earlier.holder],
            second=titles[later.holder],
            at=later.start.astimezone(edition.zone),
        )
        for earlier, later in found.of_speakers
    ]


def _people(edition: Edition) -> dict[int, set[tuple[int, bool]]]:
    people: dict[int, set[tuple[int, bool]]] = defaultdict(set)
    rows = Appearance.objects.filter(session__edition=edition)
    for session, speaker, exclusive in rows.values_list("session_id", "speaker_id", "exclusive"):
        people[session].add((speaker, exclusive))
    return people
