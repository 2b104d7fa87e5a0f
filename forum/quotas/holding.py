"""The rules and quotas that a registration meets; under the edition's lock."""

from accounts.models import Organisation
from forum.editions.models import Edition
from forum.quotas.models import CategoryRule, Quota


def rule_of(edition: Edition, category: str) -> CategoryRule:
    """Return how `edition` treats `category`; without a row, the rule that lets everybody in."""
    found = CategoryRule.objects.filter(edition=edition, category=category).first()
    return found or CategoryRule(edition=edition, category=category)


def hold_organisation_quota(edition: Edition, organisation: Organisation) -> None:
    """Make sure that the places of `organisation` are counted, where the edition limits them."""
    if edition.organisation_cap is None:
        return
    told = {"edition": edition, "organisation": organisation}
    if not Quota.objects.filter(**told).exists():
        quota = Quota(**told, places=edition.organisation_cap)
        Quota.objects.bulk_create([quota], ignore_conflicts=True)


def asks_for_region(edition: Edition, category: str) -> bool:
    """Whether places for `category` are kept by region, so that one must be named."""
    return Quota.objects.filter(
        edition=edition, category=category, region__isnull=False, places__isnull=False
    ).exists()
