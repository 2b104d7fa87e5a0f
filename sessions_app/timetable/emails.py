"""The letters about the programme: to speakers before they speak, to delegates for each day."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

from forum.editions.models import Edition
from forum.mailing.actions import draft
from forum.mailing.emails import Content, Somebody, compose, site_url
from forum.mailing.models import Letter, LetterKind
from forum.registrations.models import Registration
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Slot

FOLDER = "sessions_app/timetable/letters"
MOST_SESSIONS = 40
"""Of a day's programme; a longer letter is cut by mail programs, and read by nobody."""


def reminder_key(edition: Edition, speaker: Speaker, day: dt.date, slots: Sequence[Slot]) -> str:
    """Name the reminder of these sessions at these places and times; a move makes another."""
    places = ";".join(f"{s.session_id}@{s.room_id}@{s.during.lower.timestamp():.0f}" for s in slots)
    digest = hashlib.sha256(places.encode()).hexdigest()[:16]
    return f"{LetterKind.SESSION_REMINDER}:{edition.pk}:{speaker.pk}:{day}:{digest}"


def session_reminder(
    speaker: Speaker, edition: Edition, *, day: dt.date, slots: Sequence[Slot], now: dt.datetime
) -> Letter:
    """Draft one letter with every session of the day in which `speaker` appears."""
    person = speaker.person
    language = person.language if person else speaker.language
    content = compose(
        f"{FOLDER}/{LetterKind.SESSION_REMINDER}",
        language=language,
        edition=edition,
        context={
            "person": person,
            "slots": slots,
            "programme_url": _programme_url(edition, language, day),
        },
    )
    return draft(
        kind=LetterKind.SESSION_REMINDER,
        key=reminder_key(edition, speaker, day, slots),
        edition=edition,
        content=content,
        recipient=person,
        address=speaker.email,
        useful_until=slots[-1].during.lower,
        now=now,
    )


def day_in_words(
    edition: Edition, *, day: dt.date, slots: Sequence[Slot], languages: Sequence[str]
) -> Mapping[str, Content]:
    """Compose the day's letter once in each language; only the first MOST_SESSIONS are named."""
    return {
        language: compose(
            f"{FOLDER}/{LetterKind.DAY_SUMMARY}",
            language=language,
            edition=edition,
            context={
                "person": Somebody(),
                "day": day,
                "slots": slots[:MOST_SESSIONS],
                "more": max(0, len(slots) - MOST_SESSIONS),
                "programme_url": _programme_url(edition, language, day),
            },
        )
        for language in languages
    }


def day_summary(
    registration: Registration,
    edition: Edition,
    *,
    day: dt.date,
    words: Mapping[str, Content],
    until: dt.datetime,
    now: dt.datetime,
) -> Letter:
    """Draft the summary of `day` for one delegate."""
    person = registration.person
    return draft(
        kind=LetterKind.DAY_SUMMARY,
        key=f"{summary_key(day)}{registration.pk}",
        edition=edition,
        content=words[person.language].named(person.short_name),
        recipient=person,
        useful_until=until,
        now=now,
    )


def summary_key(day: dt.date) -> str:
    """Begin the key of a day's summary; the registration's id ends it."""
    return f"{LetterKind.DAY_SUMMARY}:{day}:"


def _programme_url(edition: Edition, language: str, day: dt.date) -> str:
    return f"{site_url('programme', language=language, edition=edition.slug)}?day={day}"
