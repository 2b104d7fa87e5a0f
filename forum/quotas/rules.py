"""Who approves the registrations of a category, and whether it is closed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from forum.editions.locking import locked_edition
from forum.editions.models import Edition
from forum.quotas.actions import Unseen
from forum.quotas.errors import RuleChanged
from forum.quotas.models import Approval, Category, CategoryRule

STEP = "category rules"


def rules_of(edition: Edition) -> dict[Category, CategoryRule]:
    """Return the rule of every category; those without a row let everybody in."""
    known = {rule.category: rule for rule in CategoryRule.objects.filter(edition=edition)}
    return {
        category: known.get(category.value) or CategoryRule(edition=edition, category=category)
        for category in Category
    }


@dataclass(frozen=True, slots=True)
class RuleWish:
    """How a category should be treated, and how it was when one looked."""

    approval: Approval
    closed: bool
    seen: tuple[str, bool] | Unseen = Unseen.ANYTHING


def set_rules(
    edition: Edition, wishes: Mapping[Category, RuleWish], *, by: User, now: dt.datetime
) -> int:
    """Set all rules or none; return how many changed. Raises RuleChanged."""
    with transaction.atomic():
        return sum(
            set_rule(edition, category, wish, by=by, now=now) for category, wish in wishes.items()
        )


def set_rule(
    edition: Edition, category: Category, wish: RuleWish, *, by: User, now: dt.datetime
) -> bool:
    """Say who approves a category's registrations, close or open it; False where nothing changes.

    Raises RuleChanged where it is no longer as its author saw it. What is closed stays closed since
    it was.
    """
    with locked_edition(edition.pk, by=by, step=STEP) as held:
        rule = rules_of(held)[category]
        stands = (rule.approval, rule.closed_at is not None)
        if stands == (wish.approval, wish.closed):
            return False
        if wish.seen not in (Unseen.ANYTHING, stands):
            raise RuleChanged
        rule.approval = wish.approval
        rule.closed_at = (rule.closed_at or now) if wish.closed else None
        rule.save()
    return True
