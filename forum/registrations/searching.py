"""Finding registrations by what one knows of them: a name, an e-mail, a body, a code."""

import re

from django.db.models import Q

from accounts import latin
from accounts.models import Organisation, User
from accounts.names import fold

MOST_WORDS = 6
_QUOTES = dict.fromkeys(map(ord, "«»„“”\"'"), " ")
_CYRILLIC = re.compile("[а-я]")


def matching(typed: str) -> Q:
    """Say which registrations hold every word of `typed`, in any spelling, Latin letters too."""
    every = Q()
    for word in words_of(typed):
        every &= matching_word(word)
    return every


def words_of(typed: str) -> list[str]:
    """Fold what was typed and part it into words, of which the first few count."""
    return fold(typed.translate(_QUOTES)).split()[:MOST_WORDS]


def matching_word(word: str) -> Q:
    """Say which registrations hold a folded word; subqueries, for each has its trigram index."""
    key = in_key(word)
    return (
        Q(code__istartswith=word)
        | Q(person__in=User.objects.filter(key).values("pk"))
        | Q(organisation__in=Organisation.objects.filter(key).values("pk"))
    )


def in_key(word: str) -> Q:
    """Say which search keys hold a folded word, or what Latin letters may stand for."""
    same = Q(search_key__contains=word)
    if not word.isalpha() or _CYRILLIC.search(word):
        return same
    return same | Q(search_key__regex=latin.pattern(word))
