"""The letters about one registration, each in the delegate's language."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import override
from icalendar import Calendar as ICalendar
from icalendar import Event, vCalAddress, vText

from forum.mailing.actions import draft, queue, withdraw
from forum.mailing.emails import Calendar, compose, sender_address, site_url
from forum.mailing.models import Letter, LetterKind
from forum.registrations.models import Registration

FOLDER = "forum/registrations/letters"


def confirmed(registration: Registration, *, now: dt.datetime) -> Letter:
    """Tell who has a place that it is theirs, with the days for the calendar."""
    calendar = _calendar(registration, method="REQUEST", now=now)
    return _queue(registration, LetterKind.CONFIRMED, calendar=calendar, now=now)


def waiting(registration: Registration, *, now: dt.datetime) -> Letter:
    """Tell who waits at which place of the list."""
    place = Registration.objects.ahead_of(registration).count() + 1
    return _queue(registration, LetterKind.WAITING, context={"place": place}, now=now)


def place_offered(registration: Registration, *, now: dt.datetime) -> Letter:
    """Tell who waited that a place is theirs now, with the days for the calendar."""
    calendar = _calendar(registration, method="REQUEST", now=now)
    return _queue(registration, LetterKind.PLACE_OFFERED, calendar=calendar, now=now)


def cancelled(registration: Registration, *, now: dt.datetime) -> Letter:
    """Take back what has not gone yet, and tell that the registration is over."""
    withdraw(
        Letter.objects.filter(
            edition=registration.edition_id,
            recipient=registration.person_id,
            kind__in=(
                LetterKind.CONFIRMED,
                LetterKind.WAITING,
                LetterKind.PLACE_OFFERED,
                LetterKind.EDITION_REMINDER,
                LetterKind.DAY_SUMMARY,
            ),
        ),
        now=now,
    )
    held = registration.confirmed_at is not None
    calendar = _calendar(registration, method="CANCEL", now=now) if held else None
    return _queue(registration, LetterKind.CANCELLED, calendar=calendar, now=now)


def _queue(
    registration: Registration,
    kind: LetterKind,
    *,
    now: dt.datetime,
    context: Mapping[str, object] | None = None,
    calendar: Calendar | None = None,
) -> Letter:
    person, edition = registration.person, registration.edition
    content = compose(
        f"{FOLDER}/{kind}",
        language=person.language,
        edition=edition,
        context={
            "person": person,
            "registration": registration,
            "me_url": site_url("me", language=person.language, edition=edition.slug),
            **(context or {}),
        },
    )
    letter = draft(
        kind=kind,
        key=f"{kind}:{registration.pk}",
        edition=edition,
        content=content,
        recipient=person,
        calendar=calendar,
        now=now,
    )
    return queue(letter, now=now)


def _calendar(registration: Registration, *, method: str, now: dt.datetime) -> Calendar:
    """Make the edition's days an entry of the delegate's calendar, or take it out again.

    The UID is the registration's, so that CANCEL finds what REQUEST put there.
    """
    person, edition = registration.person, registration.edition
    with override(person.language):
        event = Event()
        event.add("uid", f"registration-{registration.code}@{sender_address().rpartition('@')[2]}")
        event.add("dtstamp", now)
        event.add("dtstart", edition.starts_on)
        event.add("dtend", edition.ends_on + dt.timedelta(days=1))
        event.add("summary", edition.name)
        event.add("location", ", ".join(filter(None, [edition.venue, edition.city])))
        event.add("url", site_url("me", language=person.language, edition=edition.slug))
        event.add("sequence", 1 if method == "CANCEL" else 0)
        event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
        organiser = vCalAddress(f"MAILTO:{edition.contact_email or sender_address()}")
        organiser.params["CN"] = vText(edition.name)
        event["organizer"] = organiser
        attendee = vCalAddress(f"MAILTO:{person.email}")
        attendee.params["CN"] = vText(person.full_name)
        attendee.params["PARTSTAT"] = vText("ACCEPTED")
        attendee.params["RSVP"] = vText("FALSE")
        event.add("attendee", attendee, encode=0)
    calendar = ICalendar()
    calendar.add("prodid", "-//Civil Forum//Registration//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return Calendar(calendar.to_ical().decode(), method)
