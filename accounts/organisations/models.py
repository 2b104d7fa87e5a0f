"""NGOs and other bodies, and the regions they come from."""

import re

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import latin
from accounts.codes import new_code
from accounts.names import fold, search_key, sort_key, translated
from accounts.organisations.bin import validate_bin
from accounts.organisations.plain_names import plain, plain_key
from accounts.tracking import tracked


class Region(models.Model):
    """An oblast or a city of republican significance (ISO 3166-2:KZ)."""

    code = models.CharField(_("code"), max_length=5, unique=True)
    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    """What a body is; it decides who may register in which category."""

    NGO = "ngo", _("Non-governmental organisation")
    STATE = "state", _("State body")
    COUNCIL = "council", _("Public council")
    BUSINESS = "business", _("Business")
    MEDIA = "media", _("Media")
    INTERNATIONAL = "international", _("International organisation")


class LegalForm(models.TextChoices):
    """The legal forms of non-commercial bodies (forum-facts §2)."""

    ASSOCIATION = "association", _("Public association")
    REPUBLICAN = "republican", _("Republican public association")
    PUBLIC_FOUNDATION = "public_foundation", _("Public foundation")
    FOUNDATION = "foundation", _("Private or corporate foundation")
    UNION = "union", _("Association of legal entities")
    INSTITUTION = "institution", _("Private institution")
    COMPANY = "company", _("Non-commercial joint-stock company")
    COOPERATIVE = "cooperative", _("Consumer cooperative")
    RELIGIOUS = "religious", _("Religious association")
    BRANCH = "branch", _("Branch or representative office of a foreign organisation")
    UNREGISTERED = "unregistered", _("Unregistered group")
    OTHER = "other", _("Other")


class RegisterStatus(models.TextChoices):
    """How the state's register has the body (forum-facts §1). It warns and never forbids."""

    UNKNOWN = "unknown", pgettext_lazy("register", "Not known")
    ACTIVE = "active", pgettext_lazy("register", "Active")
    INACTIVE = "inactive", pgettext_lazy("register", "Inactive")
    SUSPENDED = "suspended", pgettext_lazy("register", "Suspended")
    LIQUIDATION = "liquidation", pgettext_lazy("register", "In liquidation")


DOUBTFUL = frozenset(
    {RegisterStatus.INACTIVE, RegisterStatus.SUSPENDED, RegisterStatus.LIQUIDATION}
)
CLOSING = frozenset({RegisterStatus.SUSPENDED, RegisterStatus.LIQUIDATION})
"""Nobody but staff can make new people speak for such a body."""


def new_organisation_code() -> str:
    """Make a code of eight signs: 18,000 that are imported at once must not meet."""
    return new_code(8)


_QUOTES = dict.fromkeys(map(ord, "«»„“”\"'"), " ")
"""People leave out the quotes that stand in an official name, or type others."""
_WORDS = re.compile(r"[^\W_]+")
_RUNS = re.compile(r"[^\W\d_]+|\d+")
"""«мысал05» is a name's word and its number, between which a blank or a hyphen is missing."""
_GAP = "[^0-9a-zа-я]"
"""What stands between words, in a pattern for PostgreSQL, whose own classes go by its locale."""


def _sounding_like(run: str) -> str:
    is_latin = run.isalpha() and not re.search("[а-я]", run)
    return latin.pattern(run) if is_latin else re.escape(run)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """The questions that are asked of organisations."""

    def listed(self) -> "OrganisationQuerySet":
        """Those that may be found and chosen: all but those that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def matching(self, typed: str) -> "OrganisationQuerySet":
        """Those whose name, in any spelling, or BIN holds every word of `typed`."""
        found = self
        for word in fold(typed.translate(_QUOTES)).split():
            found = found.filter(search_key__contains=word)
        return found

    def similar_to(self, name: str) -> "OrganisationQuerySet":
        """Those with nearly such a name, the most similar first; the legal form says nothing."""
        told = plain(name) or fold(name)
        found = self.filter(plain_key__trigram_word_similar=told)
        score = TrigramWordSimilarity(told, "plain_key")
        return found.annotate(score=score).order_by("-score", "sort_key", "pk")

    def sounding_like(self, typed: str) -> "OrganisationQuerySet":
        """Those that hold every run of letters or digits of `typed`, which may be Latin ones."""
        found = self
        for run in _RUNS.findall(fold(typed)):
            same = models.Q(search_key__contains=run)
            found = found.filter(same | models.Q(search_key__regex=_sounding_like(run)))
        return found

    def best_first(self, typed: str, *, by_sound: bool = False) -> "OrganisationQuerySet":
        """Those first that hold the words of `typed` whole and in order, then as beginnings."""
        words = [re.escape(word) for word in _WORDS.findall(fold(typed))]
        if by_sound:
            words = [_sounding_like(run) for run in _RUNS.findall(fold(typed))]
        begins = f"(^|{_GAP}){f'{_GAP}+'.join(words)}"
        rank = models.Case(
            models.When(search_key__regex=f"{begins}($|{_GAP})", then=0),
            models.When(search_key__regex=begins, then=1),
            default=2,
        )
        return self.order_by(rank, "sort_key", "pk")


@tracked(exclude=["code", "search_key", "sort_key", "plain_key"])
class Organisation(models.Model):
    """A body that sends delegates. 1,742 registered NGOs have no BIN, so it is optional.

    One that was merged into another stays as history: nothing points at it any more.
    """

    code = models.CharField(
        _("code"), max_length=8, unique=True, default=new_organisation_code, editable=False
    )
    name = models.CharField(_("name"), max_length=300)
    bin = models.CharField(
        _("BIN"), max_length=12, null=True, blank=True, unique=True, validators=[validate_bin]
    )
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm, blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.NGO
    )
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
    )
    register_status = models.CharField(
        _("in the register"),
        max_length=20,
        choices=RegisterStatus,
        default=RegisterStatus.UNKNOWN,
    )
    other_names = models.TextField(
        _("other names and numbers"),
        blank=True,
        help_text=_("Earlier or shorter names, one a line; a search finds them too."),
    )
    added_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("added by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )
    merged_at = models.DateTimeField(_("merged"), null=True, blank=True, editable=False)
    merged_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("merged by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    merge_reason = models.CharField(_("why merged"), max_length=300, blank=True, editable=False)
    search_key = search_key(*translated("name"), "bin", "other_names")
    sort_key = sort_key(*translated("name"))
    plain_key = plain_key(*translated("name"), "other_names")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        permissions = [("merge_organisation", _("Can merge organisations that are listed twice"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bin__isnull=True) | models.Q(bin__regex=r"^[0-9]{12}$"),
                name="organisation_bin_form",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True, merged_at__isnull=True)
                | models.Q(merged_into__isnull=False, merged_at__isnull=False),
                name="organisation_merged_when",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("id")),
                name="organisation_merged_into_another",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="organisation_search"),
            GinIndex(fields=["plain_key"], opclasses=["gin_trgm_ops"], name="organisation_plain"),
            models.Index(fields=["sort_key"], name="organisation_sort"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> list[str]:
        """Every name that it has or had, in every language."""
        own = [getattr(self, column) for column in translated("name")]
        return [name for name in (*own, *self.other_names.splitlines()) if name]

    @property
    def described(self) -> str:
        """The name with what tells it from its like."""
        parts = [self.name, str(self.region or ""), self.bin or "", *self.cautions]
        return ", ".join(part for part in parts if part)

    @property
    def kept(self) -> "Organisation":
        """The one that is in the list: itself, or the one into which it was merged."""
        return self.merged_into or self

    @property
    def cautions(self) -> list[str]:
        """What whoever deals with it should know, in words: no BIN, and what the register says."""
        said = [] if self.bin or self.kind == OrganisationKind.INTERNATIONAL else [_("No BIN")]
        if self.register_status in DOUBTFUL:
            said.append(RegisterStatus(self.register_status).label)
        return [str(one) for one in said]

    @property
    def is_closing(self) -> bool:
        """Whether nobody but staff can make new people speak for it."""
        return self.register_status in CLOSING


class LikelyDouble(models.Model):
    """Two organisations that may be one; found by a task, looked at by staff."""

    class Reason(models.TextChoices):
        """What speaks for it."""

        NAME = "name", _("The same name")
        SIMILAR = "similar", _("Nearly the same name in one region")
        BIN = "bin", _("BINs that differ by one slip, and similar names")

    first = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )
    second = models.ForeignKey(
        Organisation, verbose_name=_("and this one"), on_delete=models.CASCADE, related_name="+"
    )
    reason = models.CharField(_("what speaks for it"), max_length=10, choices=Reason)
    score = models.FloatField(
        _("likeness"), help_text=_("From 0 to 1: how many groups of three letters the names share.")
    )
    found_at = models.DateTimeField(_("found"))
    dismissed_at = models.DateTimeField(_("two bodies, said on"), null=True, blank=True)
    dismissed_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("said by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("likely double")
        verbose_name_plural = _("likely doubles")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likely_double_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="likely_double_in_order"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-score", "id"],
                condition=models.Q(dismissed_at__isnull=True),
                name="likely_double_likeliest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} — {self.second}"
