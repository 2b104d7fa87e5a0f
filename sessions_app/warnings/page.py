"""The list of findings as the page shows it: by level, then by rule, a part of each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sessions_app.warnings.access import Finding
from sessions_app.warnings.explanations import EXPLANATIONS
from sessions_app.warnings.levels import severity
from sessions_app.warnings.models import Level, Rule

SHOWN = 8
"""How many findings of each rule stand on the page of all rules."""
A_PAGE = 100


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The findings of one rule; `shown` are the first of `count`."""

    rule: Rule
    count: int
    shown: list[Finding]

    @property
    def explanation(self) -> str:
        """What the rule looks at."""
        return str(EXPLANATIONS[self.rule])


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """The rules of one level that the draft breaks."""

    level: Level
    count: int
    rules: list[RuleGroup]


def grouped(findings: Iterable[Finding]) -> list[LevelGroup]:
    """Group findings by level, the most severe first, and within a level by rule."""
    by_rule: dict[Level, dict[Rule, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        by_rule[finding.level][finding.rule].append(finding)
    return [
        LevelGroup(
            level,
            sum(map(len, rules.values())),
            [RuleGroup(rule, len(found), found[:SHOWN]) for rule, found in rules.items()],
        )
        for level, rules in sorted(by_rule.items(), key=lambda pair: -severity(pair[0]))
    ]
