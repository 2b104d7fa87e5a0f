"""Looking organisations up: 18,000 of them, by any spelling of the name or by the BIN."""

from accounts.names import fold
from accounts.organisations.bin import normalise_bin
from accounts.organisations.models import Organisation

SHORTEST_SEARCH = 2
MOST_RESULTS = 20


def find_organisations(typed: str) -> list[Organisation]:
    """Return the best twenty that match; none for a search shorter than two letters.

    Where nothing holds what was typed, what sounds like it is looked for.
    """
    if len(fold(typed)) < SHORTEST_SEARCH:
        return []
    organisations = Organisation.objects.select_related("region")
    found = list(organisations.matching(typed).best_first(typed)[:MOST_RESULTS])
    if found or not any(map(str.isalnum, typed)):
        return found
    alike = organisations.sounding_like(typed).best_first(typed, by_sound=True)
    return list(alike[:MOST_RESULTS])


def find_likeness(name: str, *, bin_number: str) -> list[Organisation]:
    """Return those that a new organisation may double: the same BIN, or the name spelt so."""
    same_bin = normalise_bin(bin_number)
    if same_bin and (holders := list(Organisation.objects.filter(bin=same_bin))):
        return holders
    return find_organisations(name)
