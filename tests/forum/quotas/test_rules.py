"""Who approves a category's registrations, and whether it is closed."""

import datetime as dt

import pytest

from accounts.models import User
from forum.models import Approval, Category, CategoryRule, Edition
from forum.quotas.errors import RuleChanged
from forum.quotas.rules import RuleWish, rules_of, set_rule, set_rules

pytestmark = pytest.mark.django_db
MEDIA = Category.MEDIA


def test_without_rows_every_category_is_open_to_all(edition: Edition) -> None:
    rules = rules_of(edition)
    assert [(rules[one].approval, rules[one].closed_at) for one in Category] == [
        (Approval.NOBODY, None)
    ] * len(Category)


def test_a_category_is_closed_and_stays_closed_since_then(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    later = now + dt.timedelta(hours=1)
    for approval, at in ((Approval.NOBODY, now), (Approval.ORGANISERS, later)):
        set_rule(edition, MEDIA, RuleWish(approval, closed=True), by=organiser, now=at)
    rule = CategoryRule.objects.get()
    assert (rule.category, rule.approval, rule.closed_at) == ("media", Approval.ORGANISERS, now)


def test_a_category_is_opened_again(edition: Edition, organiser: User, now: dt.datetime) -> None:
    for closed in (True, False):
        set_rule(edition, MEDIA, RuleWish(Approval.CONTACT, closed=closed), by=organiser, now=now)
    assert rules_of(edition)[MEDIA].closed_at is None


def test_what_is_so_already_writes_nothing(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    assert not set_rule(
        edition, MEDIA, RuleWish(Approval.NOBODY, closed=False), by=organiser, now=now
    )
    assert not CategoryRule.objects.exists()


def test_a_rule_that_somebody_else_changed_is_not_overwritten_unseen(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    set_rule(edition, MEDIA, RuleWish(Approval.CONTACT, closed=False), by=organiser, now=now)
    with pytest.raises(RuleChanged):
        set_rule(
            edition,
            MEDIA,
            RuleWish(Approval.ORGANISERS, closed=False, seen=(Approval.NOBODY, False)),
            by=organiser,
            now=now,
        )
    assert rules_of(edition)[MEDIA].approval == Approval.CONTACT


def test_of_several_rules_all_are_set_or_none(
    edition: Edition, organiser: User, now: dt.datetime
) -> None:
    wish = RuleWish(Approval.ORGANISERS, closed=False, seen=(Approval.NOBODY, False))
    assert set_rules(edition, {MEDIA: wish}, by=organiser, now=now) == 1
    later = RuleWish(Approval.CONTACT, closed=False, seen=(Approval.NOBODY, False))
    with pytest.raises(RuleChanged):
        set_rules(edition, {Category.STATE: later, MEDIA: later}, by=organiser, now=now)
    assert rules_of(edition)[Category.STATE].approval == Approval.NOBODY
