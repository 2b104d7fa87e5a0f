"""Finds organisations that may stand in the list twice, for staff to look at.

Two that have BINs of their own are two bodies, unless the numbers differ by one slip of the
typing. Where one has no BIN, its name decides: the same anywhere, or nearly the same in one region.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction

from accounts.organisations.models import LikelyDouble, Organisation
from accounts.organisations.plain_names import numbers_in, plain
from accounts.users.models import User

SIMILAR = 0.6
"""How much of their trigrams two names share; «Жастар» and «Жастар одағы» share half."""
SIMILAR_BESIDE_BIN = 0.3
"""Enough where the numbers nearly agree."""
BATCH = 2000
Pair = tuple[int, int]

_TABLE = """
    CREATE TEMPORARY TABLE plain_names
        (id bigint, region_id bigint, has_bin boolean, plain text, numbers text) ON COMMIT DROP
"""
_SAME = """
    SELECT least(one.id, other.id), greatest(one.id, other.id), 1.0
    FROM plain_names AS one JOIN plain_names AS other USING (plain)
    WHERE one.id <> other.id AND NOT one.has_bin
    GROUP BY 1, 2
"""
# Names of too different lengths cannot be similar enough, which is cheaper to see.
_SIMILAR = """
    SELECT least(one.id, other.id), greatest(one.id, other.id),
        max(similarity(one.plain, other.plain))
    FROM plain_names AS one JOIN plain_names AS other
        ON one.region_id = other.region_id AND one.numbers = other.numbers
        AND length(other.plain)
            BETWEEN length(one.plain) * %(least)s AND length(one.plain) / %(least)s
    WHERE one.id <> other.id AND NOT one.has_bin
        AND similarity(one.plain, other.plain) >= %(least)s
    GROUP BY 1, 2
"""
_BESIDE_BIN = """
    SELECT pair.first, pair.second, max(similarity(one.plain, other.plain))
    FROM unnest(%(first)s::bigint[], %(second)s::bigint[]) AS pair (first, second)
        JOIN plain_names AS one ON one.id = pair.first
        JOIN plain_names AS other ON other.id = pair.second
    GROUP BY 1, 2 HAVING max(similarity(one.plain, other.plain)) >= %(least)s
"""


def find_doubles(*, now: dt.datetime) -> int:
    """Look through the whole list, write down what was found, and return how many pairs those are.

    What staff said to be two bodies stays so. With 18,000 organisations it takes seconds.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        bins = _lay_out_names()
        found: dict[Pair, tuple[str, float]] = {}
        pairs = _one_slip_apart(bins)
        beside = {"first": [one for one, _ in pairs], "second": [other for _, other in pairs]}
        for reason, query, told in (
            (LikelyDouble.Reason.SIMILAR, _SIMILAR, {"least": SIMILAR}),
            (LikelyDouble.Reason.BIN, _BESIDE_BIN, beside | {"least": SIMILAR_BESIDE_BIN}),
            (LikelyDouble.Reason.NAME, _SAME, {}),
        ):
            cursor.execute(query, told)
            for first, second, score in cursor.fetchall():
                found[first, second] = (reason, float(score))
        cursor.execute("DROP TABLE plain_names")
        return _write(found, now=now)


def say_two_bodies(double: LikelyDouble, *, by: User, now: dt.datetime) -> LikelyDouble:
    """Write down that these are two, so that nobody looks at them again."""
    double.dismissed_at, double.dismissed_by = now, by
    double.save(update_fields=["dismissed_at", "dismissed_by"])
    return double


def _lay_out_names() -> dict[str, int]:
    """Write the plain names into a table of this transaction; return whose each BIN is."""
    bins: dict[str, int] = {}
    rows = []
    for one in Organisation.objects.listed().iterator(BATCH):
        if one.bin:
            bins[one.bin] = one.pk
        names = {(plain(name), " ".join(numbers_in(name))) for name in one.names}
        rows += [(one.pk, one.region_id, bool(one.bin), *name) for name in names if name[0]]
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)
        with cursor.copy("COPY plain_names FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("CREATE INDEX ON plain_names (plain)")
        cursor.execute("CREATE INDEX ON plain_names (region_id, numbers)")
        cursor.execute("CREATE INDEX ON plain_names (id)")
        cursor.execute("ANALYZE plain_names")
    return bins


def _one_slip_apart(bins: dict[str, int]) -> list[Pair]:
    """Pair those whose BINs differ in one digit, or in two neighbours that changed places."""
    alike: dict[tuple[int, str], list[int]] = defaultdict(list)
    pairs: set[Pair] = set()
    for number, owner in bins.items():
        for place in range(len(number)):
            alike[place, number[:place] + number[place + 1 :]].append(owner)
        for place in range(len(number) - 1):
            left, right = number[place], number[place + 1]
            other = bins.get(number[:place] + right + left + number[place + 2 :])
            if other is not None and other != owner:
                pairs.add((min(owner, other), max(owner, other)))
    for owners in alike.values():
        pairs.update(_every_pair(owners))
    return sorted(pairs)


def _every_pair(owners: list[int]) -> Iterable[Pair]:
    for place, one in enumerate(owners):
        for other in owners[place + 1 :]:
            yield min(one, other), max(one, other)


def _write(found: dict[Pair, tuple[str, float]], *, now: dt.datetime) -> int:
    """Replace what was found before, in a moment in which nobody merges or sets a pair aside."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {LikelyDouble._meta.db_table} IN EXCLUSIVE MODE")
    listed = set(Organisation.objects.listed().values_list("pk", flat=True))
    LikelyDouble.objects.filter(dismissed_at__isnull=True).delete()
    settled = set(LikelyDouble.objects.values_list("first", "second"))
    doubles = [
        LikelyDouble(first_id=first, second_id=second, reason=reason, score=score, found_at=now)
        for (first, second), (reason, score) in found.items()
        if (first, second) not in settled and {first, second} <= listed
    ]
    LikelyDouble.objects.bulk_create(doubles, batch_size=BATCH)
    return len(doubles)
