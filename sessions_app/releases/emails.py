"""The letter to whom a release concerns: all that is new for them, and what their calendar needs.

Thousands may be told the same, so a letter is made once for each language and notice.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import override

from forum.editions.models import Edition
from forum.mailing.actions import draft
from forum.mailing.emails import Calendar, Content, Somebody, compose, site_url
from forum.mailing.models import Letter, LetterKind
from forum.templatetags.content import wording_of
from sessions_app.releases.attendance import Seats
from sessions_app.releases.calendars import calendar_of
from sessions_app.releases.notices import Notice
from sessions_app.releases.readers import Reader
from sessions_app.releases.sentences import tell_notes
from sessions_app.timetable.models import Release

FOLDER = "sessions_app/releases/letters"
AS_DELEGATE = ":delegate"
"""Ends the key of a letter that tells nothing of sessions of the reader's own."""


def key_prefix(edition: Edition) -> str:
    """Begin the key of a letter; the release's number, the reader's key and role follow."""
    return f"{LetterKind.PROGRAMME_CHANGE}:{edition.pk}:"


@dataclass(frozen=True)
class Master:
    """A letter as it goes to everybody who reads the same, to somebody without a name yet."""

    content: Content
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
    masters: dict[tuple[str, bool, Notice], Master] = field(default_factory=dict)

    def letter(self, reader: Reader, notice: Notice, *, now: dt.datetime) -> Letter:
        """Draft the one letter to `reader`."""
        master = self._master(reader, notice, now=now)
        role = "" if notice.own else AS_DELEGATE
        return draft(
            kind=LetterKind.PROGRAMME_CHANGE,
            key=f"{key_prefix(self.edition)}{self.release.number}:{reader.key}{role}",
            edition=self.edition,
            content=master.content.named(reader.person.short_name if reader.person else ""),
            recipient=reader.person,
            address=reader.address,
            calendar=master.calendar,
            useful_until=None if self.edition.is_demo else notice.of_use_until,
            now=now,
        )

    def _master(self, reader: Reader, notice: Notice, *, now: dt.datetime) -> Master:
        key = reader.language, reader.person is not None, notice
        if key not in self.masters:
            self.masters[key] = self._written(reader, notice, now=now)
        return self.masters[key]

    def _written(self, reader: Reader, notice: Notice, *, now: dt.datetime) -> Master:
        language = reader.language
        with override(language), timezone.override(self.edition.zone):
            own = tell_notes(self.edition, notice.own)
            attended = tell_notes(self.edition, notice.attended)
            note = wording_of(self.release, "note")
            calendar = calendar_of(notice.notes, self.edition, sequences=self.sequences, now=now)
        content = compose(
            f"{FOLDER}/{LetterKind.PROGRAMME_CHANGE}",
            language=language,
            edition=self.edition,
            context={
                "person": Somebody() if reader.person else None,
                "is_first": self.is_first,
                "note": note,
                "own": own,
                "attended": attended,
                "programme_url": self._programme_url(language),
                "has_seats": notice.seats != Seats.NONE,
                "must_choose": notice.seats == Seats.TO_CHOOSE,
                "seats_url": site_url("seats", language=language, edition=self.edition.slug),
            },
        )
        return Master(content, calendar)

    def _programme_url(self, language: str) -> str:
        """Lead to what else changed; of the first release, to the programme."""
        names: dict[str, object] = {"edition": self.edition.slug}
        if self.is_first:
            return site_url("programme", language=language, **names)
        return site_url("release_changes", language=language, number=self.release.number, **names)
