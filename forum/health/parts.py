"""What the forum is made of when it runs, and whether each part is well."""

import time
from collections.abc import Callable

import psycopg
import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from forum.health.heartbeats import connect, key
from forum.mailing.models import Letter

State = dict[str, object]


def database() -> State:
    """Ask the server itself, past our own connection, so that a hanging one is named in time."""
    chosen = settings.DATABASES["default"]
    with psycopg.connect(
        host=chosen["HOST"],
        port=chosen["PORT"] or None,
        user=chosen["USER"],
        password=chosen["PASSWORD"],
        dbname=connection.settings_dict["NAME"],
        connect_timeout=2,
        options="-c statement_timeout=2000",
    ) as server:
        server.execute("SELECT 1")
    return {"ok": True}


def broker() -> State:
    """Ask Redis, which is queue, cache and locks."""
    with connect() as client:
        client.ping()
    return {"ok": True}


def migrations() -> State:
    """Compare the database with the code; work on a half-migrated one fails in odd places."""
    executor = MigrationExecutor(connection)
    applied = set(MigrationRecorder(connection).applied_migrations())
    missing = sorted(
        f"{app}.{name}" for app, name in set(executor.loader.disk_migrations) - applied
    )
    return {"ok": not missing, **({"missing": missing} if missing else {})}


def sign_of_life(part: str) -> Callable[[], State]:
    """Make the check that finds what `part` left in Redis a moment ago."""

    def check() -> State:
        with connect() as client:
            seen = client.get(key(part))
        if seen is None:
            return {"ok": False, "why": "no sign of life"}
        return {"ok": True, "seconds_ago": max(0, int(time.time()) - int(str(seen)))}

    return check


def letters() -> State:
    """Tell how long the oldest letter that is due waits; a slow mail server stops no page."""
    now = timezone.now()
    oldest = (
        Letter.objects.unfinished()
        .filter(due_at__lte=now, uncertain_at__isnull=True)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )
    return {
        "ok": True,
        "oldest_unsent_seconds": int((now - oldest).total_seconds()) if oldest else 0,
    }


NEEDS_DATABASE = ("migrations", "letters")
NEEDS_BROKER = ("worker", "beat")


def inspect() -> dict[str, State]:
    """Return every part's state; a part whose server is down is not asked, only said to be so."""
    checks: dict[str, Callable[[], State]] = {
        "database": database,
        "broker": broker,
        "migrations": migrations,
        "worker": sign_of_life("worker"),
        "beat": sign_of_life("beat"),
        "letters": letters,
    }
    states: dict[str, State] = {}
    for part, check in checks.items():
        if part in NEEDS_DATABASE and not states["database"]["ok"]:
            states[part] = {"ok": False, "why": "the database is down"}
        elif part in NEEDS_BROKER and not states["broker"]["ok"]:
            states[part] = {"ok": False, "why": "the broker is down"}
        else:
            states[part] = _asked(check)
    return states


def _asked(check: Callable[[], State]) -> State:
    try:
        return check()
    except (psycopg.Error, redis.RedisError, OSError) as error:
        # The class and not the text: a connection error's text names hosts and users.
        return {"ok": False, "why": type(error).__name__}
