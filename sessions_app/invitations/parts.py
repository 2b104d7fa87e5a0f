"""What speakers do in the programme: in which sessions, as what, and as far as released, when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Release, Room, Slot
from sessions_app.timetable.released import When, when


@dataclass(frozen=True)
class Part:
    """A speaker's part in a session; without `when` and `room` while that is not released."""

    appearance: Appearance
    when: When | None = None
    room: Room | None = None


def parts_of(edition: Edition, speakers: Iterable[Speaker]) -> dict[int, list[Part]]:
    """Return each speaker's parts in sessions that are not cancelled, in order of time."""
    appearances = list(
        Appearance.objects.filter(
            speaker__in=[speaker.pk for speaker in speakers], session__cancelled_at=None
        ).select_related("session")
    )
    slots = Slot.objects.filter(
        release__in=Release.objects.filter(edition=edition).newest(),
        session__in={appearance.session_id for appearance in appearances},
    )
    released = {slot.session_id: slot for slot in slots.select_related("room")}
    parts: dict[int, list[Part]] = defaultdict(list)
    for appearance in appearances:
        slot = released.get(appearance.session_id)
        shown = (when(edition, slot.during), slot.room) if slot else (None, None)
        parts[appearance.speaker_id].append(Part(appearance, *shown))
    for known in parts.values():
        known.sort(key=lambda part: (part.when is None, part.when and part.when.starts_at))
    return parts
