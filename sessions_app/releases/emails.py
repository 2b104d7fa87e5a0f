"""The letter to whom a release concerns: all that is new for them, and what their calendar needs.

Thousands may be told the same, so words and files are made once for each language and notice.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from forum.editions.models import Edition
from forum.mailing.actions import draft
from forum.mailing.emails import Calendar, compose, site_url
from forum.mailing.models import Letter, LetterKind
from sessions_app.releases.calendars import calendar_of
from sessions_app.releases.notices import Note, Notice
from sessions_app.releases.readers import Reader
from sessions_app.releases.sentences import SAY, Names
from sessions_app.timetable.models import Release

FOLDER = "sessions_app/releases/letters"


def key_prefix(edition: Edition) -> str:
    """Begin the key of a letter; the release's number and the reader's key end it."""
    return f"{LetterKind.PROGRAMME_CHANGE}:{edition.pk}:"


@dataclass(frozen=True)
class InWords:
    """A notice in one language."""

    text: SafeString
    html: SafeString
    calendar: Calendar


@dataclass
class Writer:
    """Writes the letters about a release to readers who know the programme of the same release.

    `is_first` says that they know none: what they read is no change, but their time.
    """

    edition: Edition
    release: Release
    sequences: Mapping[int, int]
    is_first: bool
    made: dict[tuple[str, Notice], InWords] = field(default_factory=dict)

    def letter(self, reader: Reader, notice: Notice, *, now: dt.datetime) -> Letter:
        """Draft the one letter to `reader`."""
        words = self._in_words(reader.language, notice, now=now)
        content = compose(
            f"{FOLDER}/{LetterKind.PROGRAMME_CHANGE}",
            language=reader.language,
            edition=self.edition,
            context={
                "person": reader.person,
                "is_first": self.is_first,
                "words": words,
                "programme_url": self._programme_url(reader.language),
            },
        )
        return draft(
            kind=LetterKind.PROGRAMME_CHANGE,
            key=f"{key_prefix(self.edition)}{self.release.number}:{reader.key}",
            edition=self.edition,
            content=content,
            recipient=reader.person,
            address=reader.address,
            calendar=words.calendar,
            useful_until=max(note.change.of_use_until for note in notice.notes),
            now=now,
        )

    def _in_words(self, language: str, notice: Notice, *, now: dt.datetime) -> InWords:
        if (language, notice) not in self.made:
            with override(language), timezone.override(self.edition.zone):
                self.made[language, notice] = self._worded(notice, now=now)
        return self.made[language, notice]

    def _worded(self, notice: Notice, *, now: dt.datetime) -> InWords:
        given = {
            "is_first": self.is_first,
            "own": self._sentences(notice.own),
            "attended": self._sentences(notice.attended),
        }
        folder = f"{FOLDER}/{LetterKind.PROGRAMME_CHANGE}"
        text = render_to_string(f"{folder}/_changes.txt", given)
        html = render_to_string(f"{folder}/_changes.html", given)
        calendar = calendar_of(notice.notes, self.edition, sequences=self.sequences, now=now)
        return InWords(mark_safe(text.strip()), mark_safe(html), calendar)  # noqa: S308

    def _sentences(self, notes: Iterable[Note]) -> list[str]:
        names = Names(self.edition, {})
        return [
            sentence
            for note in notes
            for what in note.whats
            for sentence in SAY[what](note.change, names)
        ]

    def _programme_url(self, language: str) -> str:
        """Lead to what else changed; of the first release, to the programme."""
        names: dict[str, object] = {"edition": self.edition.slug}
        if self.is_first:
            return site_url("programme", language=language, **names)
        return site_url("release_changes", language=language, number=self.release.number, **names)
