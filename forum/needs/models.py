"""Who looked at what single people need, and when that was erased."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Seen(models.TextChoices):
    """What was looked at."""

    LIST = "list", _("The list of who needs what")
    FILE = "file", _("The same list as a file")
    RECORD = "record", _("One registration in the admin")
    EXPORT = "export", _("Registrations exported from the admin")


class NeedsView(models.Model):
    """One look at what single people need. Nothing of what they need stands here."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.CASCADE,
        null=True,
        related_name="needs_views",
        help_text=_("Empty: registrations of several editions."),
    )
    person = models.ForeignKey(
        "accounts.User", verbose_name=_("who looked"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"))
    seen = models.CharField(_("what"), max_length=10, choices=Seen)
    registration = models.ForeignKey(
        "forum.Registration",
        verbose_name=_("registration"),
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
    )
    asked = models.CharField(
        _("searched for"),
        max_length=150,
        blank=True,
        help_text=_("Erased together with the needs."),
    )
    people = models.PositiveIntegerField(_("people shown"), default=1)

    class Meta:
        verbose_name = _("look at needs")
        verbose_name_plural = _("looks at needs")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["edition", "-at"], name="needs_view_newest")]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_seen_display()}"


class NeedsErasure(models.Model):
    """That what people need was erased: of an edition, or of one person."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.CASCADE,
        related_name="needs_erasures",
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("by whom"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Empty: by itself, two weeks after the last day."),
    )
    whole = models.BooleanField(_("of the whole edition"), default=True)
    registrations = models.PositiveIntegerField(_("registrations"))
    snapshots = models.PositiveIntegerField(_("entries of their history"))

    class Meta:
        verbose_name = _("erasure of needs")
        verbose_name_plural = _("erasures of needs")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.edition} · {self.registrations}"
