"""What time brings to speakers and delegates, from the newest release."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from accounts.languages import Language
from forum.editions.models import Edition
from forum.mailing.actions import withdraw
from forum.mailing.models import Letter, LetterKind
from forum.mailing.planning import in_chunks, moment, without_letter
from forum.mailing.topics import topic_of
from forum.registrations import emails as registration_emails
from forum.subscriptions.models import readers
from sessions_app.sessions.models import Kind
from sessions_app.speakers.models import Speaker
from sessions_app.timetable import emails
from sessions_app.timetable.models import Release, Slot, SlotSpeaker

AHEAD = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
REMINDER = dt.time(10)
"""The day before, early enough to arrange something still."""
REMINDER_OF_USE_UNTIL = dt.time(8)
"""On the first day; later, people stand at the door already."""
EVENING = dt.time(18)
SUMMARY_OF_USE_UNTIL = dt.time(12)

Agendas = dict[tuple[Speaker, dt.date], list[Slot]]


def edition_reminders(edition: Edition, *, now: dt.datetime) -> Iterator[list[Letter]]:
    """To whom holds a place, the day before; not to who got it after that, and knows.

    It stands here and not with the registrations, because it says when the doors open.
    """
    due = moment(edition.starts_on - DAY, REMINDER, edition)
    until = moment(edition.starts_on, REMINDER_OF_USE_UNTIL, edition)
    if not due <= now < until:
        return
    coming = edition.registrations.confirmed().filter(confirmed_at__lt=due, person__is_active=True)
    wanted = readers(coming, topic_of(LetterKind.EDITION_REMINDER), person="person")
    rows = without_letter(wanted.select_related("person"), prefix=registration_emails.REMINDER_KEY)
    opening = _opening_of(edition)
    yield from in_chunks(
        rows,
        lambda row: registration_emails.edition_reminder(
            row, edition, opening=opening, until=until, now=now
        ),
    )


def _opening_of(edition: Edition) -> registration_emails.Opening:
    """Tell from the newest release when the first day's doors open and its first session begins."""
    begins = edition.beginning_of(edition.starts_on)
    slots = Slot.objects.filter(
        release__in=Release.objects.filter(edition=edition).newest(),
        session__cancelled_at=None,
        during__startswith__gte=begins,
        during__startswith__lt=begins + DAY,
    )
    doors_at = begins_at = None
    for during, kind in slots.order_by("during").values_list("during", "session__kind"):
        if kind == Kind.CHECK_IN:
            doors_at = doors_at or during.lower
        elif kind != Kind.BREAK:
            begins_at = begins_at or during.lower
    return registration_emails.Opening(doors_at, begins_at)


def session_reminders(edition: Edition, *, now: dt.datetime) -> Iterator[list[Letter]]:
    """To each speaker an hour before the first session still ahead: one letter for the day.

    A session that moved or was cancelled makes other keys: what was written of it and has not gone
    is withdrawn, and written anew when it is time again.
    """
    agendas = _agendas(edition, now=now)
    keys = {
        emails.reminder_key(edition, speaker, day, slots): (speaker, day)
        for (speaker, day), slots in agendas.items()
    }
    ours = Letter.objects.filter(edition=edition, kind=LetterKind.SESSION_REMINDER)
    withdraw(ours.filter(useful_until__gt=now, copy_of=None).exclude(dedupe_key__in=keys), now=now)
    due = {
        key: whose
        for key, whose in keys.items()
        if any(now < slot.during.lower <= now + AHEAD for slot in agendas[whose])
    }
    written = set(ours.filter(dedupe_key__in=due).values_list("dedupe_key", flat=True))
    yield [
        emails.session_reminder(speaker, edition, day=day, slots=agendas[speaker, day], now=now)
        for key, (speaker, day) in due.items()
        if key not in written
    ]


def _agendas(edition: Edition, *, now: dt.datetime) -> Agendas:
    """Tell which sessions each speaker with an address has on the days around `now`."""
    appearances = SlotSpeaker.objects.filter(
        release__in=Release.objects.filter(edition=edition).newest(),
        slot__session__cancelled_at=None,
        during__startswith__gt=now - DAY,
        during__startswith__lte=now + DAY,
    ).select_related("speaker__person", "slot__session", "slot__room")
    agendas: Agendas = defaultdict(list)
    for appearance in appearances.order_by("during", "slot"):
        speaker, slot = appearance.speaker, appearance.slot
        account = speaker.person
        if speaker.email or (account and account.is_active):
            agendas[speaker, edition.day_of(slot.during.lower)].append(slot)
    return agendas


def day_summaries(edition: Edition, *, now: dt.datetime) -> Iterator[list[Letter]]:
    """To whom holds a place, the evening before each day: what the day brings."""
    for day in edition.days:
        due = moment(day - DAY, EVENING, edition)
        until = moment(day, SUMMARY_OF_USE_UNTIL, edition)
        if due <= now < until:
            yield from _summaries_of(edition, day, until=until, now=now)


def _summaries_of(
    edition: Edition, day: dt.date, *, until: dt.datetime, now: dt.datetime
) -> Iterator[list[Letter]]:
    coming = edition.registrations.confirmed().filter(person__is_active=True)
    wanted = readers(coming, topic_of(LetterKind.DAY_SUMMARY), person="person")
    rows = without_letter(wanted.select_related("person"), prefix=emails.summary_key(day))
    slots = _slots_of(edition, day)
    if not slots or not rows.exists():
        return
    words = emails.day_in_words(edition, day=day, slots=slots, languages=Language.values)
    yield from in_chunks(
        rows,
        lambda row: emails.day_summary(row, edition, day=day, words=words, until=until, now=now),
    )


def _slots_of(edition: Edition, day: dt.date) -> list[Slot]:
    begins = edition.beginning_of(day)
    slots = Slot.objects.filter(
        release__in=Release.objects.filter(edition=edition).newest(),
        session__cancelled_at=None,
        during__startswith__gte=begins,
        during__startswith__lt=edition.beginning_of(day + DAY),
    )
    return list(slots.select_related("session", "room").order_by("during", "room__position"))
