"""A client that takes seats as one must not; run like those of registrations, in processes."""

import json
import sys
from typing import Any

import psycopg

from tests.racers import race, think


def count_then_insert(errand: dict[str, Any]) -> bool:
    """Count the seats, and insert one if there seems to be room."""
    with psycopg.connect(errand["database"]) as connection:
        found = connection.execute(
            "SELECT count(*) FROM sessions_app_seat WHERE session_id = %s", [errand["session"]]
        ).fetchone()
        free = found is not None and found[0] < errand["seats"]
        think()
        if free:
            connection.execute(
                "INSERT INTO sessions_app_seat (registration_id, session_id, taken_at, "
                "moved_up_reason, release_reason) VALUES (%s, %s, now(), '', '')",
                [errand["registration"], errand["session"]],
            )
    return free


if __name__ == "__main__":
    task = json.load(sys.stdin)
    print(json.dumps(race(count_then_insert, task["errands"], start_at=task["start_at"])))
