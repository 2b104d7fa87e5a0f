"""Who is coming: from the draft to the arrival, each state a timestamp with who and why."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.languages import Language
from accounts.organisations.merged import follows_merge
from accounts.tracking import tracked
from forum.quotas.models import Category, Quota, QuotaQuerySet
from forum.registrations.counting import counts_places
from forum.registrations.querysets import RegistrationQuerySet


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

    DRAFT = "draft", pgettext_lazy("registration", "Not sent yet")
    AWAITING = "awaiting", pgettext_lazy("registration", "Awaiting approval")
    WAITING = "waiting", pgettext_lazy("registration", "On the waiting list")
    OFFERED = "offered", pgettext_lazy("registration", "A place is offered")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "Confirmed")
    ARRIVED = "arrived", pgettext_lazy("registration", "Arrived")
    DECLINED = "declined", pgettext_lazy("registration", "Declined")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")


@tracked(exclude=["holds"])
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
    region = models.ForeignKey(
        "accounts.Region",
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The organisation's, where it has one; quotas go by it."),
    )
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
    days = ArrayField(
        models.DateField(),
        verbose_name=_("days on which the ticket holds"),
        default=list,
        blank=True,
        help_text=_("Empty: every day of the edition."),
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    registered_at = models.DateTimeField(
        _("registered"),
        default=timezone.now,
        null=True,
        blank=True,
        editable=False,
        help_text=_("Empty: a draft that the person has not sent yet."),
    )
    registered_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("registered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    endorsed_at = models.DateTimeField(
        _("endorsed by the organisation"), null=True, blank=True, editable=False
    )
    endorsed_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("endorsed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    approval_asked_at = models.DateTimeField(
        _("approval asked"), null=True, blank=True, editable=False
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("approved by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True, editable=False)
    moved_up_at = models.DateTimeField(_("moved up"), null=True, blank=True, editable=False)
    moved_up_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("moved up by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    moved_up_reason = models.CharField(
        _("why moved up"), max_length=300, blank=True, editable=False
    )
    offered_at = models.DateTimeField(_("offered"), null=True, blank=True, editable=False)
    offer_until = models.DateTimeField(_("offered until"), null=True, blank=True, editable=False)
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
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True, editable=False)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True, editable=False)
    declined_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("declined by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    decline_reason = models.CharField(_("why declined"), max_length=300, blank=True, editable=False)
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
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("comes instead of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="replaced_by",
    )
    ticket_number = models.PositiveSmallIntegerField(
        _("tickets issued"),
        default=1,
        editable=False,
        help_text=_("A lost ticket is replaced; the codes of the earlier ones hold no more."),
    )
    holds = models.GeneratedField(
        expression=models.Case(
            models.When(
                Q(cancelled_at__isnull=True, declined_at__isnull=True)
                & (Q(confirmed_at__isnull=False) | Q(offered_at__isnull=False)),
                then=models.Value(True),
            ),
            default=models.Value(False),
        ),
        output_field=models.BooleanField(_("holds a place")),
        db_persist=True,
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ("-registered_at", "-pk")
        permissions = [("view_needs", _("Can see what delegates need (health-related)"))]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"],
                condition=Q(cancelled_at__isnull=True, declined_at__isnull=True),
                name="registration_one_live",
                violation_error_message=_("This person is registered for this edition already."),
            ),
            models.CheckConstraint(
                condition=Q(registered_at__isnull=False)
                | Q(
                    approval_asked_at__isnull=True,
                    waiting_since__isnull=True,
                    offered_at__isnull=True,
                    confirmed_at__isnull=True,
                    declined_at__isnull=True,
                ),
                name="registration_sent_first",
            ),
            models.CheckConstraint(
                condition=Q(approval_asked_at__isnull=True)
                | Q(approved_at__isnull=False)
                | Q(waiting_since__isnull=True, offered_at__isnull=True, confirmed_at__isnull=True),
                name="registration_approved_first",
            ),
            models.CheckConstraint(
                condition=Q(offered_at__isnull=True, offer_until__isnull=True)
                | Q(offered_at__isnull=False, offer_until__isnull=False),
                name="registration_offer_ends",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="registration_confirmed_first",
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "-registered_at"], name="registration_newest"),
            models.Index(fields=["edition", "category", "region"], name="registration_by_quota"),
            models.Index(
                fields=["edition", "waiting_since"],
                condition=Q(
                    cancelled_at__isnull=True,
                    declined_at__isnull=True,
                    confirmed_at__isnull=True,
                    offered_at__isnull=True,
                    waiting_since__isnull=False,
                ),
                name="registration_waiting",
            ),
            models.Index(
                fields=["offer_until"],
                condition=Q(
                    cancelled_at__isnull=True,
                    declined_at__isnull=True,
                    confirmed_at__isnull=True,
                    offered_at__isnull=False,
                ),
                name="registration_offered",
            ),
        ]
        triggers = [follows_merge(), *counts_places()]

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
        ended = Status.CANCELLED if self.cancelled_at else Status.DECLINED
        standing = [
            (self.cancelled_at or self.declined_at, ended),
            (self.arrived_at, Status.ARRIVED),
            (self.confirmed_at, Status.CONFIRMED),
            (self.offered_at, Status.OFFERED),
            (self.waiting_since, Status.WAITING),
            (self.registered_at, Status.AWAITING),
        ]
        return next((status for moment, status in standing if moment), Status.DRAFT)

    @property
    def is_live(self) -> bool:
        """Whether it has not ended."""
        return not (self.cancelled_at or self.declined_at)

    @property
    def lapsed(self) -> bool:
        """Whether it ended because nobody accepted the offered place in time."""
        until, ended = self.offer_until, self.cancelled_at
        return bool(until and ended and until <= ended and not self.confirmed_at)

    def quotas(self) -> QuotaQuerySet:
        """Return the quotas in which it takes a place, or would."""
        return Quota.objects.filter(edition=self.edition_id).of(
            self.category, region=self.region_id, organisation=self.organisation_id
        )

    def full_quotas(self) -> list[Quota]:
        """Return the quotas that are full, and keep it from a place."""
        return list(self.quotas().full().select_related("region", "organisation"))
