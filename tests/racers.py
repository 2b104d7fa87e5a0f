"""Clients that run at once, in processes of their own; they know nothing of Django.

`python -m tests.racers http|naive` reads what to do as JSON from its standard
input and prints what came of it, as JSON.
"""

import http.client
import json
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable
from typing import Any

import psycopg

Racer = Callable[[dict[str, Any]], object]


def post(errand: dict[str, Any]) -> int:
    """Send one form and return the status of the answer."""
    token = "r" * 32
    connection = http.client.HTTPConnection("127.0.0.1", errand["port"], timeout=240)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={errand['session']}; csrftoken={token}",
        "X-CSRFToken": token,
    }
    body = urllib.parse.urlencode(errand["form"], doseq=True)
    connection.request("POST", errand["path"], body, headers)
    return connection.getresponse().status


def think() -> None:
    """Wait as long as a page takes between looking and writing: a control must show its race."""
    time.sleep(0.3)


def count_then_insert(errand: dict[str, Any]) -> bool:
    """Do it as one must not: count the confirmed, and insert if there seems to be a place."""
    with psycopg.connect(errand["database"]) as connection:
        found = connection.execute(
            "SELECT count(*) FROM forum_registration WHERE edition_id = %s AND category = %s AND "
            "confirmed_at IS NOT NULL",
            [errand["edition"], errand["category"]],
        ).fetchone()
        confirmed = found is not None and found[0] < errand["places"]
        think()
        connection.execute(
            "INSERT INTO forum_registration (edition_id, person_id, code, category, job_title, "
            "languages, needs, needs_note, days, started_at, registered_at, confirmed_at, "
            "moved_up_reason, decline_reason, cancel_reason, ticket_number) VALUES (%s, %s, %s, "
            "%s, '', '{}', '{}', '', '{}', now(), now(), CASE WHEN %s THEN now() END, '', '', "
            "'', 1)",
            [
                *(errand[name] for name in ("edition", "person", "code", "category")),
                confirmed,
            ],
        )
    return confirmed


def race(racer: Racer, errands: list[dict[str, Any]], *, start_at: float) -> list[object]:
    """Run every errand in a thread of its own, all from the same moment on."""
    results: list[object] = [None] * len(errands)

    def run(place: int) -> None:
        time.sleep(max(0.0, start_at - time.time()))
        results[place] = racer(errands[place])

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(errands))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


if __name__ == "__main__":
    task = json.load(sys.stdin)
    kind: Racer = post if sys.argv[1] == "http" else count_then_insert
    print(json.dumps(race(kind, task["errands"], start_at=task["start_at"])))
