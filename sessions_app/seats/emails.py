"""The letter to whom a seat was given."""

import datetime as dt

from django.utils.translation import override

from forum.editions.models import Edition
from forum.mailing.actions import draft, queue
from forum.mailing.emails import compose, site_url
from forum.mailing.models import Letter, LetterKind
from sessions_app.seats.models import Seat
from sessions_app.timetable.spans import long_span

FOLDER = "sessions_app/seats/letters"
GIVEN_KEY = f"{LetterKind.SEAT_GIVEN}:"
"""Begins the key of a letter; the seat's id ends it."""


def seat_given(seat: Seat, edition: Edition, *, now: dt.datetime) -> Letter:
    """Tell that a seat is theirs now."""
    return queue(seat_given_draft(seat, edition, now=now), now=now)


def seat_given_draft(seat: Seat, edition: Edition, *, now: dt.datetime) -> Letter:
    """Draft that letter, for a planner to write where many got seats at once."""
    assert seat.during is not None
    person, session = seat.registration.person, seat.session
    names = {"edition": edition.slug, "code": session.code}
    with override(person.language):
        when = long_span(edition, seat.during.lower, seat.during.upper)
    content = compose(
        f"{FOLDER}/{LetterKind.SEAT_GIVEN}",
        language=person.language,
        edition=edition,
        context={
            "person": person,
            "session": session,
            "waited": seat.waiting_since is not None,
            "when": when,
            "session_url": site_url("session", language=person.language, **names),
            "seats_url": site_url("seats", language=person.language, edition=edition.slug),
        },
    )
    return draft(
        kind=LetterKind.SEAT_GIVEN,
        key=f"{GIVEN_KEY}{seat.pk}",
        edition=edition,
        content=content,
        recipient=person,
        useful_until=None if edition.is_demo else seat.during.lower,
        now=now,
    )
