"""Who is coming: confirmed, or waiting in order."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.languages import Language
from accounts.tracking import tracked


class Category(models.TextChoices):
    """For whom a delegate comes; quotas and approval go by it."""

    NGO = "ngo", _("NGO of a region")
    REPUBLICAN = "republican", _("Republican NGO")
    STATE = "state", _("State body")
    COUNCIL = "council", _("Public council")
    BUSINESS = "business", _("Business")
    MEDIA = "media", _("Media")
    INTERNATIONAL = "international", _("International organisation")
    GUEST = "guest", _("Guest")


class Need(models.TextChoices):
    """What the forum prepares for a delegate; health-related, so seen by few (forum-facts §6)."""

    SIGN = "sign", _("Sign-language interpreter")
    LOOP = "loop", _("Hearing loop")
    WHEELCHAIR = "wheelchair", _("Wheelchair place")
    ASSISTANT = "assistant", _("Pass for an assistant")
    LARGE_PRINT = "large_print", _("Large print")
    HALAL = "halal", _("Halal food")
    VEGETARIAN = "vegetarian", _("Vegetarian food")
    PRAYER = "prayer", _("Prayer room")


class Status(models.TextChoices):
    """Derived from the timestamps, never stored."""

    CONFIRMED = "confirmed", pgettext_lazy("registration", "Confirmed")
    WAITING = "waiting", pgettext_lazy("registration", "On the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """The questions that are asked of registrations."""

    def live(self) -> "RegistrationQuerySet":
        """Those that hold a place or wait for one."""
        return self.filter(cancelled_at__isnull=True)

    def confirmed(self) -> "RegistrationQuerySet":
        """Those that hold a place."""
        return self.live().filter(confirmed_at__isnull=False)

    def waiting(self) -> "RegistrationQuerySet":
        """Those that wait, who came first standing first."""
        return self.live().filter(confirmed_at__isnull=True).order_by("registered_at", "pk")

    def ahead_of(self, registration: "Registration") -> "RegistrationQuerySet":
        """Those of the same edition that wait and came before `registration`."""
        earlier = Q(registered_at__lt=registration.registered_at)
        same_moment = Q(registered_at=registration.registered_at, pk__lt=registration.pk)
        waiting = self.waiting().filter(edition=registration.edition_id)
        return waiting.filter(earlier | same_moment)


@tracked()
class Registration(models.Model):
    """A person's coming to an edition; one live at a time, ended with who and why."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    person = models.ForeignKey(
        "accounts.User",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
    )
    category = models.CharField(_("category"), max_length=20, choices=Category)
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language),
        verbose_name=_("languages the delegate understands"),
        default=list,
        blank=True,
    )
    needs = ArrayField(
        models.CharField(max_length=20, choices=Need),
        verbose_name=_("needs"),
        default=list,
        blank=True,
    )
    needs_note = models.CharField(_("about the needs"), max_length=300, blank=True)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("cancelled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    cancel_reason = models.CharField(_("why cancelled"), max_length=300, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ("-registered_at", "-pk")
        permissions = [("view_needs", _("Can see what delegates need (health-related)"))]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"],
                condition=Q(cancelled_at__isnull=True),
                name="registration_one_live",
                violation_error_message=_("This person is registered for this edition already."),
            )
        ]
        indexes = [
            models.Index(fields=["edition", "-registered_at"], name="registration_newest"),
            models.Index(
                fields=["edition", "registered_at"],
                condition=Q(cancelled_at__isnull=True, confirmed_at__isnull=True),
                name="registration_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.code}"

    @property
    def language_names(self) -> list[str]:
        """The languages in words."""
        return [str(Language(code).label) for code in self.languages]

    @property
    def need_names(self) -> list[str]:
        """The needs in words."""
        return [str(Need(need).label) for need in self.needs]

    @property
    def status(self) -> Status:
        """What the timestamps say."""
        if self.cancelled_at:
            return Status.CANCELLED
        return Status.CONFIRMED if self.confirmed_at else Status.WAITING
