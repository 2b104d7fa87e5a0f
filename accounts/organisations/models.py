"""NGOs and other bodies, and the regions they come from."""

import re

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import latin
from accounts.names import fold, search_key, sort_key, translated
from accounts.organisations.bin import validate_bin
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

    def matching(self, typed: str) -> "OrganisationQuerySet":
        """Those whose name, in any spelling, or BIN holds every word of `typed`."""
        found = self
        for word in fold(typed.translate(_QUOTES)).split():
            found = found.filter(search_key__contains=word)
        return found

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


@tracked(exclude=["search_key", "sort_key"])
class Organisation(models.Model):
    """A body that sends delegates. 1,742 registered NGOs have no BIN, so it is optional."""

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
    search_key = search_key(*translated("name"), "bin")
    sort_key = sort_key(*translated("name"))

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bin__isnull=True) | models.Q(bin__regex=r"^[0-9]{12}$"),
                name="organisation_bin_form",
            )
        ]
        indexes = [
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="organisation_search"),
            models.Index(fields=["sort_key"], name="organisation_sort"),
        ]

    def __str__(self) -> str:
        return self.name
