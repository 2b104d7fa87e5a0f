"""Asks what state the public content is in: the one question of every request, so it must be cheap.

The statement is prepared once for each connection and executed by libpq's own call: as an ordinary
query it took longer than everything else that a warm page does. Whatever goes wrong there, the
ordinary query is asked, which raises Django's errors.
"""

import weakref

import psycopg
from django.db import connection
from django.utils import timezone
from psycopg.pq import ExecStatus

# The time stands beside the count, because a database that is made anew counts from 1 again.
# Beside the content, what a page shows may follow from the moment: the registration's state, and
# the day. `places_taken` alone is no change of content, but the last place taken is.
_STAMP = """
    concat_ws('.', edition.id, stamp.value, extract(epoch FROM stamp.changed_at),
        (edition.registration_opens_at <= {now})::int,
        (edition.registration_closes_at <= {now})::int,
        (edition.places_taken >= edition.capacity)::int,
        ({now} AT TIME ZONE edition.time_zone)::date)
"""
_FROM = """
    FROM forum_edition AS edition JOIN forum_contentstamp AS stamp ON stamp.edition_id = edition.id
    WHERE edition.published_at IS NOT NULL
"""
_OF_EDITION = f"SELECT {_STAMP} {_FROM} AND edition.slug = {{slug}}"
_OF_SITE = f"SELECT string_agg({_STAMP}, '/' ORDER BY edition.id) {_FROM}"
_NAME = b"forum_edition_stamp"

_prepared: weakref.WeakSet[psycopg.Connection] = weakref.WeakSet()


def edition_stamp(slug: str) -> str | None:
    """Return the state of a published edition's content; None where there is no such edition."""
    now = timezone.now()
    connection.ensure_connection()
    server: psycopg.Connection = connection.connection
    if _is_prepared(server):
        asked = [now.isoformat().encode(), slug.encode()]
        result = server.pgconn.exec_prepared(_NAME, asked)
        if result.status == ExecStatus.TUPLES_OK:
            value = result.get_value(0, 0) if result.ntuples else None
            return value.decode() if value else None
    with connection.cursor() as cursor:
        query = _OF_EDITION.format(now="%(now)s::timestamptz", slug="%(slug)s")
        cursor.execute(query, {"now": now, "slug": slug})
        row = cursor.fetchone()
    return row[0] if row else None


def site_stamp() -> str:
    """Return the state of all published editions together; empty without any."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_SITE.format(now="%(now)s::timestamptz"), {"now": timezone.now()})
        row = cursor.fetchone()
    return row[0] or ""


def _is_prepared(server: psycopg.Connection) -> bool:
    if server in _prepared:
        return True
    query = _OF_EDITION.format(now="$1::timestamptz", slug="$2::text")
    if server.pgconn.prepare(_NAME, query.encode()).status != ExecStatus.COMMAND_OK:
        return False
    _prepared.add(server)
    return True
