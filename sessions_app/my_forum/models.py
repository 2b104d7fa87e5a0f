"""What one delegate's own page remembers: the calendar's address, and what they have seen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.registrations.models import Registration


class MyForum(models.Model):
    """A delegate's settings of my forum; who never changed anything has no row."""

    registration = models.OneToOneField(
        "forum.Registration",
        verbose_name=_("registration"),
        on_delete=models.CASCADE,
        related_name="my_forum",
    )
    calendar_number = models.PositiveSmallIntegerField(
        _("number of the calendar's address"), default=1
    )
    calendar_off_at = models.DateTimeField(_("calendar switched off"), null=True, blank=True)
    seen_release = models.ForeignKey(
        "sessions_app.Release",
        verbose_name=_("release seen"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    seen_at = models.DateTimeField(_("changes seen"), null=True, blank=True)

    class Meta:
        verbose_name = _("my forum")
        verbose_name_plural = _("my forums")

    def __str__(self) -> str:
        return str(self.registration_id)


def my_forum_of(registration: Registration) -> MyForum:
    """Return what is remembered of a registration, or what holds for who changed nothing."""
    found: MyForum | None = getattr(registration, "my_forum", None)
    return found or MyForum(registration=registration)
