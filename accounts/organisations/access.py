"""Looking organisations up: 18,000 of them, by any spelling of the name or by the BIN."""

from accounts.names import fold
from accounts.organisations.bin import normalise_bin
from accounts.organisations.models import Organisation
from accounts.organisations.plain_names import numbers_in

SHORTEST_SEARCH = 2
MOST_RESULTS = 20


def find_organisations(typed: str) -> list[Organisation]:
    """Return the best twenty that match; none for a search shorter than two letters.

    Where nothing holds what was typed, what sounds like it is looked for.
    """
    if len(fold(typed)) < SHORTEST_SEARCH:
        return []
    organisations = Organisation.objects.listed().select_related("region")
    found = list(organisations.matching(typed).best_first(typed)[:MOST_RESULTS])
    if found or not any(map(str.isalnum, typed)):
        return found
    alike = organisations.sounding_like(typed).best_first(typed, by_sound=True)
    return list(alike[:MOST_RESULTS])


def holder_of(bin_number: str) -> Organisation | None:
    """Return whose BIN this is; of one that was merged, the organisation that was kept."""
    number = normalise_bin(bin_number)
    if not number:
        return None
    holders = Organisation.objects.filter(bin=number).select_related("merged_into__region")
    holder = holders.select_related("region").first()
    return holder.kept if holder else None


def find_likeness(name: str) -> list[Organisation]:
    """Return those that a new organisation of this name may double, the likeliest first.

    Quotes and words of the legal form say nothing; numbers say much: «School 5» is not «School 7».
    """
    similar = Organisation.objects.listed().similar_to(name).select_related("region")
    numbers = numbers_in(name)
    likely = [
        one
        for one in similar[:MOST_RESULTS]
        if any(numbers_in(known) == numbers for known in one.names)
    ]
    found = likely + [one for one in find_organisations(name) if one not in likely]
    return found[:MOST_RESULTS]
