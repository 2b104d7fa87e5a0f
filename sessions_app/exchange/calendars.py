"""Calendar files: of an edition, of one session, and of what concerns one delegate."""

import datetime as dt
import urllib.parse
from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from forum.editions.models import Edition
from forum.registrations.models import Registration
from sessions_app.exchange.published import Published, Show, address_of
from sessions_app.exchange.texts import plain

_SIGNER_SALT = "sessions_app.exchange.calendars"


def programme_calendar(published: Published) -> bytes:
    """Write the whole programme as iCalendar, in the language that is active."""
    calendar = _calendar(published.edition.name)
    _add_shows(calendar, published.shows)
    return bytes(calendar.to_ical())


def session_calendar(show: Show) -> bytes:
    """Write one session as iCalendar, in the language that is active."""
    calendar = _calendar(show.session.title)
    _add_shows(calendar, [show])
    return bytes(calendar.to_ical())


def personal_calendar(registration: Registration, published: Published) -> bytes:
    """Write the edition's days, and the sessions in `published`, for one delegate."""
    edition = published.edition
    calendar = _calendar(edition.name)
    days = Event()
    days.add("uid", f"{registration.code}@{_host()}")
    days.add("dtstamp", registration.registered_at.astimezone(dt.UTC))
    days.add("dtstart", edition.starts_on)
    days.add("dtend", edition.ends_on + dt.timedelta(days=1))  # the end is exclusive
    days.add("summary", plain(edition.name))
    if place := ", ".join(filter(None, [plain(edition.venue), plain(edition.city)])):
        days.add("location", place)
    days.add("url", f"{settings.BASE_URL}/{_language()}/{edition.slug}/")
    days.add("transp", "TRANSPARENT")
    calendar.add_component(days)
    _add_shows(calendar, published.shows)
    return bytes(calendar.to_ical())


def calendar_secret(registration: Registration) -> str:
    """Sign a registration's code: nobody guesses it, and it ends with the registration."""
    return signing.Signer(salt=_SIGNER_SALT, sep=".").sign(registration.code)


def find_by_secret(edition: Edition, secret: str) -> Registration | None:
    """Return the live registration that a secret was made for."""
    try:
        code = signing.Signer(salt=_SIGNER_SALT, sep=".").unsign(secret)
    except signing.BadSignature:
        return None
    return Registration.objects.live().filter(edition=edition, code=code).first()


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _host() -> str:
    return urllib.parse.urlsplit(settings.BASE_URL).hostname or "localhost"


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Civil Forum//civil-forum//KK")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", plain(name))
    calendar.add("x-wr-calname", plain(name))
    calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    return calendar


def _add_shows(calendar: Calendar, shows: Iterable[Show]) -> None:
    for show in shows:
        calendar.add_component(_event(show))


def _event(show: Show) -> Event:
    session, edition = show.session, show.session.edition
    cancelled = session.cancelled_at is not None
    changed = max(show.changed_at, session.cancelled_at or show.changed_at).astimezone(dt.UTC)
    event = Event()
    event.add("uid", f"{session.guid}@{_host()}")
    # A cancelling must outrank what calendars have, before the release that shows it comes out.
    event.add("sequence", show.changed_in + cancelled)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", show.starts_at.astimezone(dt.UTC))
    event.add("dtend", show.ends_at.astimezone(dt.UTC))
    event.add("summary", plain(session.title))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    places = [plain(show.room.name), plain(edition.venue), plain(edition.city)]
    event.add("location", ", ".join(filter(None, places)))
    if about := _about(show):
        event.add("description", about)
    event.add("url", address_of(show, _language()))
    if session.track:
        event.add("categories", [plain(session.track.name)])
    return event


def _about(show: Show) -> str:
    names = [plain(appearance.speaker.name) for appearance in show.appearances]
    people = _("Speakers: %(names)s") % {"names": ", ".join(names)} if names else ""
    texts = [plain(show.session.subtitle), plain(show.session.abstract), people]
    return "\n\n".join(filter(None, texts))
