"""How many seats a session has, and how many of them are taken.

It stands here because the programme shows it; what fills it in stands above, in `seats`.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sessions_app.sessions.models import Session


class SeatsState(models.TextChoices):
    """What delegates read of a session's seats; filling up from three quarters on."""

    NONE = "none", pgettext_lazy("seats of a session", "No seats at present")
    FREE = "free", pgettext_lazy("seats of a session", "Seats are free")
    FILLING = "filling", pgettext_lazy("seats of a session", "Filling up")
    FULL = "full", pgettext_lazy("seats of a session", "Full")


# A smaller room takes nobody's seat away: the ceiling follows down as seats are given back, and
# until it has come down to the capacity no seat is given.
_CEILING = """
    NEW.ceiling := CASE
        WHEN NEW.capacity IS NULL THEN NULL
        WHEN TG_OP = 'INSERT' THEN greatest(NEW.capacity, NEW.taken)
        ELSE greatest(NEW.capacity, least(OLD.taken, NEW.taken))
    END;
    RETURN NEW;
"""
_STAMP = """
    UPDATE forum_contentstamp AS stamp
    SET value = stamp.value + 1, changed_at = clock_timestamp()
    FROM sessions_app_session AS session
    WHERE session.id = NEW.session_id AND stamp.edition_id = session.edition_id;
    RETURN NULL;
"""


class Seating(models.Model):
    """The seats of one session, once it has had some. Triggers alone write it.

    `capacity` is what the room of the newest release has, or the session's own smaller number: 0
    while nobody can sit anywhere, since it is not published or cancelled; None is open-ended.
    `taken` counts the seats that are held, `waiting` who waits. Public pages show `state`, so the
    content's stamp counts when that changes, and not with every seat.
    """

    session = models.OneToOneField(
        Session,
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="seating",
    )
    capacity = models.PositiveIntegerField(_("seats"), null=True, default=0)
    ceiling = models.PositiveIntegerField(null=True, default=0, editable=False)
    taken = models.PositiveIntegerField(_("seats taken"), default=0)
    waiting = models.PositiveIntegerField(_("people who wait"), default=0)
    state = models.GeneratedField(
        expression=models.Case(
            models.When(capacity=None, then=models.Value(SeatsState.FREE)),
            models.When(capacity=0, then=models.Value(SeatsState.NONE)),
            models.When(taken__gte=F("capacity"), then=models.Value(SeatsState.FULL)),
            models.When(
                GreaterThanOrEqual(F("taken") * 4, F("capacity") * 3),
                then=models.Value(SeatsState.FILLING),
            ),
            default=models.Value(SeatsState.FREE),
        ),
        output_field=models.CharField(_("state"), max_length=10, choices=SeatsState),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("seats of a session")
        verbose_name_plural = _("seats of sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ceiling=None) | Q(taken__lte=F("ceiling")),
                name="seating_not_oversold",
                violation_error_message=_("No seat is free in this session."),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep_ceiling",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_CEILING,
            ),
            pgtrigger.Trigger(
                name="stamp_state",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
                func=_STAMP,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.taken}/{self.capacity}"

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(SeatsState(self.state).label)

    @property
    def is_full(self) -> bool:
        """Whether no seat can be given."""
        return self.capacity is not None and self.taken >= self.capacity

    @property
    def excess(self) -> int:
        """How many more hold a seat than there are, since the room became smaller."""
        return max(0, self.taken - self.capacity) if self.capacity is not None else 0
