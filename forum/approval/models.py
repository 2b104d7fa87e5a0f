"""What organisers decided on many registrations at once: how far it is, and what came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.languages import Language


class Step(models.TextChoices):
    """What may be decided on many."""

    APPROVE = "approve", pgettext_lazy("step", "Approve")
    CONFIRM = "confirm", pgettext_lazy("step", "Give a place")
    MOVE_UP = "move_up", pgettext_lazy("step", "Move up")
    DECLINE = "decline", pgettext_lazy("step", "Decline")
    CANCEL = "cancel", pgettext_lazy("step", "Cancel")
    REOPEN = "reopen", pgettext_lazy("step", "Take back")
    MOVE_BACK = "move_back", pgettext_lazy("step", "Back to the own turn")


UNDONE_BY = {
    Step.APPROVE: Step.REOPEN,
    Step.CONFIRM: Step.REOPEN,
    Step.DECLINE: Step.REOPEN,
    Step.MOVE_UP: Step.MOVE_BACK,
}
"""Which step takes which back; who cancelled, or what was taken back, stays so."""
WITH_REASONS = (Step.DECLINE, Step.CANCEL)
"""The steps whose reason those who are decided on read, each in their language."""


class DecisionBatch(models.Model):
    """One decision on many registrations, carried out a part at a time; each part is committed.

    The parts done, the refusals and the results are written with them in one transaction: who
    takes a batch up again goes on where it stopped.
    """

    edition = models.ForeignKey(
        "forum.Edition", verbose_name=_("edition"), on_delete=models.CASCADE, related_name="+"
    )
    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    step = models.CharField(_("decision"), max_length=20, choices=Step)
    reasons = models.JSONField(
        _("reasons"), default=dict, help_text=_("By the language of those who read them.")
    )
    by = models.ForeignKey(
        "accounts.User", verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(_("language of the refusals"), max_length=2, choices=Language)
    asked_at = models.DateTimeField(_("decided"), default=timezone.now)
    finished_at = models.DateTimeField(_("carried out"), null=True, blank=True)
    chosen = ArrayField(models.BigIntegerField(), verbose_name=_("registrations"))
    position = models.PositiveIntegerField(_("carried out so far"), default=0)
    done = ArrayField(models.BigIntegerField(), verbose_name=_("done"), default=list)
    refused = models.JSONField(
        _("refused"), default=list, help_text=_("Pairs of a registration and why.")
    )
    results = models.JSONField(
        _("results"),
        default=dict,
        help_text=_("How many are confirmed, and how many wait because of which quota."),
    )
    undoes = models.OneToOneField(
        "self",
        verbose_name=_("takes back"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="undone_by",
    )

    class Meta:
        verbose_name = _("decision on many")
        verbose_name_plural = _("decisions on many")
        ordering = ("-asked_at", "-pk")
        indexes = [
            models.Index(fields=["edition", "-asked_at"], name="decision_newest"),
            models.Index(
                fields=["asked_at"],
                condition=models.Q(finished_at__isnull=True),
                name="decision_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} · {self.code}"

    @property
    def count(self) -> int:
        """How many registrations were chosen."""
        return len(self.chosen)

    @property
    def is_finished(self) -> bool:
        """Whether each of them was decided on."""
        return self.finished_at is not None

    @property
    def can_be_undone(self) -> bool:
        """Whether it was carried out, something was done, and nobody has taken it back."""
        undoable = self.is_finished and bool(self.done) and self.step in UNDONE_BY
        return undoable and not hasattr(self, "undone_by")

    def reason_for(self, language: str) -> str:
        """Return the reason in `language`; where that was not written, in another one."""
        order = (language, *Language.values)
        return next((text for one in order if (text := self.reasons.get(one))), "")
