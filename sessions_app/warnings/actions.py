"""Chooses how strict an edition is with a rule."""

from collections.abc import Mapping

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.warnings.levels import DEFAULTS, HELD_BY_DATABASE, allowed_levels
from sessions_app.warnings.models import Level, Rule, WarningLevel
from sessions_app.warnings.reading import read_levels


class LevelRefused(ValueError):
    """The rule may not have that level; the text says why."""


def set_level(edition: Edition, rule: Rule, level: Level, *, by: User | None) -> Level:
    """Let the edition be as strict with `rule` as `level` says; back to its own deletes the row.

    Raises LevelRefused. `by` is named in the history.
    """
    rule, level = Rule(rule), Level(level)
    if level not in allowed_levels(rule):
        raise LevelRefused(_refusal(rule))
    with pghistory.context(user=by.pk if by else None), transaction.atomic():
        if level == DEFAULTS[rule]:
            WarningLevel.objects.filter(edition=edition, rule=rule).delete()
        else:
            WarningLevel.objects.update_or_create(
                edition=edition, rule=rule, defaults={"level": level}
            )
    return level


def set_levels(
    edition: Edition, levels: Mapping[Rule, Level], *, by: User | None
) -> dict[Rule, Level]:
    """Set all `levels`, or none; return those that were others before. Raises LevelRefused."""
    with transaction.atomic():
        before = read_levels(edition)
        changed = {rule: level for rule, level in levels.items() if before[rule] != level}
        for rule, level in changed.items():
            set_level(edition, rule, level, by=by)
        return changed


def _refusal(rule: Rule) -> str:
    if rule in HELD_BY_DATABASE:
        return _(
            "“%(rule)s” always blocks the release: a room or a person published in two places at"
            " once helps nobody. Solve the clash, mark the room as shared, or the appearance as"
            " not exclusive."
        ) % {"rule": rule.label}
    return _("“%(rule)s” cannot block the placing: no room or time mends it.") % {
        "rule": rule.label
    }
