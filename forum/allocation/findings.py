"""What is odd about an edition's places: sums that do not fit, and full fields for which some wait.

Nothing of it is refused: nobody gets a place beyond any of the numbers, and organisers may well
give out more than they have, knowing that some will not come.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from forum.allocation.matrix import Field, Matrix


class Finding(NamedTuple):
    """A sentence, and the key of the field that it is about."""

    key: str
    sentence: str


def findings_of(matrix: Matrix) -> list[Finding]:
    """Say all that is odd: sums first, then the fields row by row."""
    return [*_sums_beyond(matrix), *_full(matrix)]


def _sums_beyond(matrix: Matrix) -> Iterator[Finding]:
    first, *regions = matrix.rows
    everybody, *categories = first.fields
    by_categories = _(
        "%(cell)s: the places of the categories add up to %(sum)s, more than there are: %(places)s."
    )
    by_regions = _(
        "%(cell)s: the places of the regions add up to %(sum)s, more than there are: %(places)s."
    )
    yield from _beyond(everybody, everybody.parts, by_categories)
    # Without a number for a whole region, this would only be said twice.
    if any(row.fields[0].places is not None for row in regions):
        yield from _beyond(everybody, sum(row.fields[0].given or 0 for row in regions), by_regions)
    for category in categories:
        yield from _beyond(category, category.parts, by_regions)
    for row in regions:
        yield from _beyond(row.fields[0], row.fields[0].parts, by_categories)


def _beyond(field: Field, parts: int | None, sentence: str) -> Iterator[Finding]:
    if field.places is not None and parts is not None and parts > field.places:
        told = {"cell": field.name, "sum": parts, "places": field.places}
        yield Finding(field.key, sentence % told)


def _full(matrix: Matrix) -> Iterator[Finding]:
    for field in matrix.fields:
        if field.is_full and field.counts.waiting:
            sentence = _("%(cell)s: every place is taken, and so many wait: %(waiting)s.")
            told = {"cell": field.name, "waiting": field.counts.waiting}
            yield Finding(field.key, sentence % told)
