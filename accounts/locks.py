"""Waits for what others hold, but not for ever: a stuck writer must not hang everybody's page."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy

LOCK_TIMEOUT = "4s"
_TOO_LONG = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)


class Busy(Exception):
    """Another writer held what this one needed; nothing is written, the same may be tried again."""

    sentence = gettext_lazy("Somebody else is changing this at the moment. Please try again.")

    def __str__(self) -> str:
        return str(self.sentence)


@contextmanager
def bounded_wait(error: type[Exception] = Busy) -> Iterator[None]:
    """Open a transaction in which no lock is waited for longer than LOCK_TIMEOUT; then, `error`.

    Any statement may meet a lock: a row that is locked, or a unique value that another
    transaction is about to write.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
            yield
    except OperationalError as fault:
        if isinstance(fault.__cause__, _TOO_LONG):
            raise error from fault
        raise


def broken_constraint(error: IntegrityError) -> str:
    """Name the constraint that the database found broken; "" when it names none."""
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, psycopg.Error) else ""
