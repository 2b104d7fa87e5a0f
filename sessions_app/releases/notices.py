"""Of what changed, what concerns whom: each reader gets one notice with all of theirs."""

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from forum.editions.models import Edition
from sessions_app.releases.attendance import Seats
from sessions_app.releases.changes import Change, What

TOLD_TO_ATTENDANTS = (What.REVIVED, What.CANCELLED, What.TAKEN_OUT, What.MOVED, What.ROOM)
"""Of a session that somebody attends. A new one, a title, another speaker make no letter."""


class Own(enum.StrEnum):
    """What only a speaker is told: to be in a session, or not to be any more."""

    JOINED = "joined"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Note:
    """What one reader is told of one session."""

    change: Change = field(compare=False)
    session: int
    whats: tuple[What | Own, ...]

    @property
    def is_off(self) -> bool:
        """Whether the session has to leave the reader's calendar."""
        return not {What.CANCELLED, What.TAKEN_OUT, Own.LEFT}.isdisjoint(self.whats)


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything that one reader is told: of sessions of their own, and of those they attend.

    With `seats` the letter leads to the page of seats. Readers with equal notices can be sent the
    same words.
    """

    own: tuple[Note, ...]
    attended: tuple[Note, ...]
    seats: Seats = Seats.NONE

    @property
    def notes(self) -> tuple[Note, ...]:
        """All of it."""
        return self.own + self.attended

    @property
    def of_use_until(self) -> dt.datetime:
        """When the last session of it begins."""
        return max(note.change.of_use_until for note in self.notes)


def still_of_use(changes: Iterable[Change], *, edition: Edition, now: dt.datetime) -> list[Change]:
    """Leave out sessions that are past, by the old time and by the new; the demo's never are."""
    return [change for change in changes if edition.is_demo or change.of_use_until > now]


def speakers_of(changes: Iterable[Change]) -> set[int]:
    """Return whom `changes` may concern as speakers."""
    entries = (entry for change in changes for entry in (change.before, change.after) if entry)
    return {speaker for entry in entries for speaker, _exclusive in entry.speakers}


def own_notes(changes: Iterable[Change]) -> dict[int, list[Note]]:
    """Tell each speaker what changed of the sessions in which they are, or were."""
    found: dict[int, list[Note]] = defaultdict(list)
    for change in changes:
        for speaker in speakers_of([change]):
            if whats := tuple(_own(change, speaker)):
                found[speaker].append(Note(change, change.entry.session_id, whats))
    return found


def attended_notes(changes: Iterable[Change]) -> dict[int, Note]:
    """Tell by session what people who attend it are told."""
    found = {}
    for change in changes:
        if whats := tuple(what for what in TOLD_TO_ATTENDANTS if what in change.whats):
            session = change.entry.session_id
            found[session] = Note(change, session, whats)
    return found


def merged(own: Collection[Note], attended: Iterable[Note], seats: Seats = Seats.NONE) -> Notice:
    """Make one notice of both; of a session in which one speaks, one is told once."""
    spoken = {note.session for note in own}
    rest = tuple(note for note in attended if note.session not in spoken)
    return Notice(tuple(own), rest, seats)


def _own(change: Change, speaker: int) -> Iterator[What | Own]:
    was = _is_in(speaker, change, before=True)
    if _is_in(speaker, change, before=False):
        if was:
            yield from (what for what in (What.MOVED, What.ROOM) if what in change.whats)
        elif What.REVIVED in change.whats and speaker not in change.joined:
            yield What.REVIVED
        else:
            yield Own.JOINED
    elif was:
        gone = (what for what in (What.CANCELLED, What.TAKEN_OUT) if what in change.whats)
        yield next(gone, Own.LEFT)


def _is_in(speaker: int, change: Change, *, before: bool) -> bool:
    entry = change.before if before else change.after
    if entry is None or entry.cancelled:
        return False
    return any(speaker == one for one, _exclusive in entry.speakers)


def by_session(notes: Mapping[int, Note], sessions: Collection[int]) -> list[Note]:
    """Choose from `notes` those of `sessions`, in the order of the changes."""
    return [note for session, note in notes.items() if session in sessions]
