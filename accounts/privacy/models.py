"""What people agreed to: the text, its version, the language, the time and the way."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language

if TYPE_CHECKING:
    from accounts.users.models import User


class Purpose(models.TextChoices):
    """Law 94-V asks for a separate answer to each; needs are health-related (forum-facts §6-7)."""

    PROCESSING = "processing", _("Collecting and processing personal data")
    NEEDS = "needs", _("Keeping what a person needs there")
    CROSS_BORDER = "cross_border", _("Passing personal data across the border")
    PUBLICATION = "publication", _("Publishing the name in the list of participants")


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    """The questions that are asked of consent texts."""

    def current(self) -> "ConsentTextQuerySet":
        """The newest version of each purpose: what is asked today."""
        newer = ConsentText.objects.filter(
            purpose=models.OuterRef("purpose"), version__gt=models.OuterRef("version")
        )
        return self.filter(~models.Exists(newer))

    def unanswered_by(self, person: "User") -> list["ConsentText"]:
        """What is still to be asked: today's texts of purposes that `person` has not agreed to."""
        given = Consent.objects.valid().filter(person=person, text=models.OuterRef("pk"))
        newest: dict[str, ConsentText] = {}
        answered: set[str] = set()
        # All versions, of which there are few: this is asked of everybody who registers.
        texts = ConsentText.objects.annotate(is_given=models.Exists(given))
        for text in texts.order_by("version"):
            newest[text.purpose] = text
            if text.is_given:
                answered.add(text.purpose)
        return [text for purpose, text in newest.items() if purpose not in answered]


class ConsentText(models.Model):
    """One version of what a person is asked; never changed once somebody answered it."""

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    since = models.DateTimeField(_("asked since"), default=timezone.now)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ("purpose", "-version")
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version")
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.version}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """The questions that are asked of consents."""

    def valid(self) -> "ConsentQuerySet":
        """Those that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """One answer of one person; withdrawn by a timestamp, never erased by a click."""

    class Method(models.TextChoices):
        FORM = "form", _("Registration form")
        DESK = "desk", _("At the desk")
        CONTACT = "contact", _("Declared by the organisation's contact")
        DEMO = "demo", _("Demo data")

    person = models.ForeignKey(
        "accounts.User",
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="consents",
    )
    text = models.ForeignKey(
        ConsentText, verbose_name=_("text"), on_delete=models.PROTECT, related_name="answers"
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    method = models.CharField(_("method"), max_length=10, choices=Method)
    declared_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("declared by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who said that the person agreed in writing; empty: the person did it here."),
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_given_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.text}"
