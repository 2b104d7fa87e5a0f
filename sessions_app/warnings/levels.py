"""How strict each rule is by itself, how strict it may be, and how strict an edition is."""

from sessions_app.warnings.models import Level, Rule

DEFAULTS: dict[Rule, Level] = dict.fromkeys(Rule, Level.WARNS) | {
    Rule.ROOM_TWICE: Level.BLOCKS_RELEASE,
    Rule.SPEAKER_TWICE: Level.BLOCKS_RELEASE,
}

HELD_BY_DATABASE = frozenset({Rule.ROOM_TWICE, Rule.SPEAKER_TWICE})
"""The database refuses to publish these, so that no edition can be laxer."""

OF_NO_PLACE = frozenset(
    {
        Rule.NOT_PLACED,
        Rule.NO_MODERATOR,
        Rule.NO_KAZAKH_TITLE,
        Rule.NO_RUSSIAN_TITLE,
        Rule.SPEAKER_UNCONFIRMED,
    }
)
"""What no room or time mends: it cannot stop anybody from placing."""

_ORDER = {level: place for place, level in enumerate(Level)}


def severity(level: Level) -> int:
    """Return a number that is the greater, the stricter the level is."""
    return _ORDER[level]


def allowed_levels(rule: Rule) -> list[Level]:
    """List the levels that a rule may have, the laxest first."""
    if rule in HELD_BY_DATABASE:
        return [Level.BLOCKS_RELEASE, Level.BLOCKS_PLACING]
    if rule in OF_NO_PLACE:
        return [Level.IGNORED, Level.WARNS, Level.BLOCKS_RELEASE]
    return list(Level)


def in_force(chosen: dict[str, str]) -> dict[Rule, Level]:
    """Return every rule's level: what an edition chose, else the rule's own.

    A row that names a level which the rule may not have counts for nothing.
    """
    levels = dict(DEFAULTS)
    for rule in Rule:
        level = chosen.get(rule)
        if level in allowed_levels(rule):
            levels[rule] = Level(level)
    return levels
