"""Rooms, the draft, and releases: what the public sees, kept free of double bookings."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.editions.models import stamps_content


@pghistory.track()
class Room(models.Model):
    """A place where sessions are held. A shared one, such as a fair area, holds several at once."""

    edition = models.ForeignKey(
        "forum.Edition", verbose_name=_("edition"), on_delete=models.CASCADE, related_name="rooms"
    )
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    interpretation_languages = ArrayField(
        models.CharField(max_length=12),
        verbose_name=_("interpretation into"),
        default=list,
        blank=True,
    )
    sign_language = models.BooleanField(_("sign language"), default=False)
    hearing_loop = models.BooleanField(_("hearing loop"), default=False)
    step_free = models.BooleanField(_("step-free access"), default=False)
    stream = models.BooleanField(_("live broadcast"), default=False)
    shared = models.BooleanField(
        _("shared"), default=False, help_text=_("Several sessions may be held in it at once.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    guid = models.UUIDField(_("guid"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="room_code")]
        triggers = stamps_content()

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Placement(models.Model):
    """Where and when a session stands in the draft. The draft may clash with itself."""

    session = models.OneToOneField(
        "sessions_app.Session",
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="placement",
    )
    room = models.ForeignKey(
        Room, verbose_name=_("room"), on_delete=models.PROTECT, related_name="placements"
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("place in the draft")
        verbose_name_plural = _("places in the draft")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="placement_ends_after_start",
                violation_error_message=_("The session ends before it starts."),
            )
        ]
        indexes = [models.Index(fields=["room", "starts_at"], name="placement_room")]

    def __str__(self) -> str:
        return f"{self.session} · {self.room}"


class ReleaseQuerySet(models.QuerySet["Release"]):
    """The questions that are asked of releases."""

    def newest(self) -> "ReleaseQuerySet":
        """Each edition's newest release: what the public reads."""
        newer = Release.objects.filter(
            edition=models.OuterRef("edition"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(newer))


class Release(models.Model):
    """The draft as it was published, numbered within its edition; never changed afterwards."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.CASCADE,
        related_name="releases",
    )
    number = models.PositiveIntegerField(_("number"))
    note = models.TextField(_("note"), blank=True)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("published by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="release_number")]
        triggers = stamps_content()

    def __str__(self) -> str:
        return str(self.number)


class Slot(models.Model):
    """A session's room and time in a release. `during` is half-open: touching ends do not clash."""

    release = models.ForeignKey(
        Release, verbose_name=_("release"), on_delete=models.CASCADE, related_name="slots"
    )
    session = models.ForeignKey(
        "sessions_app.Session",
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="slots",
    )
    room = models.ForeignKey(
        Room, verbose_name=_("room"), on_delete=models.PROTECT, related_name="slots"
    )
    room_shared = models.BooleanField(_("room is shared"), default=False)
    during = DateTimeRangeField(_("time"))

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        constraints = [
            models.UniqueConstraint(fields=["release", "session"], name="slot_session_once"),
            models.CheckConstraint(
                condition=Q(
                    during__isempty=False, during__lower_inf=False, during__upper_inf=False
                ),
                name="slot_has_a_time",
            ),
            ExclusionConstraint(
                name="slot_room_once",
                expressions=[
                    ("release", RangeOperators.EQUAL),
                    ("room", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(room_shared=False),
                violation_error_message=_("Two sessions are in one room at the same time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} · {self.room}"


class SlotSpeaker(models.Model):
    """A speaker's being in a slot of a release; the database keeps each in one place at a time."""

    slot = models.ForeignKey(
        Slot, verbose_name=_("slot"), on_delete=models.CASCADE, related_name="speakers"
    )
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    speaker = models.ForeignKey(
        "sessions_app.Speaker",
        verbose_name=_("speaker"),
        on_delete=models.CASCADE,
        related_name="slots",
    )
    exclusive = models.BooleanField(default=True)
    during = DateTimeRangeField(_("time"))

    class Meta:
        verbose_name = _("speaker in a slot")
        verbose_name_plural = _("speakers in slots")
        constraints = [
            models.UniqueConstraint(fields=["slot", "speaker"], name="slot_speaker_once"),
            ExclusionConstraint(
                name="slot_speaker_one_place",
                expressions=[
                    ("release", RangeOperators.EQUAL),
                    ("speaker", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(exclusive=True),
                violation_error_message=_("A speaker is in two places at the same time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} · {self.slot}"
