"""What time brings: choices that are over, seats for those who wait, and their letters."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import F

from forum.editions.models import Edition
from forum.mailing.models import Letter
from forum.mailing.planning import in_chunks, without_letter
from sessions_app.seats.actions import keep_up
from sessions_app.seats.emails import GIVEN_KEY, seat_given_draft
from sessions_app.seats.models import Seat


def seats_given(edition: Edition, *, now: dt.datetime) -> Iterator[list[Letter]]:
    """To whom waited and holds a seat: those whom the action, under its lock, left to us.

    Before that, seats that became free without anybody's doing are given: of who did not choose in
    time, and of a larger room.
    """
    keep_up(edition, now=now)
    given = Seat.objects.taken().filter(
        session__edition=edition,
        taken_at__gt=F("waiting_since"),
        during__isnull=False,
        registration__person__is_active=True,
    )
    if not edition.is_demo:
        given = given.filter(during__startswith__gt=now)
    rows = without_letter(given.select_related("session", "registration__person"), prefix=GIVEN_KEY)
    yield from in_chunks(rows, lambda seat: seat_given_draft(seat, edition, now=now))
