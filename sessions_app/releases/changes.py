"""What differs between two states of the programme: two releases, or a release and the draft."""

import datetime as dt
import enum
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sessions_app.timetable.draft import Entry

Standing = Mapping[int, Entry]
"""The programme at one moment, by session."""


class What(enum.StrEnum):
    """How a session differs; where several hold, in the order in which they are told."""

    NEW = "new"
    REVIVED = "revived"
    CANCELLED = "cancelled"
    TAKEN_OUT = "taken_out"
    MOVED = "moved"
    ROOM = "room"
    TITLE = "title"
    SPEAKERS = "speakers"


@dataclass(frozen=True)
class Change:
    """How one session differs. `before` is None for a new one, `after` for one taken out."""

    before: Entry | None
    after: Entry | None
    whats: tuple[What, ...]

    @property
    def entry(self) -> Entry:
        """The session as it is now; one taken out, as it was."""
        found = self.after or self.before
        assert found is not None, "a change is of something"
        return found

    @property
    def joined(self) -> frozenset[int]:
        """The speakers who were not in the session before."""
        return _people(self.after) - _people(self.before)

    @property
    def left(self) -> frozenset[int]:
        """The speakers who are in the session no more."""
        return _people(self.before) - _people(self.after)

    @property
    def of_use_until(self) -> dt.datetime:
        """When nobody needs to hear of it any more: the later beginning of the two."""
        return max(entry.starts_at for entry in (self.before, self.after) if entry)


def compare(before: Standing, after: Standing) -> list[Change]:
    """Tell each session that differs, in order of time."""
    changes = []
    for session in before.keys() | after.keys():
        old, new = before.get(session), after.get(session)
        if whats := tuple(_whats(old, new)):
            changes.append(Change(old, new, whats))
    return sorted(changes, key=lambda change: (change.entry.starts_at, change.entry.code))


def _whats(old: Entry | None, new: Entry | None) -> Iterator[What]:
    # What was cancelled, or was not there, is of no interest unless it takes place now.
    was_held = old is not None and not old.cancelled
    if new is None or new.cancelled:
        if was_held:
            yield What.CANCELLED if new else What.TAKEN_OUT
    elif old is None:
        yield What.NEW
    elif not was_held:
        yield What.REVIVED
    else:
        yield from _differences(old, new)


def _differences(old: Entry, new: Entry) -> Iterator[What]:
    if (old.starts_at, old.ends_at) != (new.starts_at, new.ends_at):
        yield What.MOVED
    if old.room_id != new.room_id:
        yield What.ROOM
    # Releases of old were published without their titles.
    if old.titles and old.titles != new.titles:
        yield What.TITLE
    if _people(old) != _people(new):
        yield What.SPEAKERS


def _people(entry: Entry | None) -> frozenset[int]:
    return frozenset(speaker for speaker, _exclusive in entry.speakers) if entry else frozenset()


def speakers_named(changes: Collection[Change]) -> set[int]:
    """Return the speakers whose names the sentences of `changes` need."""
    told = [change for change in changes if What.SPEAKERS in change.whats]
    return {speaker for change in told for speaker in change.joined | change.left}
