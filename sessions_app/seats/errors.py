"""Why a seat is refused: each error's text is a sentence that a person may read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import locks
from accounts.refusals import Refusal
from forum.editions.models import Edition
from sessions_app.seats.models import Seat
from sessions_app.sessions.models import Session
from sessions_app.timetable.spans import long_span


class SeatError(Refusal):
    """What was asked cannot be done now; `str()` says why, in the reader's language."""


class NotComing(SeatError):
    """Only who has a place at the forum takes a seat in a session."""

    sentence = gettext_lazy(
        "Seats are for delegates whose registration is confirmed. "
        "You can star the session meanwhile."
    )


class OtherDays(SeatError):
    """The delegate's ticket does not hold on the session's day."""

    sentence = gettext_lazy("Your ticket does not hold on the day of this session.")


class NoSeats(SeatError):
    """Nobody takes a seat in this session: who comes, comes."""

    sentence = gettext_lazy("No seats are taken in this session: just come. You can star it.")


class SessionOff(SeatError):
    """The session is cancelled, or not in the newest release."""

    sentence = gettext_lazy("This session is not in the programme any more. Choose another one.")


class SessionBegan(SeatError):
    """It is too late to change anything."""

    sentence = gettext_lazy("This session has begun; its seats can no longer be changed.")


class ClashingSeat(SeatError):
    """The delegate holds a seat in another session at that time."""


class NoFreeSeat(SeatError):
    """Every seat of the session is taken."""

    sentence = gettext_lazy("No seat is free in this session.")


class NoSeatHere(SeatError):
    """There is nothing to give back."""

    sentence = gettext_lazy("There is no seat of yours in this session any more.")


class NotWaiting(SeatError):
    """Who holds a seat, or gave up waiting, cannot be moved up."""

    sentence = gettext_lazy("This person does not wait for a seat any more.")


class Busy(SeatError, locks.Busy):
    """A lock could not be had in time; the same request may be sent again."""

    sentence = gettext_lazy("Very many people are taking seats at this moment. Please try again.")


def clashing_seat(other: Seat, edition: Edition, *, own: bool) -> ClashingSeat:
    """Name the other session and its time; not `own`, to an organiser."""
    assert other.during is not None
    sentence = (
        _("You have a seat in “%(session)s” at that time: %(when)s.")
        if own
        else _("This person has a seat in “%(session)s” at that time: %(when)s.")
    )
    when = long_span(edition, other.during.lower, other.during.upper)
    return ClashingSeat(sentence % {"session": other.session, "when": when})


def not_open(session: Session) -> SeatError:
    """Say why no seat can be taken in a session that has no time at present."""
    return SessionOff() if session.has_seats or session.cancelled_at else NoSeats()
