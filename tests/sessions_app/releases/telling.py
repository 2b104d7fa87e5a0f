"""Writes the letters about releases as beat does, and reads what they say."""

import datetime as dt
import re

from icalendar import Calendar

from forum.mailing.planning import carry_out
from forum.models import Letter, Registration
from sessions_app.releases.planners import letters_of_no_use, release_letters
from sessions_app.sessions.models import Session

from .conftest import NOW, place

TO_15 = "стало — 16 октября, четверг, 15:00–16:00."


def tell(now: dt.datetime = NOW) -> list[Letter]:
    """Write what is owed, as beat does; return the new letters in order of address."""
    before = set(Letter.objects.values_list("pk", flat=True))
    carry_out([letters_of_no_use, release_letters], now=now)
    return list(Letter.objects.exclude(pk__in=before).order_by("to_address"))


def sent(letters: list[Letter]) -> None:
    """Send the letters, as a sender does."""
    mine = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
    mine.update(begun_at=NOW, sent_at=NOW)


def early(plenary: Session) -> None:
    """Move the plenary session to eight."""
    place(plenary, plenary.placement.room, "08:00", "09:00")


def addresses(letters: list[Letter]) -> list[str]:
    return [letter.to_address for letter in letters]


def said(letter: Letter) -> list[str]:
    """Return the sentences of the letter's lists."""
    return re.findall(r"^- (.+)$", letter.text, re.MULTILINE)


def events(letter: Letter) -> list[tuple[str, str, str, int]]:
    """Return method, title, status and sequence of every calendar event."""
    return [
        (calendar["METHOD"], event["SUMMARY"], event["STATUS"], event["SEQUENCE"])
        for calendar in Calendar.from_ical(letter.calendar, multiple=True)
        for event in calendar.walk("VEVENT")
    ]


def come_no_more(*registrations: Registration) -> None:
    Registration.objects.filter(pk__in=[one.pk for one in registrations]).update(cancelled_at=NOW)


def waiting() -> list[str]:
    """Return to whom letters wait to go."""
    return addresses(list(Letter.objects.withdrawable().order_by("to_address")))
