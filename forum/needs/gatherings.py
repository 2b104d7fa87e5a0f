"""What is known of who gathers where; features above add their sources of it here."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from forum.editions.models import Edition
from forum.templatetags.content import Wording


@dataclass(frozen=True, slots=True)
class Tally:
    """So many people understand the same languages, need the same and come on the same days."""

    count: int
    languages: frozenset[str]
    needs: frozenset[str]
    days: frozenset[dt.date] = frozenset()
    """Empty: every day of the edition."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """Something that people come together for, and what it offers them.

    `group` is by which its source knows those who come; None: whoever comes on that day.
    """

    title: Wording
    address: str
    day: dt.date
    starts_at: dt.datetime
    place: Wording
    working_languages: frozenset[str]
    interpretation: frozenset[str]
    sign_language: bool
    hearing_loop: bool
    group: int | None = None


Tallies = dict[int, list[Tally]]
"""Who comes, by group."""


@dataclass(frozen=True, slots=True)
class Source:
    """Gives an edition's gatherings, and the tallies of some groups, each with one query or two."""

    gatherings: Callable[[Edition], Iterable[Gathering]]
    tallies: Callable[[Edition, Collection[int]], Tallies]


sources: list[Source] = []
