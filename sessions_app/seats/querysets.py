"""The questions that are asked of seats."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from forum.registrations.models import Registration
    from sessions_app.seats.models import Seat


TURN = Coalesce(
    "moved_up_at",
    Value(dt.datetime(9000, 1, 1, tzinfo=dt.UTC)),
    output_field=models.DateTimeField(),
)
"""When somebody's turn was brought forward; of those who were not moved up, the end of days."""


class SeatQuerySet(models.QuerySet["Seat"]):
    """The questions that are asked of seats."""

    def live(self) -> "SeatQuerySet":
        """Those that were not given back, and those that wait."""
        return self.filter(released_at__isnull=True)

    def taken(self) -> "SeatQuerySet":
        """Those that are somebody's, also where that person has to choose."""
        return self.live().filter(taken_at__isnull=False)

    def to_choose(self) -> "SeatQuerySet":
        """Those that clash with another of the same person since a session moved."""
        return self.taken().filter(choose_until__isnull=False)

    def waiting(self) -> "SeatQuerySet":
        """Those who wait, in the order in which they get a seat.

        Whom an organiser moved up stands first, in the order of moving up.
        """
        waiting = self.live().filter(taken_at__isnull=True).annotate(turn=TURN)
        return waiting.order_by("turn", "waiting_since", "pk")

    def with_places(self) -> "SeatQuerySet":
        """Those who wait, each with its `place` in the session's list, from 1 on."""
        ahead = Q(turn__lt=OuterRef("turn")) | Q(
            turn=OuterRef("turn"), waiting_since__lt=OuterRef("waiting_since")
        )
        ahead |= Q(
            turn=OuterRef("turn"), waiting_since=OuterRef("waiting_since"), pk__lt=OuterRef("pk")
        )
        others = self.model.objects.waiting().filter(ahead, session=OuterRef("session"))
        counted = others.order_by().values("session").annotate(number=Count("pk"))
        place = Coalesce(Subquery(counted.values("number")), 0) + 1
        return self.waiting().annotate(place=place)

    def fitting(self) -> "SeatQuerySet":
        """Those whose person holds no other seat at that time, and whose session has a time."""
        others = self.model.objects.taken().filter(
            registration=OuterRef("registration"), during__overlap=OuterRef("during")
        )
        others = others.exclude(session=OuterRef("session"))
        return self.filter(~Exists(others), during__isnull=False)

    def held_beside(self, seat: "Seat") -> "SeatQuerySet":
        """Those that keep their person from being in `seat` at its time."""
        held = self.taken().filter(registration=seat.registration_id, choose_until__isnull=True)
        return held.filter(during__overlap=seat.during).exclude(pk=seat.pk)

    def of(self, registration: "Registration") -> "SeatQuerySet":
        """Those of one delegate."""
        return self.filter(registration=registration)
