"""The letters about one registration, each in the delegate's language."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar as ICalendar
from icalendar import Event, vCalAddress, vText

from accounts.models import Region, User
from forum.editions.models import Edition
from forum.mailing.actions import draft, free_keys, queue, queue_many, withdraw
from forum.mailing.emails import Calendar, compose, sender_address, site_url
from forum.mailing.models import Letter, LetterKind
from forum.quotas.models import Category
from forum.registrations.models import Registration
from forum.registrations.standing import turn_of

FOLDER = "forum/registrations/letters"
REMINDER_KEY = f"{LetterKind.EDITION_REMINDER}:"
"""Begins the key of a reminder; the registration's id ends it."""


@dataclass(frozen=True)
class Numbers:
    """What an organiser reads in the morning; `by_region` by the region's id, None without one."""

    new: int
    by_region: Mapping[int | None, int]
    by_category: Mapping[str, int]
    confirmed: int
    awaiting: int
    waiting: int
    letters_not_sent: int


ABOUT_STANDING = (
    LetterKind.RECEIVED,
    LetterKind.CONFIRMED,
    LetterKind.WAITING,
    LetterKind.PLACE_OFFERED,
    LetterKind.PLACE_KEPT,
    LetterKind.DECLINED,
    LetterKind.REOPENED,
)
"""The letters that say how a registration stands; one that changes makes the earlier ones void."""
OF_A_PLACE = (LetterKind.CONFIRMED, LetterKind.PLACE_OFFERED)
"""The letters that put the edition's days into the delegate's calendar."""


def received(registration: Registration, *, now: dt.datetime) -> Letter:
    """Tell that the registration came in, and that somebody has to approve it."""
    return _queue(registration, LetterKind.RECEIVED, now=now)


def confirmed(
    registration: Registration, *, now: dt.datetime, due_at: dt.datetime | None = None
) -> Letter:
    """Tell who has a place that it is theirs, with the days for the calendar."""
    calendar = _calendar(registration, method="REQUEST", now=now)
    return _queue(registration, LetterKind.CONFIRMED, calendar=calendar, due_at=due_at, now=now)


def waiting(
    registration: Registration, *, now: dt.datetime, due_at: dt.datetime | None = None
) -> Letter:
    """Tell who waits at which place of the list, and for what."""
    turn = turn_of(registration)
    return _queue(registration, LetterKind.WAITING, context={"turn": turn}, due_at=due_at, now=now)


def moved_up(
    registration: Registration, *, now: dt.datetime, due_at: dt.datetime | None = None
) -> Letter:
    """Tell who waited that a place is theirs now, or kept for them until they accept it."""
    return queue(move_up(registration, now=now, due_at=due_at), now=now)


def move_up(
    registration: Registration, *, now: dt.datetime, due_at: dt.datetime | None = None
) -> Letter:
    """Draft that letter, for a planner to write where many moved up at once."""
    if registration.confirmed_at is None:
        return _draft(
            registration, LetterKind.PLACE_KEPT, useful_until=registration.offer_until, now=now
        )
    calendar = _calendar(registration, method="REQUEST", now=now)
    return _draft(registration, LetterKind.PLACE_OFFERED, calendar=calendar, due_at=due_at, now=now)


def wait_no_more(registrations: Iterable[Registration], *, now: dt.datetime) -> None:
    """Take back what tells of waiting and rests still: it would come after the better news."""
    keys = [f"{LetterKind.WAITING}:{one.pk}" for one in registrations]
    withdraw(Letter.objects.filter(dedupe_key__in=keys), now=now)


def offer_lapsed(registration: Registration, *, now: dt.datetime) -> Letter:
    """Tell that the place went to the next, because nobody accepted it in time."""
    _withdraw(registration, now=now)
    return _queue(registration, LetterKind.OFFER_LAPSED, now=now)


def declined(registration: Registration, *, now: dt.datetime, due_at: dt.datetime) -> Letter:
    """Tell that the organisers said no, and why."""
    _withdraw(registration, now=now)
    return _queue(registration, LetterKind.DECLINED, due_at=due_at, now=now)


def reopened(
    registration: Registration, *, told: Collection[LetterKind], now: dt.datetime
) -> Letter | None:
    """Take back what a decision wrote: letters of the kinds `told`.

    Where one has gone already, another says that it does not hold, and takes the days out of the
    delegate's calendar again.
    """
    _withdraw(registration, now=now)
    keys = [f"{kind}:{registration.pk}" for kind in (*told, LetterKind.REOPENED)]
    gone = Letter.objects.filter(dedupe_key__in=keys)
    kinds = set(gone.values_list("kind", flat=True)) - {LetterKind.REOPENED}
    # The same may become true again, and must then be told again.
    free_keys(gone)
    if not kinds:
        return None
    had_days = not kinds.isdisjoint(OF_A_PLACE)
    calendar = _calendar(registration, method="CANCEL", now=now) if had_days else None
    return _queue(registration, LetterKind.REOPENED, calendar=calendar, now=now)


def cancelled(registration: Registration, *, now: dt.datetime) -> Letter:
    """Take back what has not gone yet, and tell that the registration is over."""
    _withdraw(registration, now=now)
    held = registration.confirmed_at is not None
    calendar = _calendar(registration, method="CANCEL", now=now) if held else None
    return _queue(registration, LetterKind.CANCELLED, calendar=calendar, now=now)


def _withdraw(registration: Registration, *, now: dt.datetime) -> None:
    """Take back what was written and has not begun to go."""
    withdraw(
        Letter.objects.filter(
            edition=registration.edition_id,
            recipient=registration.person_id,
            kind__in=(*ABOUT_STANDING, LetterKind.EDITION_REMINDER, LetterKind.DAY_SUMMARY),
        ),
        now=now,
    )


def _queue(
    registration: Registration,
    kind: LetterKind,
    *,
    now: dt.datetime,
    context: Mapping[str, object] | None = None,
    calendar: Calendar | None = None,
    due_at: dt.datetime | None = None,
) -> Letter:
    letter = _draft(registration, kind, context=context, calendar=calendar, due_at=due_at, now=now)
    queue_many([letter], now=now)
    return letter


def _draft(
    registration: Registration,
    kind: LetterKind,
    *,
    now: dt.datetime,
    context: Mapping[str, object] | None = None,
    calendar: Calendar | None = None,
    due_at: dt.datetime | None = None,
    useful_until: dt.datetime | None = None,
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
            "register_url": site_url("register", language=person.language, edition=edition.slug),
            **(context or {}),
        },
    )
    return draft(
        kind=kind,
        key=f"{kind}:{registration.pk}",
        edition=edition,
        content=content,
        recipient=person,
        calendar=calendar,
        due_at=due_at,
        useful_until=useful_until,
        now=now,
    )


def _calendar(registration: Registration, *, method: str, now: dt.datetime) -> Calendar:
    """Make the edition's days an entry of the delegate's calendar, or take it out again.

    The UID is the registration's, so that CANCEL finds what REQUEST put there.
    """
    person, edition = registration.person, registration.edition
    with override(person.language):
        event = Event()
        event.add("uid", calendar_uid(registration))
        event.add("dtstamp", now)
        event.add("dtstart", edition.starts_on)
        event.add("dtend", edition.ends_on + dt.timedelta(days=1))
        event.add("summary", edition.name)
        event.add("location", ", ".join(filter(None, [edition.venue, edition.city])))
        event.add("url", site_url("me", language=person.language, edition=edition.slug))
        event.add("sequence", _sequence(registration, method=method, now=now))
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


def _sequence(registration: Registration, *, method: str, now: dt.datetime) -> int:
    """Number the entry so that each letter outranks those before it (RFC 5545).

    A decision may be taken back and taken anew: it counts twice the seconds since the registration
    was started, and one more for what takes the days out.
    """
    seconds = int((now - registration.started_at).total_seconds())
    return 2 * max(seconds, 0) + (method == "CANCEL")


def calendar_uid(registration: Registration) -> str:
    """Name the entry of the edition's days, wherever a delegate's calendar gets it from."""
    return f"registration-{registration.code}@{sender_address().rpartition('@')[2]}"


@dataclass(frozen=True)
class Opening:
    """When the doors open on an edition's first day, and when it begins; None: nobody knows yet."""

    doors_at: dt.datetime | None
    begins_at: dt.datetime | None


def edition_reminder(
    registration: Registration,
    edition: Edition,
    *,
    opening: Opening,
    until: dt.datetime,
    now: dt.datetime,
) -> Letter:
    """Draft the reminder of the day before, for a planner that knows the programme."""
    registration.edition = edition
    return _draft(
        registration,
        LetterKind.EDITION_REMINDER,
        context={
            "opening": opening,
            "programme_url": site_url(
                "programme", language=registration.person.language, edition=edition.slug
            ),
        },
        useful_until=until,
        now=now,
    )


def organiser_summary(
    person: User,
    edition: Edition,
    *,
    numbers: Numbers,
    today: dt.date,
    until: dt.datetime,
    now: dt.datetime,
) -> Letter:
    """Draft the morning's summary for one organiser, for a planner to write."""
    with override(person.language):
        facts = _facts(numbers)
    content = compose(
        f"{FOLDER}/{LetterKind.ORGANISER_SUMMARY}",
        language=person.language,
        edition=edition,
        context={"person": person, "numbers": numbers, "today": today, **facts},
    )
    return draft(
        kind=LetterKind.ORGANISER_SUMMARY,
        key=f"{summary_key(edition, today)}{person.pk}",
        edition=edition,
        content=content,
        recipient=person,
        useful_until=until,
        now=now,
    )


def summary_key(edition: Edition, today: dt.date) -> str:
    """Begin the key of a morning's summary; the organiser's id ends it."""
    return f"{LetterKind.ORGANISER_SUMMARY}:{edition.pk}:{today}:"


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def _facts(numbers: Numbers) -> dict[str, list[tuple[str, str]]]:
    """Put words to the numbers, in the language that is active."""
    elsewhere = _("No region given")
    by_region = [
        (region.name, _grouped(numbers.by_region[region.pk]))
        for region in Region.objects.all()
        if region.pk in numbers.by_region
    ]
    if None in numbers.by_region:
        by_region.append((elsewhere, _grouped(numbers.by_region[None])))
    return {
        "by_region": by_region,
        "by_category": [
            (str(category.label), _grouped(numbers.by_category[category]))
            for category in Category
            if category in numbers.by_category
        ],
        "standing": [
            (_("Hold a place"), _grouped(numbers.confirmed)),
            (_("Await approval"), _grouped(numbers.awaiting)),
            (_("Wait for a place"), _grouped(numbers.waiting)),
            (_("Letters not sent"), _grouped(numbers.letters_not_sent)),
        ],
    }
