"""The devices at the doors, and every scan that they made, let in or not."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.tracking import tracked

MAIN = "main"
"""The forum's own entrance; other gates are named by their kind (`gates`)."""


class Verdict(models.TextChoices):
    """What came of a scan, in the order in which it is judged; one alone lets in."""

    REVOKED = "revoked", pgettext_lazy("scan", "The device was barred")
    UNKNOWN = "unknown", pgettext_lazy("scan", "No ticket of the forum")
    FORGED = "forged", pgettext_lazy("scan", "Not genuine")
    OTHER_EDITION = "other_edition", pgettext_lazy("scan", "A ticket of another forum")
    REPLACED = "replaced", pgettext_lazy("scan", "Replaced by a newer ticket")
    CANCELLED = "cancelled", pgettext_lazy("scan", "Cancelled")
    DECLINED = "declined", pgettext_lazy("scan", "Declined")
    AWAITING = "awaiting", pgettext_lazy("scan", "Not approved yet")
    WAITING = "waiting", pgettext_lazy("scan", "On the waiting list")
    OFFERED = "offered", pgettext_lazy("scan", "The offered place is not accepted")
    OTHER_DAY = "other_day", pgettext_lazy("scan", "Not for this day")
    NO_SEAT = "no_seat", pgettext_lazy("scan", "No seat here")
    ALREADY_IN = "already_in", pgettext_lazy("scan", "In already")
    ENDED_SINCE = "ended_since", pgettext_lazy("scan", "Let in, and cancelled afterwards")
    TURNED_AWAY = "turned_away", pgettext_lazy("scan", "Turned away, though the ticket holds")
    WELCOME = "welcome", pgettext_lazy("scan", "Let in")


class How(models.TextChoices):
    """How a device learned who stands before it."""

    CAMERA = "camera", pgettext_lazy("how scanned", "Camera")
    SCANNER = "scanner", pgettext_lazy("how scanned", "Scanner")
    NAME = "name", pgettext_lazy("how scanned", "By name")


class ClockDoubt(models.TextChoices):
    """Why the device's time was not believed; then the time counts at which the scan reached us."""

    FUTURE = "future", _("The device's clock was ahead.")
    OUTSIDE = "outside", _("By the device's clock it was not on a day of the forum.")
    CHANGED = "changed", _("The device's clock was changed between the scan and its sending.")


@tracked(exclude=["seen_at", "clock_offset"])
class Device(models.Model):
    """A phone or computer at a door; its name tells others where somebody was let in."""

    edition = models.ForeignKey(
        "forum.Edition", verbose_name=_("edition"), on_delete=models.CASCADE, related_name="devices"
    )
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60, help_text=_("Where it stands: Entrance 1."))
    enrolled_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    enrolled_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("set up by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    seen_at = models.DateTimeField(_("seen last"), null=True, editable=False)
    clock_offset = models.IntegerField(
        _("seconds by which its clock is slow"), default=0, editable=False
    )
    revoked_at = models.DateTimeField(_("barred"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("barred by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class ScanQuerySet(models.QuerySet["Scan"]):
    """The questions that are asked of scans."""

    def standing(self) -> "ScanQuerySet":
        """Those that let somebody in, and were not taken back."""
        return self.filter(verdict=Verdict.WELCOME, undone_at=None)

    def flagged(self) -> "ScanQuerySet":
        """Those at which an organiser should look: the door decided otherwise, or a clock erred."""
        let_in = Q(told=Verdict.WELCOME) & ~Q(verdict=Verdict.WELCOME)
        return self.filter(let_in | Q(verdict=Verdict.TURNED_AWAY) | ~Q(clock_doubt=""))


class Scan(models.Model):
    """One scan at a door. Nothing is thrown away: who was not let in stands here too.

    `nonce` is the device's own number of the scan: sent again, it changes nothing. What was read
    is kept as a digest alone, since an unknown code may be anything.
    """

    edition = models.ForeignKey(
        "forum.Edition", verbose_name=_("edition"), on_delete=models.PROTECT, related_name="scans"
    )
    registration = models.ForeignKey(
        "forum.Registration",
        verbose_name=_("registration"),
        on_delete=models.PROTECT,
        null=True,
        related_name="scans",
    )
    device = models.ForeignKey(
        Device, verbose_name=_("device"), on_delete=models.PROTECT, related_name="scans"
    )
    nonce = models.UUIDField(_("the device's number"), unique=True)
    gate = models.CharField(_("gate"), max_length=60, default=MAIN)
    how = models.CharField(_("how"), max_length=10, choices=How)
    day = models.DateField(_("day of the forum"))
    scanned_at = models.DateTimeField(_("by the device's clock"))
    judged_at = models.DateTimeField(_("scanned"))
    received_at = models.DateTimeField(_("received"))
    clock_offset = models.IntegerField(_("seconds by which the device's clock is slow"), default=0)
    clock_doubt = models.CharField(
        _("doubt about the clock"), max_length=10, choices=ClockDoubt, blank=True
    )
    told = models.CharField(
        _("what the device said without a network"), max_length=20, choices=Verdict, blank=True
    )
    verdict = models.CharField(_("outcome"), max_length=20, choices=Verdict)
    payload_hash = models.CharField(_("digest of what was read"), max_length=64, blank=True)
    by = models.ForeignKey(
        "accounts.User", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(_("taken back"), null=True)
    undone_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("taken back by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    undo_reason = models.CharField(_("why taken back"), max_length=300, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ("-received_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "gate", "day"],
                condition=Q(verdict=Verdict.WELCOME, undone_at=None),
                name="scan_in_once",
            ),
            models.CheckConstraint(
                condition=Q(registration__isnull=False) | ~Q(verdict=Verdict.WELCOME),
                name="scan_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False, verdict=Verdict.WELCOME),
                name="scan_undone_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "-received_at"], name="scan_newest"),
            models.Index(
                fields=["edition", "-received_at"],
                condition=(Q(told=Verdict.WELCOME) & ~Q(verdict=Verdict.WELCOME))
                | Q(verdict=Verdict.TURNED_AWAY)
                | ~Q(clock_doubt=""),
                name="scan_flagged",
            ),
            models.Index(
                fields=["edition", "undone_at"],
                condition=Q(undone_at__isnull=False),
                name="scan_undone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id or '—'} · {self.get_verdict_display()}"

    @property
    def is_standing(self) -> bool:
        """Whether it let somebody in, and was not taken back."""
        return self.verdict == Verdict.WELCOME and self.undone_at is None
