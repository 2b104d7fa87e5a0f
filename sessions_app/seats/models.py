"""Seats in sessions: held, waited for, given back; and the sessions that people want to see."""

import datetime as dt

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sessions_app.seats.counting import counts_seats
from sessions_app.seats.following import OWN_TIME
from sessions_app.seats.querysets import SeatQuerySet


class SeatStatus(models.TextChoices):
    """Derived from the timestamps, never stored."""

    WAITING = "waiting", pgettext_lazy("seat", "On the waiting list")
    TAKEN = "taken", pgettext_lazy("seat", "Your seat")
    TO_CHOOSE = "to_choose", pgettext_lazy("seat", "Choose")
    RELEASED = "released", pgettext_lazy("seat", "Given back")


class Ending(models.TextChoices):
    """Why a seat, or a place on the waiting list, ended."""

    GIVEN_BACK = "given_back", pgettext_lazy("why a seat ended", "Given back")
    ANOTHER = "another", pgettext_lazy("why a seat ended", "Took another seat at that time")
    NOT_CHOSEN = "not_chosen", pgettext_lazy("why a seat ended", "Did not choose in time")
    NOT_COMING = "not_coming", pgettext_lazy("why a seat ended", "Does not come to the forum")


class Seat(models.Model):
    """One delegate's seat in one session, or their waiting for it; one live row for both.

    `during` is filled by a trigger from the newest release, whatever a statement claims. The
    exclusion constraint over it keeps a delegate out of two places at once; it spares a seat that
    clashes since its session moved (`choose_until`) until the person has chosen.
    """

    registration = models.ForeignKey(
        "forum.Registration",
        verbose_name=_("registration"),
        on_delete=models.CASCADE,
        related_name="seats",
    )
    session = models.ForeignKey(
        "sessions_app.Session",
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="seats",
    )
    during = DateTimeRangeField(_("time"), null=True, editable=False)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, editable=False)
    moved_up_at = models.DateTimeField(_("moved up"), null=True, editable=False)
    moved_up_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("moved up by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    moved_up_reason = models.CharField(
        _("why moved up"), max_length=300, blank=True, editable=False
    )
    taken_at = models.DateTimeField(_("taken"), null=True, editable=False)
    given_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("given by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    choose_until = models.DateTimeField(_("to choose until"), null=True, editable=False)
    released_at = models.DateTimeField(_("ended"), null=True, editable=False)
    released_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("ended by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    release_reason = models.CharField(
        _("why it ended"), max_length=20, choices=Ending, blank=True, editable=False
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"],
                condition=Q(released_at=None),
                name="seat_one_live",
            ),
            ExclusionConstraint(
                name="seat_one_place",
                expressions=[
                    ("registration", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(taken_at__isnull=False, released_at=None, choose_until=None),
                # Two sessions that change places are moved by one statement.
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("You have a seat in another session at that time."),
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=False) | Q(waiting_since__isnull=False),
                name="seat_taken_or_waited_for",
            ),
            models.CheckConstraint(
                condition=Q(choose_until=None) | Q(taken_at__isnull=False),
                name="seat_taken_before_choice",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, release_reason="")
                | (Q(released_at__isnull=False) & ~Q(release_reason="")),
                name="seat_ended_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["session", "waiting_since"],
                condition=Q(released_at=None, taken_at=None),
                name="seat_waiting",
            ),
            models.Index(
                fields=["choose_until"],
                condition=Q(released_at=None, choose_until__isnull=False),
                name="seat_to_choose",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="own_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=OWN_TIME,
            ),
            *counts_seats(),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} · {self.session_id}"

    @property
    def status(self) -> SeatStatus:
        """What the timestamps say."""
        if self.released_at:
            return SeatStatus.RELEASED
        if self.taken_at is None:
            return SeatStatus.WAITING
        return SeatStatus.TO_CHOOSE if self.choose_until else SeatStatus.TAKEN

    @property
    def begins_at(self) -> dt.datetime | None:
        """When its session begins; None while that takes place nowhere."""
        return self.during.lower if self.during else None


class Star(models.Model):
    """Somebody wants to see a session, with a seat or without."""

    person = models.ForeignKey(
        "accounts.User", verbose_name=_("person"), on_delete=models.CASCADE, related_name="stars"
    )
    session = models.ForeignKey(
        "sessions_app.Session",
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="stars",
    )
    starred_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("star")
        verbose_name_plural = _("stars")
        constraints = [models.UniqueConstraint(fields=["person", "session"], name="star_once")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.session_id}"
