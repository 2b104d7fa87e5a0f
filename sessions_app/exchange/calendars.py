"""Calendar files: of an edition, of one session, and of what concerns one delegate."""

import datetime as dt
from collections.abc import Iterable, Iterator

import icalendar
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forum.editions.models import Edition
from forum.registrations.emails import calendar_uid
from forum.registrations.models import Registration
from sessions_app.exchange.lines import Line, date, moment, text, write
from sessions_app.exchange.published import Published, Show, address_of
from sessions_app.timetable.marks import uid_of


def programme_calendar(published: Published) -> bytes:
    """Write the whole programme as iCalendar, in the language that is active."""
    edition = published.edition
    return write(_calendar(edition, name=edition.name, entries=_entries(published.shows)))


def part_calendar(published: Published, *, name: str) -> bytes:
    """Write the sessions of one speaker, room or track, called `name`, in the active language.

    An event has the UID and SEQUENCE that it has in the whole programme: who takes in both files
    sees it once.
    """
    edition = published.edition
    entries = _entries(published.shows)
    return write(_calendar(edition, name=f"{name} · {edition.name}", entries=entries))


def session_calendar(show: Show) -> bytes:
    """Write one session as iCalendar, in the language that is active."""
    session = show.session
    return write(_calendar(session.edition, name=session.title, entries=_entry(show)))


def personal_calendar(registration: Registration, published: Published) -> bytes:
    """Write the edition's days, and the sessions in `published`, for one delegate."""
    edition = published.edition
    entries = [*_days(registration, edition), *_entries(published.shows)]
    return write(_calendar(edition, name=edition.name, entries=entries))


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _calendar(edition: Edition, *, name: str, entries: Iterable[Line]) -> Iterator[Line]:
    yield "BEGIN", "VCALENDAR"
    yield "VERSION", "2.0"
    yield "PRODID", "-//Civil Forum//civil-forum//KK"
    yield "CALSCALE", "GREGORIAN"
    yield "METHOD", "PUBLISH"
    yield "NAME", text(name)
    yield "X-WR-CALNAME", text(name)
    yield "X-WR-TIMEZONE", text(edition.time_zone)
    yield "REFRESH-INTERVAL;VALUE=DURATION", "PT1H"
    empty = True
    for line in entries:
        empty = False
        yield line
    if empty:  # a calendar without any component is none
        yield from _time_zone(edition)
    yield "END", "VCALENDAR"


def _time_zone(edition: Edition) -> Iterator[Line]:
    """Describe the edition's zone, as it is on the edition's days. Our moments are in UTC."""
    after = edition.ends_on + dt.timedelta(days=1)
    zone = icalendar.Timezone.from_tzid(
        edition.time_zone, first_date=edition.starts_on, last_date=after
    )
    for line in zone.content_lines():
        name, _colon, value = str(line).partition(":")
        if name:
            yield name, value


def _days(registration: Registration, edition: Edition) -> Iterator[Line]:
    yield "BEGIN", "VEVENT"
    # As in the letter: a calendar that has both shows the forum once.
    yield "UID", calendar_uid(registration)
    yield "DTSTAMP", moment(registration.started_at)
    yield "DTSTART;VALUE=DATE", date(edition.starts_on)
    yield "DTEND;VALUE=DATE", date(edition.ends_on + dt.timedelta(days=1))  # the end is exclusive
    yield "SUMMARY", text(edition.name)
    yield "STATUS", "CONFIRMED" if registration.confirmed_at else "TENTATIVE"
    if place := ", ".join(filter(None, [edition.venue, edition.city])):
        yield "LOCATION", text(place)
    yield "URL", f"{settings.BASE_URL}/{_language()}/{edition.slug}/"
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def _entries(shows: Iterable[Show]) -> Iterator[Line]:
    for show in shows:
        yield from _entry(show)


def _entry(show: Show) -> Iterator[Line]:
    session, edition = show.session, show.session.edition
    cancelled = session.cancelled_at
    yield "BEGIN", "VEVENT"
    yield "UID", uid_of(session.guid)
    # A cancelling must outrank what calendars have, before the release that shows it comes out;
    # and what takes place after all, the cancelling.
    yield "SEQUENCE", str(show.changed_in + show.times_cancelled_or_revived)
    changed = moment(max(filter(None, [show.changed_at, show.edited_at, cancelled])))
    yield "DTSTAMP", changed
    yield "LAST-MODIFIED", changed
    yield "DTSTART", moment(show.starts_at)
    yield "DTEND", moment(show.ends_at)
    yield "SUMMARY", text(session.title)
    # It stays in the file: what vanished from it would stay in the calendars that have it.
    yield "STATUS", "CANCELLED" if cancelled else "CONFIRMED"
    places = [show.room.name, edition.venue, edition.city]
    yield "LOCATION", text(", ".join(filter(None, places)))
    if about := _about(show):
        yield "DESCRIPTION", text(about)
    yield "URL", address_of(show, _language())
    if session.track:
        yield "CATEGORIES", text(session.track.name)
    yield "END", "VEVENT"


def _about(show: Show) -> str:
    names = ", ".join(appearance.speaker.name for appearance in show.appearances)
    people = _("Speakers: %(names)s") % {"names": names} if names else ""
    texts = [show.session.subtitle, show.session.abstract, people]
    return "\n\n".join(filter(None, texts))
