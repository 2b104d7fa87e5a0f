"""Plenary and breakout sessions, their tracks, their languages, and who does what in them."""

import uuid
from pathlib import PurePosixPath

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.names import fold, search_key, translated
from accounts.tracking import tracked
from forum.editions.models import stamps_content

SHORTEST, LONGEST = 5, 24 * 60
"""Of a session, in minutes."""


class Kind(models.TextChoices):
    """What takes place (forum-facts §1, "Formats seen over the years")."""

    PLENARY = "plenary", _("Plenary session")
    BREAKOUT = "breakout", _("Breakout session")
    PANEL = "panel", _("Panel session")
    DIALOGUE = "dialogue", _("Dialogue platform")
    SECTORAL = "sectoral", _("Sectoral meeting")
    ROUND_TABLE = "round_table", _("Round table")
    MASTER_CLASS = "master_class", _("Master class")
    STRATEGIC = "strategic", _("Strategic session")
    HACKATHON = "hackathon", _("Hackathon")
    FAIR = "fair", _("NGO fair")
    SIDE = "side", _("Side event")
    CEREMONY = "ceremony", _("Ceremony")
    BROADCAST = "broadcast", _("Online broadcast")
    CHECK_IN = "check_in", pgettext_lazy("kind of session", "Registration")
    BREAK = "break", pgettext_lazy("kind of session", "Break")
    OTHER = "other", pgettext_lazy("kind of session", "Other")


class Track(models.Model):
    """A direction of the programme; its colour is one of a set that is legible in both themes."""

    COLOURS = 8

    edition = models.ForeignKey(
        "forum.Edition", verbose_name=_("edition"), on_delete=models.CASCADE, related_name="tracks"
    )
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    colour = models.PositiveSmallIntegerField(
        _("colour"), default=1, help_text=_("A number from 1 to 8; see the programme's legend.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="track_code"),
            models.CheckConstraint(
                condition=Q(colour__range=(1, 8)),
                name="track_colour",
                violation_error_message=_("A track's colour is a number from 1 to 8."),
            ),
        ]
        triggers = stamps_content()

    def __str__(self) -> str:
        return self.name


class SessionQuerySet(models.QuerySet["Session"]):
    """The questions that are asked of sessions."""

    def matching(self, typed: str) -> "SessionQuerySet":
        """Those with every word of `typed` in the title or a speaker's name, in any spelling."""
        found = self
        for word in fold(typed).split():
            speaks = Appearance.objects.filter(
                session=models.OuterRef("pk"), speaker__search_key__contains=word
            )
            found = found.filter(Q(search_key__contains=word) | models.Exists(speaks))
        return found


@tracked(exclude=["search_key"])
class Session(models.Model):
    """Something that takes place; where and when stands in the timetable."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.CASCADE,
        related_name="sessions",
    )
    code = models.CharField(_("code"), max_length=12, editable=False)
    guid = models.UUIDField(_("guid"), default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=300)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    abstract = models.TextField(_("summary"), blank=True)
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.BREAKOUT)
    track = models.ForeignKey(
        Track,
        verbose_name=_("track"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
    )
    working_languages = ArrayField(
        models.CharField(max_length=12),
        verbose_name=_("working languages"),
        default=list,
        blank=True,
    )
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
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"),
        default=60,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
        help_text=_("How long it shall be; what stands in the timetable has its own end."),
    )
    expected_audience = models.PositiveIntegerField(_("expected audience"), null=True, blank=True)
    has_seats = models.BooleanField(
        _("delegates take seats in it"),
        default=False,
        help_text=_("As many as the room has; without seats it can only be starred."),
    )
    seat_limit = models.PositiveIntegerField(
        _("no more seats than"),
        null=True,
        blank=True,
        help_text=_("Empty: as many as the room of the newest release has."),
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    source_id = models.CharField(
        _("id in the imported file"), max_length=200, blank=True, editable=False
    )
    search_key = search_key(*translated("title"), *translated("subtitle"))

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="session_code"),
            models.UniqueConstraint(fields=["edition", "guid"], name="session_guid"),
            models.UniqueConstraint(
                fields=["edition", "source_id"],
                condition=~Q(source_id=""),
                name="session_source",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="session_search")
        ]
        triggers = stamps_content()

    def __str__(self) -> str:
        return self.title


class MaterialQuerySet(models.QuerySet["Material"]):
    """The questions that are asked of materials."""

    def published(self) -> "MaterialQuerySet":
        """Those that the organisers show to everybody."""
        return self.filter(published_at__isnull=False)


class Material(models.Model):
    """A file for who attends a session: slides, a handout; public once `published_at` is set."""

    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="materials"
    )
    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to="materials/")
    file_name = models.CharField(_("name of the file"), max_length=200)
    content_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(
        "sessions_app.Speaker",
        verbose_name=_("uploaded by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="materials",
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ("uploaded_at", "pk")
        triggers = stamps_content(
            edition="session.edition_id",
            joins="JOIN sessions_app_session AS session ON session.id = touched.session_id",
        )

    def __str__(self) -> str:
        return self.title

    @property
    def suffix(self) -> str:
        """The kind of file in capitals, as people name it: PDF."""
        return PurePosixPath(self.file_name).suffix.removeprefix(".").upper()


class Role(models.TextChoices):
    """What a person does in a session."""

    SPEAKER = "speaker", _("Speaker")
    MODERATOR = "moderator", _("Moderator")
    PANELLIST = "panellist", _("Panellist")
    RAPPORTEUR = "rapporteur", _("Rapporteur")
    READER = "reader", _("Reads on behalf of")


class Appearance(models.Model):
    """A speaker in a session. A reader's names the person for whom is read, and that one's office.

    `exclusive` says that the speaker cannot be elsewhere meanwhile; an organiser, or an import that
    meets a speaker in two places, may say otherwise.
    """

    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="appearances"
    )
    speaker = models.ForeignKey(
        "sessions_app.Speaker",
        verbose_name=_("speaker"),
        on_delete=models.CASCADE,
        related_name="appearances",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.SPEAKER)
    behalf_of = models.CharField(_("on behalf of"), max_length=200, blank=True)
    behalf_of_position = models.CharField(_("that person's position"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    exclusive = models.BooleanField(_("cannot be elsewhere meanwhile"), default=True)

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "speaker"],
                name="appearance_once",
                violation_error_message=_("This speaker is in the session already."),
            )
        ]
        triggers = stamps_content(
            edition="session.edition_id",
            joins="JOIN sessions_app_session AS session ON session.id = touched.session_id",
        )

    def __str__(self) -> str:
        return f"{self.speaker} · {self.session}"
