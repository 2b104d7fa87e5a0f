"""The draft as a release would hold it, and whether it may become one."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields.ranges import RangeEndsWith, RangeStartsWith
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject

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
    is_off: bool = field(compare=False)
    """Whether the session is cancelled by now, which an older release did not know."""


Standing = dict[int, Entry]
"""The programme at one moment, by session."""


def drafted(edition: Edition, *, newest: int | None) -> Standing:
    """Read the draft. What is cancelled stays in it while the release with id `newest` shows it."""
    return _read(_draft_rows(edition, newest=newest))[DRAFT]


def drafted_and_released(edition: Edition, *, newest: int) -> tuple[Standing, Standing]:
    """Read the draft, and the release with id `newest`, with one query for both."""
    found = _read(_draft_rows(edition, newest=newest).union(_release_rows([newest]), all=True))
    return found[DRAFT], found[newest]


def released(release: int) -> Standing:
    """Read the release with that id in the same form, for comparing."""
    return all_released([release])[release]


def all_released(releases: Collection[int], *, only: Q | None = None) -> dict[int, Standing]:
    """Read the releases with those ids, with one query; of their slots `only` those, if given."""
    found = _read(_release_rows(releases).filter(only or Q()))
    return {release: found[release] for release in releases}


DRAFT = 0
"""Stands where a release's id would, for what the draft holds."""
PEOPLE = ("here_alone", "here_too")
COLUMNS = (
    *(
        "of",
        "session_id",
        "session__code",
        "session__guid",
        "session__kind",
        "session__cancelled_at",
    ),
    *("room_id", *(f"room__{column}" for column in translated("name"))),
    *("shared", "since", "until", "off", "words", *PEOPLE),
)


def _draft_rows(edition: Edition, *, newest: int | None) -> QuerySet[Any, dict[str, Any]]:
    shown = Q(session__cancelled_at=None)
    if newest:
        shown |= Q(Exists(Slot.objects.filter(release=newest, session=OuterRef("session"))))
    titles = {code: f"session__title_{code}" for code in Language.values}
    rows = Placement.objects.filter(shown, session__edition=edition).annotate(
        of=Value(DRAFT, BigIntegerField()),
        shared=F("room__shared"),
        since=F("starts_at"),
        until=F("ends_at"),
        off=Q(session__cancelled_at__isnull=False),
        words=JSONObject(**titles),
        **_people(Appearance.objects.filter(session=OuterRef("session"))),
    )
    return rows.values(*COLUMNS)


def _release_rows(releases: Collection[int]) -> QuerySet[Any, dict[str, Any]]:
    rows = Slot.objects.filter(release__in=releases).annotate(
        of=F("release_id"),
        shared=F("room_shared"),
        since=RangeStartsWith("during"),
        until=RangeEndsWith("during"),
        off=F("cancelled"),
        words=F("titles"),
        **_people(SlotSpeaker.objects.filter(slot=OuterRef("pk"))),
    )
    return rows.values(*COLUMNS)


def _people(rows: QuerySet[Any]) -> dict[str, ArraySubquery]:
    """Gather who is in a session: those who cannot be elsewhere meanwhile, and the others."""
    by_exclusive = ((name, rows.filter(exclusive=name == "here_alone")) for name in PEOPLE)
    return {name: ArraySubquery(found.values("speaker_id")) for name, found in by_exclusive}


def _read(rows: QuerySet[Any, dict[str, Any]]) -> dict[int, Standing]:
    found: dict[int, Standing] = defaultdict(dict)
    for row in rows.order_by("session_id"):
        found[row["of"]][row["session_id"]] = _entry(row)
    return found


def _entry(row: dict[str, Any]) -> Entry:
    # In the draft, what is cancelled keeps nobody out; a release was written down that way.
    keeps_out = row["of"] != DRAFT or not row["off"]
    speakers = [(speaker, keeps_out) for speaker in row["here_alone"]]
    return Entry(
        session_id=row["session_id"],
        room_id=row["room_id"],
        room_shared=row["shared"] or not keeps_out,
        starts_at=row["since"],
        ends_at=row["until"],
        cancelled=row["off"],
        speakers=frozenset([*speakers, *((speaker, False) for speaker in row["here_too"])]),
        titles=_texts(row["words"]),
        code=row["session__code"],
        guid=row["session__guid"],
        kind=row["session__kind"],
        room_names=_texts({code: row[f"room__name_{code}"] for code in Language.values}),
        is_off=row["session__cancelled_at"] is not None,
    )


def _texts(by_language: Mapping[str, str | None]) -> Words:
    return tuple((str(code), text) for code in Language.values if (text := by_language.get(code)))


@dataclass(frozen=True, slots=True)
class Clashes:
    """What stands against a draft's publication, in pairs: the earlier of two and the later."""

    in_rooms: list[tuple[Stay[int], Stay[int]]]
    of_speakers: list[tuple[Stay[int], Stay[int]]]

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return len(self.in_rooms) + len(self.of_speakers)


def room_stays(draft: Standing) -> Iterator[Stay[int]]:
    """Yield what holds a room that is not shared."""
    for entry in draft.values():
        if not entry.room_shared:
            yield Stay(entry.room_id, entry.starts_at, entry.ends_at, entry.session_id)


def speaker_stays(draft: Standing) -> Iterator[Stay[int]]:
    """Yield what asks for a speaker who cannot be elsewhere meanwhile."""
    for entry in draft.values():
        for speaker, exclusive in entry.speakers:
            if exclusive:
                yield Stay(speaker, entry.starts_at, entry.ends_at, entry.session_id)


def clashes_of(draft: Standing) -> Clashes:
    """Find every pair that is in one room, or asks for one speaker, at the same time."""
    return Clashes(list(overlaps(room_stays(draft))), list(overlaps(speaker_stays(draft))))
