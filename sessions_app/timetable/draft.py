"""The draft as a release would hold it, and whether it may become one."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from accounts.languages import Language
from accounts.names import translated
from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance
from sessions_app.timetable.clashes import Stay, overlaps
from sessions_app.timetable.models import Placement, Slot, SlotSpeaker

Words = tuple[tuple[str, str], ...]
"""A text by language, without those in which it is empty."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One session's room, time, people and title. A cancelled one keeps them, and keeps out nobody.

    Two that differ make another release. What is told beside, for sentences, does not count.
    """

    session_id: int
    room_id: int
    room_shared: bool
    starts_at: dt.datetime
    ends_at: dt.datetime
    cancelled: bool
    speakers: frozenset[tuple[int, bool]]
    titles: Words
    code: str = field(compare=False)
    guid: uuid.UUID = field(compare=False)
    kind: str = field(compare=False)
    room_names: Words = field(compare=False)


def drafted(edition: Edition, *, newest: int | None) -> dict[int, Entry]:
    """Read the draft. What is cancelled stays in it while the release with id `newest` shows it."""
    shown = Q(session__cancelled_at__isnull=True)
    if newest:
        shown |= Q(session__slots__release=newest)
    people = Appearance.objects.filter(session=OuterRef("session"))
    rows = (
        Placement.objects.filter(shown, session__edition=edition)
        .annotate(**_people(people))
        .order_by("session_id")
        .values(
            *BESIDE,
            *PEOPLE,
            "room__shared",
            "starts_at",
            "ends_at",
            "session__cancelled_at",
            *(f"session__{column}" for column in translated("title")),
        )
    )
    return {row["session_id"]: _drafted(row) for row in rows}


def released(release: int) -> dict[int, Entry]:
    """Read the release with that id in the same form, for comparing."""
    return all_released([release])[release]


def all_released(releases: Collection[int]) -> dict[int, dict[int, Entry]]:
    """Read the releases with those ids, with one query for all of them."""
    people = SlotSpeaker.objects.filter(slot=OuterRef("pk"))
    rows = Slot.objects.filter(release__in=releases).annotate(**_people(people))
    found: dict[int, dict[int, Entry]] = {release: {} for release in releases}
    for row in rows.values(
        *BESIDE, *PEOPLE, "release_id", "room_shared", "during", "cancelled", "titles"
    ):
        found[row["release_id"]][row["session_id"]] = _released(row)
    return found


PEOPLE = ("here_alone", "here_too")
BESIDE = (
    "session_id",
    "room_id",
    "session__code",
    "session__guid",
    "session__kind",
    *(f"room__{column}" for column in translated("name")),
)


def _people(rows: QuerySet[Any]) -> dict[str, ArraySubquery]:
    """Gather who is in a session: those who cannot be elsewhere meanwhile, and the others."""
    by_exclusive = ((name, rows.filter(exclusive=name == "here_alone")) for name in PEOPLE)
    return {name: ArraySubquery(found.values("speaker_id")) for name, found in by_exclusive}


def _drafted(row: dict[str, Any]) -> Entry:
    cancelled = row["session__cancelled_at"] is not None
    people = [(speaker, not cancelled) for speaker in row["here_alone"]]
    return Entry(
        room_shared=row["room__shared"] or cancelled,
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        cancelled=cancelled,
        speakers=frozenset([*people, *((speaker, False) for speaker in row["here_too"])]),
        titles=_words(row, "session__title"),
        **_beside(row),
    )


def _released(row: dict[str, Any]) -> Entry:
    people = [(speaker, True) for speaker in row["here_alone"]]
    return Entry(
        room_shared=row["room_shared"],
        starts_at=row["during"].lower,
        ends_at=row["during"].upper,
        cancelled=row["cancelled"],
        speakers=frozenset([*people, *((speaker, False) for speaker in row["here_too"])]),
        titles=tuple(
            (code, row["titles"][code]) for code in Language.values if code in row["titles"]
        ),
        **_beside(row),
    )


def _beside(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "session_id": row["session_id"],
        "room_id": row["room_id"],
        "code": row["session__code"],
        "guid": row["session__guid"],
        "kind": row["session__kind"],
        "room_names": _words(row, "room__name"),
    }


def _words(row: dict[str, Any], column: str) -> Words:
    return tuple((str(code), text) for code in Language.values if (text := row[f"{column}_{code}"]))


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
