"""Says what changed, a sentence for each thing, in the language that is active."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from forum.editions.models import Edition
from forum.templatetags.content import name_wording, wording
from sessions_app.releases.changes import Change, What, speakers_named
from sessions_app.releases.notices import Note, Own
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.draft import Entry, Words
from sessions_app.timetable.spans import long_span

LABELS: Mapping[What, str | Promise] = {
    What.NEW: pgettext_lazy("what changed", "New"),
    What.REVIVED: pgettext_lazy("what changed", "Takes place after all"),
    What.CANCELLED: pgettext_lazy("what changed", "Cancelled"),
    What.TAKEN_OUT: pgettext_lazy("what changed", "Taken out"),
    What.MOVED: pgettext_lazy("what changed", "Moved"),
    What.ROOM: pgettext_lazy("what changed", "Another room"),
    What.TITLE: pgettext_lazy("what changed", "Another title"),
    What.SPEAKERS: pgettext_lazy("what changed", "Other speakers"),
}
NEW = gettext_lazy("“%(title)s” is new: %(when)s, %(room)s.")
REVIVED = gettext_lazy("“%(title)s” takes place after all: %(when)s, %(room)s.")
CANCELLED = gettext_lazy("“%(title)s” is cancelled (%(when)s).")
TAKEN_OUT = gettext_lazy("“%(title)s” is no longer in the programme (%(when)s).")
JOINED = gettext_lazy("You take part in “%(title)s”: %(when)s, %(room)s.")
LEFT = gettext_lazy("You no longer take part in “%(title)s” (%(when)s).")


@dataclass(frozen=True)
class Told:
    """One session's changes in words; `code` leads to its page."""

    code: str
    title: str
    labels: list[str]
    sentences: list[str]


@dataclass(frozen=True)
class Names:
    """What the sentences need besides the changes: the edition's zone, and people's names."""

    edition: Edition
    speakers: Mapping[int, Speaker]


def names_for(edition: Edition, changes: Collection[Change]) -> Names:
    """Look the names up, with one query or none."""
    wanted = speakers_named(changes)
    return Names(edition, Speaker.objects.in_bulk(wanted) if wanted else {})


def tell(change: Change, names: Names) -> Told:
    """Say everything that changed of one session."""
    sentences = [sentence for what in change.whats for sentence in SAY[what](change, names)]
    labels = [str(LABELS[what]) for what in change.whats]
    return Told(change.entry.code, title_of(change.entry), labels, sentences)


def tell_notes(edition: Edition, notes: Iterable[Note]) -> list[str]:
    """Say what one reader is told; it names no speakers."""
    names = Names(edition, {})
    return [
        sentence
        for note in notes
        for what in note.whats
        for sentence in SAY[what](note.change, names)
    ]


def tell_all(
    edition: Edition,
    changes: Collection[Change],
    speakers: Mapping[int, Speaker] | None = None,
) -> list[Told]:
    """Say everything that changed, a session each; who has read the `speakers` gives them."""
    names = names_for(edition, changes) if speakers is None else Names(edition, speakers)
    return [tell(change, names) for change in changes]


def title_of(entry: Entry) -> str:
    """Return a session's title by then, in the reader's language, else in another."""
    return _worded(entry.titles) or entry.code


def room_of(entry: Entry) -> str:
    """Return the name of a session's room."""
    return _worded(entry.room_names)


def when_of(entry: Entry, edition: Edition) -> str:
    """Return day and time in the edition's zone; what ends on another day says on which."""
    return long_span(edition, entry.starts_at, entry.ends_at)


def _worded(words: Words) -> str:
    told = dict(words)
    return wording(lambda column: told.get(column.rpartition("_")[2]), "text").text


def _held(sentence: str | Promise) -> "Saying":
    """Make the saying of a session that stands as a whole: where and when it is, or was."""

    def say(change: Change, names: Names) -> list[str]:
        # Of what is off, people know where it was.
        gone = sentence is LEFT or change.after is None or change.after.cancelled
        entry = change.before if gone and change.before else change.entry
        told = {
            "title": title_of(entry),
            "when": when_of(entry, names.edition),
            "room": room_of(entry),
        }
        return [str(sentence) % told]

    return say


def _moved(change: Change, names: Names) -> list[str]:
    assert change.before is not None
    told = {
        "title": title_of(change.entry),
        "before": when_of(change.before, names.edition),
        "after": when_of(change.entry, names.edition),
    }
    return [_("“%(title)s” is moved from %(before)s to %(after)s.") % told]


def _room(change: Change, names: Names) -> list[str]:
    assert change.before is not None
    told = {
        "title": title_of(change.entry),
        "when": when_of(change.entry, names.edition),
        "before": room_of(change.before),
        "after": room_of(change.entry),
    }
    return [_("“%(title)s” (%(when)s) is in another room: %(after)s, not %(before)s.") % told]


def _title(change: Change, _names: Names) -> list[str]:
    assert change.before is not None
    before, after = title_of(change.before), title_of(change.entry)
    if before == after:
        return [_("The title of “%(title)s” was changed in another language.") % {"title": after}]
    return [_("“%(before)s” is now called “%(after)s”.") % {"before": before, "after": after}]


def _speakers(change: Change, names: Names) -> list[str]:
    title = title_of(change.entry)
    sentences = {
        _("“%(title)s” is joined by: %(names)s."): change.joined,
        _("No longer in “%(title)s”: %(names)s."): change.left,
    }
    return [
        sentence % {"title": title, "names": _listed(people, names)}
        for sentence, people in sentences.items()
        if people
    ]


def _listed(people: Collection[int], names: Names) -> str:
    known = [names.speakers[speaker] for speaker in people if speaker in names.speakers]
    known.sort(key=lambda speaker: (speaker.sort_key, speaker.pk))
    return ", ".join(name_wording(speaker).text for speaker in known)


Saying = Callable[[Change, Names], list[str]]
SAY: Mapping[What | Own, Saying] = {
    Own.JOINED: _held(JOINED),
    Own.LEFT: _held(LEFT),
    What.NEW: _held(NEW),
    What.REVIVED: _held(REVIVED),
    What.CANCELLED: _held(CANCELLED),
    What.TAKEN_OUT: _held(TAKEN_OUT),
    What.MOVED: _moved,
    What.ROOM: _room,
    What.TITLE: _title,
    What.SPEAKERS: _speakers,
}
