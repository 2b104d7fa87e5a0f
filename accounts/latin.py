"""Kazakh and Russian words typed in Latin letters: no standard, so a pattern of what may be meant.

The pattern is for folded text (accounts/names.py), where ё is е, and ә, ғ, қ, ң, ө, ұ, ү, һ, і are
the letters of Russian that look like them.
"""

import re

_MEANT = {
    "shch": "(щ|шч)",
    "sch": "(щ|сч|ш)",
    "kh": "(х|кх)",
    "zh": "(ж|зх)",
    "ch": "(ч|цх)",
    "sh": "(ш|сх)",
    "gh": "г",
    "ng": "нг?",
    "ts": "(ц|тс)",
    "ya": "(я|[ыий]а)",
    "ia": "(я|иа|ия)",
    "ja": "(я|[жй]а)",
    "yu": "(ю|[ыий]у)",
    "iu": "(ю|иу|ию)",
    "ju": "(ю|[жй]у)",
    "yo": "(е|[ыий]о)",
    "ye": "(е|[ыий]е)",
    "a": "а",
    "ä": "а",
    "á": "а",
    "b": "б",
    "c": "[кцсч]",
    "d": "д",
    "e": "[еэ]",
    "f": "ф",
    "g": "[гж]",
    "ğ": "г",
    "h": "х",
    "i": "[ийы]",
    "ı": "[ыий]",
    "j": "[жйд]",
    "k": "к",
    "l": "ль?",
    "m": "м",
    "n": "нь?",
    "ñ": "н",
    "o": "о",
    "ö": "о",
    "p": "п",
    "q": "к",
    "r": "рь?",
    "s": "сь?",
    "ş": "ш",
    "t": "ть?",
    "u": "у",
    "ū": "у",
    "ü": "у",
    "v": "в",
    "w": "[ув]",
    "x": "(х|кс)",
    "y": "[ыийу]",
    "z": "з",
}
_PARTS = re.compile("|".join(sorted(map(re.escape, _MEANT), key=len, reverse=True)) + "|.")


def pattern(word: str) -> str:
    """Return a pattern, for Python and PostgreSQL alike, of the Cyrillic that `word` may mean."""
    return _PARTS.sub(lambda part: _MEANT.get(part[0], re.escape(part[0])), word)
