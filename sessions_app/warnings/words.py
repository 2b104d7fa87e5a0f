"""The names and times of a draft in the reader's language, each made once."""

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _

from forum.templatetags.content import name_wording, wording
from sessions_app.timetable.programme import FACILITIES, languages_line
from sessions_app.timetable.spans import short_moment, short_span
from sessions_app.warnings.snapshot import Need, Snapshot


class Words:
    """What the sentences are filled with."""

    def __init__(self, draft: Snapshot) -> None:
        self.draft = draft
        self._titles: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._days: dict[dt.date, str] = {}

    def title(self, session: int) -> str:
        """Return a session's title; its code where it has none."""
        if session not in self._titles:
            planned = self.draft.sessions[session]
            text = wording(planned.titles.__getitem__, "title").text
            self._titles[session] = text or planned.code
        return self._titles[session]

    def person(self, speaker: int) -> str:
        """Return a speaker's name."""
        if speaker not in self._names:
            self._names[speaker] = name_wording(self.draft.people[speaker].names).text
        return self._names[speaker]

    def room(self, room: int) -> str:
        """Return a room's name."""
        return wording(self.draft.rooms[room].names.__getitem__, "name").text

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Return a moment in the edition's zone."""
        return moment.astimezone(self.draft.zone)

    def span(self, start: dt.datetime, end: dt.datetime) -> str:
        """Write when something takes place: its day, beginning and end."""
        return short_span(self.local(start), self.local(end))

    def moment(self, moment: dt.datetime) -> str:
        """Write a day and a time of day."""
        return short_moment(self.local(moment))

    @property
    def last_day(self) -> dt.date:
        """The forum's last day."""
        return self.local(self.draft.days.end).date() - dt.timedelta(days=1)

    def day(self, day: dt.date) -> str:
        """Write a day."""
        if day not in self._days:
            self._days[day] = formats.date_format(day, "SHORT_DATE_FORMAT")
        return self._days[day]

    def needs(self, needs: frozenset[Need]) -> str:
        """Write needs one after another."""
        languages = sorted(need.language for need in needs if need.language)
        line = languages_line(languages)
        found = [_("interpretation (%(languages)s)") % {"languages": line}] if languages else []
        found += [str(word) for what, word in FACILITIES.items() if Need(what) in needs]
        return ", ".join(found)
