"""Says what was done, to whom did it."""

from django.utils.translation import gettext as _

from forum.templatetags.content import wording_of
from sessions_app.seats.models import Seat


def taken(seat: Seat) -> str:
    """Say that a seat is taken, or that one waits."""
    told = {"session": wording_of(seat.session, "title").text}
    if seat.taken_at:
        return _("You have a seat in “%(session)s”.") % told
    return _("“%(session)s” is full. You are on its waiting list.") % told


def given_back(seat: Seat) -> str:
    """Say that a seat is given back, or that one waits no more."""
    told = {"session": wording_of(seat.session, "title").text}
    if seat.taken_at:
        return _("You gave back your seat in “%(session)s”.") % told
    return _("You do not wait for a seat in “%(session)s” any more.") % told
