"""Rooms, the draft, and releases: what the public sees, kept free of double bookings."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.tracking import tracked
from forum.editions.models import stamps_content
from sessions_app.timetable.log import logs_moves


class Building(models.Model):
    """A house with rooms; getting from one to another takes time."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.CASCADE,
        related_name="buildings",
    )
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("building")
        verbose_name_plural = _("buildings")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Walk(models.Model):
    """How many minutes it takes from one building to another, in both directions."""

    one = models.ForeignKey(
        Building, verbose_name=_("building"), on_delete=models.CASCADE, related_name="walks"
    )
    other = models.ForeignKey(
        Building, verbose_name=_("other building"), on_delete=models.CASCADE, related_name="+"
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        verbose_name = _("way between buildings")
        verbose_name_plural = _("ways between buildings")
        constraints = [
            models.UniqueConstraint(
                Least("one", "other"), Greatest("one", "other"), name="walk_once"
            ),
            models.CheckConstraint(condition=~Q(one=F("other")), name="walk_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"


@tracked()
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
    building = models.ForeignKey(
        Building,
        verbose_name=_("building"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="rooms",
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


class RoomAvailability(models.Model):
    """When a room can be used. Without any row it always can."""

    room = models.ForeignKey(
        Room, verbose_name=_("room"), on_delete=models.CASCADE, related_name="availabilities"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("time when the room is free")
        verbose_name_plural = _("times when the room is free")
        ordering = ("starts_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="room_availability_in_order",
                violation_error_message=_("The end is before the beginning."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.room}: {self.starts_at} – {self.ends_at}"


@tracked()
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
        Room, verbose_name=_("room"), on_delete=models.RESTRICT, related_name="placements"
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
        triggers = logs_moves()

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

    reverts = models.ForeignKey(
        "self",
        verbose_name=_("goes back to"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    told_at = models.DateTimeField(_("everybody told"), null=True, blank=True, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="release_number")]
        triggers = stamps_content()

    def __str__(self) -> str:
        return str(self.number)


# The constraints spare shared rooms, cancelled sessions and those who may be elsewhere meanwhile.
# Who is spared follows from the rooms, sessions and appearances, whatever a statement claims.
_ROOM_ALONE = """
    NEW.cancelled := (
        SELECT cancelled_at IS NOT NULL FROM sessions_app_session WHERE id = NEW.session_id
    );
    NEW.room_shared := NEW.cancelled OR (
        SELECT shared FROM sessions_app_room WHERE id = NEW.room_id
    );
    RETURN NEW;
"""
_SPEAKER_ALONE = """
    SELECT slot.release_id, slot.during, NOT slot.cancelled AND coalesce(appearance.exclusive, true)
    INTO NEW.release_id, NEW.during, NEW.exclusive
    FROM sessions_app_slot AS slot
    LEFT JOIN sessions_app_appearance AS appearance
        ON appearance.session_id = slot.session_id AND appearance.speaker_id = NEW.speaker_id
    WHERE slot.id = NEW.slot_id;
    RETURN NEW;
"""


class Slot(models.Model):
    """A session's room and time in a release. `during` is half-open: touching ends do not clash."""

    release = models.ForeignKey(
        Release, verbose_name=_("release"), on_delete=models.CASCADE, related_name="slots"
    )
    session = models.ForeignKey(
        "sessions_app.Session",
        verbose_name=_("session"),
        # What the public was told stays told: it is cancelled or taken out, never deleted.
        on_delete=models.RESTRICT,
        related_name="slots",
    )
    room = models.ForeignKey(
        Room, verbose_name=_("room"), on_delete=models.RESTRICT, related_name="slots"
    )
    room_shared = models.BooleanField(_("room is shared"), default=False)
    cancelled = models.BooleanField(_("cancelled by then"), default=False, db_default=False)
    titles = models.JSONField(
        _("titles by then"),
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        help_text=_("By language, as they were published."),
    )
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
        triggers = [
            pgtrigger.Trigger(
                name="own_room",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_ROOM_ALONE,
            ),
            pgtrigger.Trigger(
                name="speakers_follow",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                func="UPDATE sessions_app_slotspeaker SET slot_id = NEW.id WHERE slot_id = NEW.id; "
                "RETURN NULL;",
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
        triggers = [
            pgtrigger.Trigger(
                name="own_place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_SPEAKER_ALONE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.speaker} · {self.slot}"
