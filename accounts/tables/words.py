"""Words that stand for codes, in whichever of our languages they are written."""

from collections.abc import Mapping

from django.conf import settings
from django.utils import translation

from accounts.names import fold


def in_every_language(words: Mapping[str, object]) -> dict[str, str]:
    """Map each code, and its words in every language, folded, to the code."""
    known = {fold(code): code for code in words}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {fold(str(said)): code for code, said in words.items()}
    return known
