"""What seats hear of registrations."""

import datetime as dt

from accounts.models import User
from forum.registrations.models import Registration
from forum.registrations.signals import place_lost
from sessions_app.seats.actions import release_all


def give_seats_on(
    *, registration: Registration, by: User | None, now: dt.datetime, **_signal: object
) -> None:
    """Hear that somebody comes no more, and give their seats to those who wait."""
    release_all(registration, by=by, now=now)


def connect() -> None:
    """Begin to listen."""
    place_lost.connect(give_seats_on)
