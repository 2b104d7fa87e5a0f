"""Who approves the registrations of a category, and whether it is closed."""

import datetime as dt

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


def set_rule(
    edition: Edition,
    category: Category,
    *,
    approval: Approval,
    closed: bool,
    by: User,
    now: dt.datetime,
    seen: tuple[str, bool] | Unseen = Unseen.ANYTHING,
) -> bool:
    """Say who approves a category's registrations, close or open it; False where nothing changes.

    `seen` is what its author looked at: who approves, and whether it is closed. Raises RuleChanged
    where that is no longer so. What is closed stays closed since it was.
    """
    with locked_edition(edition.pk, by=by, step=STEP) as held:
        rule = rules_of(held)[category]
        stands = (rule.approval, rule.closed_at is not None)
        if stands == (approval, closed):
            return False
        if seen not in (Unseen.ANYTHING, stands):
            raise RuleChanged
        rule.approval = approval
        rule.closed_at = (rule.closed_at or now) if closed else None
        rule.save()
    return True
