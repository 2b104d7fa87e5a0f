"""What was issued to whom. The row keeps what the paper says, so that it can be told for ever."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language
from accounts.tracking import tracked


class Kind(models.TextChoices):
    """What the paper is."""

    CERTIFICATE = "certificate", _("Certificate of participation")
    INVITATION = "invitation", _("Letter of invitation")


SIGNS = {Kind.CERTIFICATE: "C", Kind.INVITATION: "L"}
"""What stands in a document's number for its kind."""


class DocumentQuerySet(models.QuerySet["Document"]):
    """The questions that are asked of documents."""

    def valid(self) -> "DocumentQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


@tracked()
class Document(models.Model):
    """A paper in one language; `name` and what follows are as they stood when it was issued."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.PROTECT,
        related_name="documents",
    )
    registration = models.ForeignKey(
        "forum.Registration",
        verbose_name=_("registration"),
        on_delete=models.PROTECT,
        related_name="documents",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    number = models.PositiveIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=302)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    days = ArrayField(
        models.DateField(), verbose_name=_("days of attendance"), default=list, blank=True
    )
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issued_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("issued by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("withdrawn by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_reason = models.CharField(_("why withdrawn"), max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("-issued_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "kind", "language"],
                condition=Q(withdrawn_at__isnull=True),
                name="document_one_valid",
            ),
            models.UniqueConstraint(
                fields=["edition", "kind", "number"], name="document_number_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="document_withdrawn_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["edition", "-issued_at"], name="document_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.full_number}"

    @property
    def full_number(self) -> str:
        """The number as it stands on the paper: edition, kind, and which of its kind."""
        return f"{self.edition.slug}-{SIGNS[Kind(self.kind)]}-{self.number:04}"

    @property
    def spaced_code(self) -> str:
        """The code in fours, to be read aloud and typed."""
        return "-".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))
