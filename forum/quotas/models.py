"""For whom an edition keeps places, and who decides on them."""

from typing import Protocol

import pgtrigger
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.organisations.merged import follows_merge
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


class Approval(models.TextChoices):
    """Who must say yes before a registration of a category can get a place."""

    NOBODY = "nobody", _("Nobody: whoever registers first")
    CONTACT = "contact", _("The organisation's contact, or the organisers")
    ORGANISERS = "organisers", _("The organisers")


@tracked()
class CategoryRule(models.Model):
    """How one edition treats a category; without a row it is open and needs nobody's approval."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.CASCADE,
        related_name="category_rules",
    )
    category = models.CharField(_("category"), max_length=20, choices=Category)
    approval = models.CharField(
        _("who approves"), max_length=20, choices=Approval, default=Approval.NOBODY
    )
    closed_at = models.DateTimeField(
        _("closed"), null=True, blank=True, help_text=_("From then on nobody registers in it.")
    )

    class Meta:
        verbose_name = _("rule of a category")
        verbose_name_plural = _("rules of categories")
        constraints = [
            models.UniqueConstraint(fields=["edition", "category"], name="category_rule_once")
        ]

    def __str__(self) -> str:
        return str(self.get_category_display())


class Placed(Protocol):
    """What decides under which quotas a registration falls."""

    @property
    def category(self) -> str: ...
    @property
    def region_id(self) -> int | None: ...
    @property
    def organisation_id(self) -> int | None: ...


class QuotaQuerySet(models.QuerySet["Quota"]):
    """The questions that are asked of quotas."""

    def full(self) -> "QuotaQuerySet":
        """Those in which no place is free."""
        return self.filter(places__isnull=False, taken__gte=F("places"))

    def of(
        self,
        category: str | OuterRef,
        *,
        region: int | OuterRef | None,
        organisation: int | OuterRef | None,
    ) -> "QuotaQuerySet":
        """Those in which such a registration takes a place."""
        return self.filter(
            Q(category="") | Q(category=category),
            Q(region__isnull=True) | Q(region=region),
            Q(organisation__isnull=True) | Q(organisation=organisation),
        )


# Whoever writes a quota, its counter begins with those who hold places now.
_COUNT = """
    SELECT count(*) INTO NEW.taken FROM forum_registration AS held
    WHERE held.edition_id = NEW.edition_id AND held.holds
        AND (NEW.category = '' OR held.category = NEW.category)
        AND (NEW.region_id IS NULL OR held.region_id = NEW.region_id)
        AND (NEW.organisation_id IS NULL OR held.organisation_id = NEW.organisation_id);
    RETURN NEW;
"""


@tracked(exclude=["taken"])
class Quota(models.Model):
    """So many places for a category, a region, a category of a region, or an organisation.

    A registration needs a free place in every quota that it falls under. `places` None is
    open-ended: it only counts. `taken` is written by triggers (here and on registrations), under
    a CHECK: code that forgets the lock is stopped by the database.
    """

    edition = models.ForeignKey(
        "forum.Edition", verbose_name=_("edition"), on_delete=models.CASCADE, related_name="quotas"
    )
    category = models.CharField(
        _("category"), max_length=20, choices=Category, blank=True, default=""
    )
    region = models.ForeignKey(
        "accounts.Region",
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="quotas",
    )
    places = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: as many as come.")
    )
    taken = models.PositiveIntegerField(_("places taken"), default=0, editable=False)
    own_places = models.BooleanField(
        _("an exception"),
        default=False,
        help_text=_("The edition's number of places for each organisation does not change it."),
    )

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "category", "region", "organisation"],
                name="quota_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(taken__lte=F("places")),
                name="quota_not_oversold",
                violation_error_message=_(
                    "More places are taken than that. Cancel registrations first, or allow more."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(category="", region__isnull=True, organisation__isnull=True),
                name="quota_of_something",
                violation_error_message=_(
                    "Say for which category, region or organisation; "
                    "the edition's own number of places holds for all."
                ),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(category="", region__isnull=True),
                name="quota_of_one_organisation",
                violation_error_message=_("An organisation's places hold for every category."),
            ),
        ]
        triggers = [
            follows_merge(),
            pgtrigger.Trigger(
                name="count_taken",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("category", "region_id", "organisation_id"),
                func=_COUNT,
            ),
        ]

    def __str__(self) -> str:
        if self.organisation:
            return str(self.organisation)
        parts = [str(self.get_category_display()) if self.category else "", self.region]
        return " · ".join(str(part) for part in parts if part)

    def is_for(self, registration: Placed) -> bool:
        """Whether `registration` takes a place in it."""
        return (
            self.category in ("", registration.category)
            and self.region_id in (None, registration.region_id)
            and self.organisation_id in (None, registration.organisation_id)
        )

    @property
    def is_full(self) -> bool:
        """Whether no place is free."""
        return self.places is not None and self.taken >= self.places
