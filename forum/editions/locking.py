"""Holds an edition's row: whoever gives or takes places does it one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory

from accounts.locks import Busy, bounded_wait
from accounts.models import User
from forum.editions.models import Edition


@contextmanager
def locked_edition(
    edition_id: int,
    *,
    by: User | None,
    step: str = "",
    why: str = "",
    busy: type[Exception] = Busy,
) -> Iterator[Edition]:
    """Open a transaction that holds the edition's row, its history signed by `by`.

    The lock is `FOR NO KEY UPDATE`, so that rows that merely point at the edition are written
    meanwhile. `step` and `why` stand in the history of what is written. Raises `busy` where it
    waits too long for the row, or for anything after it.
    """
    told = {"step": step, "why": why} if step else {}
    with pghistory.context(user=by.pk if by else None, **told), bounded_wait(busy):
        yield Edition.objects.select_for_update(no_key=True).get(pk=edition_id)
