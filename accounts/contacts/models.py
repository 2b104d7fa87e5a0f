"""Who speaks for an organisation: asked, confirmed and ended, each with who and when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.codes import new_code
from accounts.organisations.merged import follows_merge
from accounts.tracking import tracked

CONFIRM = "accounts.confirm_contact"
"""The right of staff to confirm, decline and end contacts of every organisation."""


class ContactStatus(models.TextChoices):
    """Derived from the timestamps, never stored."""

    PENDING = "pending", pgettext_lazy("contact", "Waits for confirmation")
    CONFIRMED = "confirmed", pgettext_lazy("contact", "Confirmed")
    DECLINED = "declined", pgettext_lazy("contact", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("contact", "Taken back")
    ENDED = "ended", pgettext_lazy("contact", "Ended")


class ContactQuerySet(models.QuerySet["Contact"]):
    """The questions that are asked of contacts."""

    def live(self) -> "ContactQuerySet":
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)

    def confirmed(self) -> "ContactQuerySet":
        """Those who speak for their organisation now."""
        return self.live().filter(confirmed_at__isnull=False)

    def pending(self) -> "ContactQuerySet":
        """Those whom somebody has to confirm or decline, the oldest first."""
        return self.live().filter(confirmed_at__isnull=True).order_by("asked_at", "pk")

    def by_standing(self) -> "ContactQuerySet":
        """The live ones with their people: first those who wait, then by name."""
        live = self.live().select_related("person", "confirmed_by")
        return live.order_by(F("confirmed_at").asc(nulls_first=True), "person__sort_key", "pk")


def new_contact_code() -> str:
    """Make a code of eight signs, which stands in addresses."""
    return new_code(8)


@tracked(exclude=["code"])
class Contact(models.Model):
    """A person who speaks for an organisation, or asks to; one live row for the two."""

    code = models.CharField(
        _("code"), max_length=8, unique=True, default=new_contact_code, editable=False
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="contacts",
    )
    person = models.ForeignKey(
        "accounts.User",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="contacts",
    )
    asked_at = models.DateTimeField(_("asked"), editable=False)
    message = models.CharField(
        _("position or a note"),
        max_length=300,
        blank=True,
        help_text=_("Who you are in the organisation; whoever confirms you reads it."),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("ended by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    end_reason = models.CharField(_("why ended"), max_length=300, blank=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("-asked_at", "-pk")
        permissions = [("confirm_contact", _("Can confirm and decline contacts of organisations"))]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(ended_at__isnull=True),
                name="contact_one_live",
                violation_error_message=_(
                    "This person is a contact of this organisation already, or has asked to be."
                ),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="contact_confirmed_by",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("person")),
                name="contact_not_by_oneself",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="contact_ended_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(ended_at__isnull=True, confirmed_at__isnull=True),
                name="contact_pending",
            )
        ]
        triggers = [follows_merge()]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"

    @property
    def status(self) -> ContactStatus:
        """What the timestamps say."""
        if not self.ended_at:
            return ContactStatus.CONFIRMED if self.confirmed_at else ContactStatus.PENDING
        if self.confirmed_at:
            return ContactStatus.ENDED
        own = self.ended_by_id == self.person_id
        return ContactStatus.WITHDRAWN if own else ContactStatus.DECLINED

    @property
    def is_live(self) -> bool:
        """Whether it has not ended."""
        return self.ended_at is None
