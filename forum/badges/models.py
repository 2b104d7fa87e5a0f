"""What was printed for whom, and the batches that a worker makes."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.quotas.models import Category

SILENCE = dt.timedelta(minutes=1)
"""A worker writes after every hundred badges, which takes seconds; after so long it is dead."""
KEPT = dt.timedelta(days=7)
"""How long a batch's file is kept: it holds everybody's name."""


class Layout(models.TextChoices):
    """What goes into the printer."""

    A4 = "a4", _("A4, four badges on a sheet with marks to cut along")
    A6 = "a6", _("A6, a page for each badge")


class Wanted(models.TextChoices):
    """Whose badges."""

    DUE = "due", _("Not printed yet, and those to be printed again")
    UNPRINTED = "unprinted", _("Not printed yet")
    CHANGED = "changed", _("To be printed again: something on it has changed")
    ALL = "all", _("All")


class State(models.TextChoices):
    """Where a batch stands; derived from its timestamps, never stored."""

    WAITING = "waiting", pgettext_lazy("badges", "Waiting for a worker")
    RUNNING = "running", pgettext_lazy("badges", "Being made")
    STOPPED = "stopped", pgettext_lazy("badges", "The worker stopped. Start it again.")
    FAILED = "failed", pgettext_lazy("badges", "It could not be made.")
    READY = "ready", pgettext_lazy("badges", "Ready")
    REMOVED = "removed", pgettext_lazy("badges", "The file was removed after a week.")


class Failure(models.TextChoices):
    """Why a batch could not be made."""

    NOBODY = "nobody", _("Nobody needs a badge of this kind any more.")
    FAULT = "fault", _("Start it again. If it fails again, tell whoever runs the site.")


class BadgeBatchQuerySet(models.QuerySet["BadgeBatch"]):
    """The questions that are asked of batches."""

    def unfinished(self) -> "BadgeBatchQuerySet":
        """Those that a worker makes, or should."""
        return self.filter(finished_at__isnull=True, failed_at__isnull=True)

    def alive(self, *, now: dt.datetime) -> "BadgeBatchQuerySet":
        """Those that wait for a worker, or whose worker was heard of lately."""
        heard = Q(heard_at__isnull=True) | Q(heard_at__gt=now - SILENCE)
        return self.unfinished().filter(heard)

    def unheard(self, *, now: dt.datetime) -> "BadgeBatchQuerySet":
        """Those that no worker has taken up for a minute: perhaps none was told."""
        return self.unfinished().filter(
            heard_at__isnull=True, asked_at__lt=now - dt.timedelta(minutes=1)
        )

    def outdated(self, *, now: dt.datetime) -> "BadgeBatchQuerySet":
        """Those whose file has been kept for long enough."""
        return self.filter(finished_at__lt=now - KEPT).exclude(file="")


class BadgeBatch(models.Model):
    """Badges that somebody asked for, and how far a worker is with them."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.CASCADE,
        related_name="badge_batches",
    )
    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    wanted = models.CharField(_("whose"), max_length=20, choices=Wanted, default=Wanted.DUE)
    category = models.CharField(_("category"), max_length=20, choices=Category, blank=True)
    region = models.ForeignKey(
        "accounts.Region",
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    layout = models.CharField(_("paper"), max_length=2, choices=Layout, default=Layout.A4)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    asked_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    claim = models.CharField(_("worker's claim"), max_length=16, blank=True, editable=False)
    heard_at = models.DateTimeField(_("worker heard of"), null=True, blank=True)
    total = models.PositiveIntegerField(_("badges"), default=0)
    done = models.PositiveIntegerField(_("badges made"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    failure = models.CharField(_("why it failed"), max_length=20, choices=Failure, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True, editable=False)

    objects = BadgeBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of badges")
        verbose_name_plural = _("batches of badges")
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(failed_at__isnull=True),
                name="badge_batch_ends_once",
            )
        ]

    def __str__(self) -> str:
        return self.code

    def state(self, *, now: dt.datetime) -> State:
        """What the timestamps say at `now`."""
        if self.failed_at:
            return State.FAILED
        if self.finished_at:
            return State.READY if self.file else State.REMOVED
        if self.heard_at is None:
            return State.WAITING
        return State.RUNNING if self.heard_at > now - SILENCE else State.STOPPED


class Badge(models.Model):
    """That somebody's badge was printed, and a digest of what stood on it."""

    registration = models.OneToOneField(
        "forum.Registration",
        verbose_name=_("registration"),
        on_delete=models.CASCADE,
        related_name="badge",
    )
    printed_at = models.DateTimeField(_("printed"))
    printed_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("printed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    batch = models.ForeignKey(
        BadgeBatch,
        verbose_name=_("batch"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="badges",
    )
    digest = models.CharField(_("digest of what it says"), max_length=32, editable=False)
    incomplete = models.BooleanField(
        _("not all of it could be printed"),
        default=False,
        help_text=_("The name holds letters that no font of ours draws, or there is none."),
    )

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")

    def __str__(self) -> str:
        return str(self.registration)
