"""How names are compared and ordered: folded for search, by the Kazakh alphabet for lists.

Both keys are columns that PostgreSQL generates, so that bulk writes and SQL keep them too. The
letters' case is folded by an explicit table and not by the server's locale: a server with the C
locale would leave Cyrillic capitals alone.
"""

from django.db import models
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Coalesce, Lower, Trim

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The Kazakh Cyrillic alphabet in its order (forum-facts §4); Russian is a subset in order."""

_FOLDS = {
    "ә": "а",
    "ғ": "г",
    "қ": "к",
    "ң": "н",
    "ө": "о",
    "ұ": "у",
    "ү": "у",
    "һ": "х",
    "і": "и",
    "ё": "е",
}
_LOWER = {letter.upper(): letter for letter in ALPHABET}
_FOLD_TABLE = {upper: _FOLDS.get(lower, lower) for upper, lower in _LOWER.items()} | _FOLDS
_ORDER_TABLE = {letter: chr(0x0430 + place) for place, letter in enumerate(ALPHABET)}
_ORDER_TABLE |= {letter.upper(): _ORDER_TABLE[letter] for letter in ALPHABET}
_FOLDED = {ord(letter): other for letter, other in _FOLD_TABLE.items()}
_ORDERED = {ord(letter): other for letter, other in _ORDER_TABLE.items()}


def fold(text: str) -> str:
    """Fold case and the Kazakh letters, so that «Нургазиева» equals «Нұрғазиева».

    NUL goes too: PostgreSQL takes no text that holds it, and a search would end in a 500.
    """
    return " ".join(text.replace("\0", " ").lower().translate(_FOLDED).split())


def folding() -> dict[str, str]:
    """Return the letters that `fold` changes, for a script that searches without the server."""
    return dict(_FOLDS)


def order_key(text: str) -> str:
    """Return a key whose code points sort as the Kazakh alphabet does."""
    return text.lower().translate(_ORDERED)


def translated(field: str) -> list[str]:
    """Name the three columns of a translated field, in the order in which content falls back."""
    return [f"{field}_{language}" for language in ("kk", "ru", "en")]


def _joined(fields: list[str]) -> models.Expression:
    joined: models.Expression = Coalesce(F(fields[0]), Value(""))
    for field in fields[1:]:
        joined = Func(
            joined,
            Coalesce(F(field), Value("")),
            template="(%(expressions)s)",
            arg_joiner=" || ' ' || ",
            output_field=TextField(),
        )
    return joined


def _mapped(fields: list[str], table: dict[str, str]) -> models.Expression:
    mapped = Func(
        Lower(_joined(fields), output_field=TextField()),
        Value("".join(table)),
        Value("".join(table.values())),
        function="TRANSLATE",
        output_field=TextField(),
    )
    return Trim(mapped, output_field=TextField())


def folded(*fields: str) -> models.Expression:
    """Make an expression of `fields`, folded as `fold` does it, for lists too short for a key."""
    return _mapped(list(fields), _FOLD_TABLE)


def search_key(*fields: str) -> models.GeneratedField:
    """Make a column that holds `fields`, folded as `fold` does it, for searching."""
    return models.GeneratedField(
        expression=folded(*fields), output_field=TextField(), db_persist=True
    )


def sort_key(*fields: str) -> models.GeneratedField:
    """Make a column that orders rows by `fields` in the Kazakh alphabet's order."""
    return models.GeneratedField(
        expression=_mapped(list(fields), _ORDER_TABLE), output_field=TextField(), db_persist=True
    )
