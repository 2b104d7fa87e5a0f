"""The calendar files of a letter about changes.

What takes place goes into one file with METHOD:PUBLISH, which every calendar imports whole. What is
off makes a file of its own with METHOD:CANCEL for each session: iTIP (RFC 5546) allows one UID
there, and Outlook reads the first event alone.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import get_language
from icalendar import Calendar as ICalendar
from icalendar import Event, vCalAddress, vText

from forum.editions.models import Edition
from forum.mailing.emails import Calendar, sender_address, site_url
from sessions_app.releases.notices import Note
from sessions_app.releases.sentences import room_of, title_of
from sessions_app.timetable.marks import uid_of


def calendar_of(
    notes: Iterable[Note], edition: Edition, *, sequences: Mapping[int, int], now: dt.datetime
) -> Calendar:
    """Write the files one behind the other, in the language that is active."""
    held: list[Event] = []
    off: list[Event] = []
    for note in notes:
        event = _event(note, edition, sequence=sequences[note.session], now=now)
        (off if note.is_off else held).append(event)
    calendars = [_calendar("PUBLISH", held)] if held else []
    calendars += [_calendar("CANCEL", [event]) for event in off]
    files = "".join(calendar.to_ical().decode() for calendar in calendars)
    return Calendar(files, "PUBLISH" if held else "CANCEL")


def _calendar(method: str, events: Iterable[Event]) -> ICalendar:
    calendar = ICalendar()
    calendar.add("prodid", "-//Civil Forum//civil-forum//KK")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return calendar


def _event(note: Note, edition: Edition, *, sequence: int, now: dt.datetime) -> Event:
    # An entry to be taken out is found by its UID; it says the time at which people see it.
    entry = (note.change.before if note.is_off else None) or note.change.entry
    event = Event()
    event.add("uid", uid_of(entry.guid))
    event.add("sequence", sequence)
    event.add("dtstamp", now)
    event.add("dtstart", entry.starts_at.astimezone(dt.UTC))
    event.add("dtend", entry.ends_at.astimezone(dt.UTC))
    event.add("summary", title_of(entry))
    event.add("location", ", ".join(filter(None, [room_of(entry), edition.venue, edition.city])))
    event.add("status", "CANCELLED" if note.is_off else "CONFIRMED")
    organiser = vCalAddress(f"mailto:{edition.contact_email or sender_address()}")
    organiser.params["cn"] = vText(edition.name)
    event.add("organizer", organiser)
    if not note.is_off:
        language = get_language() or "kk"
        page = site_url("session", language=language, edition=edition.slug, code=entry.code)
        event.add("url", page)
    return event
