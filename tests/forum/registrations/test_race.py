"""200 people, 50 places, one moment: over HTTP, by separate processes, against a real server.

The control counts and inserts without the lock, and shows the race that the lock prevents.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from accounts.models import ConsentText, User
from forum.models import Edition, Registration

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[3]
CLIENTS, PLACES, PROCESSES = 200, 50, 4


def database_url() -> str:
    """Name the test's database, as a URL, for other processes."""
    names = connection.settings_dict
    host = names["HOST"] or "127.0.0.1"
    return (
        f"postgresql://{names['USER']}:{names['PASSWORD']}@{host}:{names['PORT']}/{names['NAME']}"
    )


def wait_until_it_listens(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert server.poll() is None, "gunicorn did not start"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("gunicorn does not listen")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """Run the product as it runs in production, on the test's database; yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "forum.wsgi", f"--bind=127.0.0.1:{port}"]
    command += [
        "--workers=2",
        "--threads=4",
        "--backlog=512",
        f"--worker-tmp-dir={tmp_path}",
        "--no-control-socket",
    ]
    environment = os.environ | {"DATABASE_URL": database_url()}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_until_it_listens(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(15)


@pytest.fixture
def crowd(edition: Edition) -> list[User]:
    """Many people, and an edition with fewer places."""
    Edition.objects.filter(pk=edition.pk).update(capacity=PLACES)
    return User.objects.bulk_create(
        User(email=f"r{number}@example.org", password="!") for number in range(CLIENTS)
    )


def sign_in(person: User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def run(
    kind: str, errands: list[dict[str, Any]], *, racers_of: str = "tests.forum.registrations"
) -> list[Any]:
    """Share the errands out to processes that all begin at one moment; return the results."""
    start_at = time.time() + 2
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", f"{racers_of}.racers", kind],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for place, racer in enumerate(racers):
        assert racer.stdin is not None
        racer.stdin.write(json.dumps({"start_at": start_at, "errands": errands[place::PROCESSES]}))
        racer.stdin.close()
    results: list[Any] = []
    for racer in racers:
        assert racer.stdout is not None
        results += json.loads(racer.stdout.read())
        racer.stdout.close()
        assert racer.wait() == 0
    return results


def registering(person: User, port: int) -> dict[str, Any]:
    texts = ConsentText.objects.current().values_list("pk", flat=True)
    form = {"category": "guest", "languages": ["kk"], "organisation": "none"}
    return {
        "port": port,
        "path": "/kk/12/register/",
        "session": sign_in(person),
        "form": form | {"consents": list(texts)},
    }


def cancelling(person: User, port: int) -> dict[str, Any]:
    path = "/kk/12/me/cancel/"
    return {"port": port, "path": path, "session": sign_in(person), "form": {"reason": ""}}


def test_200_clients_race_for_50_places(server: int, crowd: list[User], edition: Edition) -> None:
    answers = run("http", [registering(person, server) for person in crowd])
    assert Counter(answers) == {302: CLIENTS}
    assert Registration.objects.values("person").distinct().count() == CLIENTS
    assert Registration.objects.count() == CLIENTS
    assert Registration.objects.all().confirmed().count() == PLACES
    assert Registration.objects.all().waiting().count() == CLIENTS - PLACES
    edition.refresh_from_db()
    assert edition.places_taken == PLACES


def test_cancelling_and_registering_at_once_loses_and_doubles_no_place(
    server: int, crowd: list[User], edition: Edition
) -> None:
    early, late = crowd[:80], crowd[80:160]
    assert Counter(run("http", [registering(person, server) for person in early])) == {302: 80}
    leaving = [cancelling(person, server) for person in early[:40]]
    coming = [registering(person, server) for person in late]
    errands = [
        errand for trio in zip(leaving, coming[::2], coming[1::2], strict=True) for errand in trio
    ]
    assert Counter(run("http", errands)) == {302: len(leaving) + len(coming)}
    live = Registration.objects.all().live()
    assert live.count() == len(early) + len(late) - len(leaving)
    assert live.confirmed().count() == PLACES
    edition.refresh_from_db()
    assert edition.places_taken == PLACES


def test_without_lock_and_counter_places_are_sold_twice(
    crowd: list[User], edition: Edition
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE forum_registration DISABLE TRIGGER USER")
    try:
        oversell(crowd, edition)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE forum_registration ENABLE TRIGGER USER")


def oversell(crowd: list[User], edition: Edition) -> None:
    errands = [
        {
            "database": database_url(),
            "edition": edition.pk,
            "person": person.pk,
            "code": f"R{person.pk}",
            "places": PLACES,
        }
        for person in crowd[:80]
    ]
    assert sum(run("naive", errands)) > PLACES
    assert Registration.objects.all().confirmed().count() > PLACES
