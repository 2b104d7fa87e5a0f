"""Who speaks: a person in an edition's programme, with a name in each language."""

import secrets
from pathlib import PurePosixPath

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language
from accounts.names import fold, search_key, sort_key, translated
from accounts.tracking import tracked
from forum.editions.models import stamps_content


def new_secret() -> str:
    """Make what stands in a speaker's personal address: 256 bits that nobody guesses."""
    return secrets.token_urlsafe(32)


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """The questions that are asked of speakers."""

    def matching(self, typed: str) -> "SpeakerQuerySet":
        """Those whose name, in any spelling, holds every word of `typed`."""
        found = self
        for word in fold(typed).split():
            found = found.filter(search_key__contains=word)
        return found


@tracked(exclude=["search_key", "sort_key", "link_secret"])
class Speaker(models.Model):
    """A speaker of one edition. Needs no account; `person` links one where there is one."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.CASCADE,
        related_name="speakers",
    )
    code = models.CharField(_("code"), max_length=12, editable=False)
    person = models.ForeignKey(
        "accounts.User",
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="speaks_as",
    )
    family_name = models.CharField(_("surname"), max_length=100, blank=True)
    given_name = models.CharField(
        _("given name"),
        max_length=200,
        blank=True,
        help_text=_("The whole name where a person has a single one."),
    )
    position = models.CharField(_("job title"), max_length=300, blank=True)
    biography = models.TextField(_("biography"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language of letters"), max_length=2, choices=Language, default=Language.KAZAKH
    )
    link_secret = models.CharField(max_length=43, default=new_secret, editable=False)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    decline_reason = models.TextField(_("reason of declining"), blank=True)
    photo = models.FileField(_("photo"), upload_to="photos/", blank=True)
    source_id = models.CharField(
        _("id in the imported file"), max_length=200, blank=True, editable=False
    )
    search_key = search_key(*translated("family_name"), *translated("given_name"))
    sort_key = sort_key(
        "family_name_kk", "family_name_ru", "family_name_en", "given_name_kk", "given_name_en"
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="speaker_code"),
            models.UniqueConstraint(
                fields=["edition", "source_id"],
                condition=~Q(source_id=""),
                name="speaker_source",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(declined_at__isnull=True),
                name="speaker_confirms_or_declines",
                violation_error_message=_("A speaker has either confirmed or declined."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values),
                name="speaker_language",
                violation_error_message=_("Letters are written in Kazakh, Russian or English."),
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "sort_key"], name="speaker_sort"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="speaker_search"),
        ]
        triggers = stamps_content()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Given name first, as a programme prints it."""
        return " ".join(filter(None, [self.given_name, self.family_name])) or self.code

    @property
    def photo_version(self) -> str:
        """What stands in the photo's address: another for each photo, empty without one."""
        return PurePosixPath(self.photo.name or "").stem


class SpeakerAvailability(models.Model):
    """When a speaker can come. Without any row: always."""

    speaker = models.ForeignKey(
        Speaker, verbose_name=_("speaker"), on_delete=models.CASCADE, related_name="availabilities"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("time when the speaker can come")
        verbose_name_plural = _("times when the speaker can come")
        ordering = ("starts_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="speaker_availability_in_order",
                violation_error_message=_("The end is before the beginning."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.starts_at} – {self.ends_at}"
