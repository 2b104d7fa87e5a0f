"""Letters that time brings: rules say what each edition owes now, and this carries them out.

A rule yields lists of drafts, a list at a time, so that memory stays bounded. Every list is written
in a transaction of its own: a rule or an edition that breaks stops no other, and what was written
stays. Running twice writes nothing twice: the drafts' keys see to it.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from django.db import connection, transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from forum.editions.models import Edition
from forum.mailing.actions import queue_many
from forum.mailing.models import Letter

logger = logging.getLogger(__name__)

CHUNK = 500
Row = TypeVar("Row", bound=Any)


class Rule(Protocol):
    """Yields the letters that `edition` owes at `now` and that are not yet written."""

    __name__: str

    def __call__(self, edition: Edition, *, now: dt.datetime) -> Iterable[Sequence[Letter]]: ...


def carry_out(rules: Sequence[Rule], *, now: dt.datetime, hidden_too: bool = False) -> int:
    """Write what every running edition owes at `now`; return how many letters that were.

    An edition that is not published yet owes nobody anything, unless `hidden_too`.
    """
    written = 0
    known = Edition.objects.all() if hidden_too else Edition.objects.public()
    # Each rule looks at its own days.
    for edition in known.running(now=now):
        for rule in rules:
            try:
                written += _carry_out(rule, edition, now=now)
            except Exception:
                logger.exception("The rule %s failed for %s.", rule.__name__, edition.slug)
    return written


def _carry_out(rule: Rule, edition: Edition, *, now: dt.datetime) -> int:
    written = 0
    with _alone(f"{rule.__name__}:{edition.pk}") as alone:
        if alone:
            for letters in rule(edition, now=now):
                with transaction.atomic():
                    queue_many(letters, now=now)
                written += len(letters)
    return written


@contextmanager
def _alone(work: str) -> Iterator[bool]:
    """Hold the database's advisory lock on `work`, or yield False: another is at it.

    It ends with the connection: a killed worker leaves no lock behind.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [work])
        (alone,) = cursor.fetchone() or (False,)
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [work])


def without_letter(rows: QuerySet[Row], *, prefix: str) -> QuerySet[Row]:
    """Keep those of `rows` for which no letter has the key `prefix` and the row's id."""
    key = Concat(Value(prefix), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    return rows.filter(~Exists(Letter.objects.filter(dedupe_key=key)))


def in_chunks(rows: QuerySet[Row], write: Callable[[Row], Letter]) -> Iterator[list[Letter]]:
    """Draft a letter for each of `rows`, CHUNK at a time; one that cannot be drafted is logged."""
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = chunk[-1].pk
        yield list(_drafted(chunk, write))


def _drafted(chunk: Iterable[Row], write: Callable[[Row], Letter]) -> Iterator[Letter]:
    for row in chunk:
        try:
            yield write(row)
        except Exception:
            logger.exception("No letter could be drafted for %s %s.", type(row).__name__, row.pk)


def moment(day: dt.date, clock: dt.time, edition: Edition) -> dt.datetime:
    """Return the moment at which `edition`'s clocks show `clock` on `day`."""
    return dt.datetime.combine(day, clock, tzinfo=edition.zone)
