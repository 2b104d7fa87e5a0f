"""Approves as one must not: counts the confirmed, and confirms one more if there seems to be room.

`python -m tests.forum.approval.racers naive` reads errands as JSON and prints what came of them.
"""

import json
import sys
from typing import Any

import psycopg

from tests.racers import race, think


def count_then_confirm(errand: dict[str, Any]) -> bool:
    """Approve without the edition's lock."""
    with psycopg.connect(errand["database"]) as connection:
        found = connection.execute(
            "SELECT count(*) FROM forum_registration WHERE confirmed_at IS NOT NULL"
        ).fetchone()
        is_free = found is not None and found[0] < errand["places"]
        think()
        connection.execute(
            "UPDATE forum_registration SET approved_at = now(), "
            "confirmed_at = CASE WHEN %s THEN now() END, "
            "waiting_since = CASE WHEN %s THEN NULL ELSE now() END WHERE id = %s",
            [is_free, is_free, errand["registration"]],
        )
    return is_free


if __name__ == "__main__":
    task = json.load(sys.stdin)
    print(json.dumps(race(count_then_confirm, task["errands"], start_at=task["start_at"])))
