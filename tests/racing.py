"""What tests of races share: the product as a server, and clients in processes of their own."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from accounts.models import User

ROOT = Path(__file__).resolve().parents[1]
PROCESSES = 4


def database_url() -> str:
    """Name the test's database, as a URL, for other processes."""
    names = connection.settings_dict
    host = names["HOST"] or "127.0.0.1"
    return (
        f"postgresql://{names['USER']}:{names['PASSWORD']}@{host}:{names['PORT']}/{names['NAME']}"
    )


def wait_until_it_listens(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers, twenty seconds at most."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert server.poll() is None, "gunicorn did not start"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("gunicorn does not listen")


@contextlib.contextmanager
def serving(tmp_path: Path) -> Iterator[int]:
    """Run the product as it runs in production, on the test's database; yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "forum.wsgi", f"--bind=127.0.0.1:{port}"]
    command += [
        "--workers=4",
        "--threads=2",
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
        process.wait(40)


def sign_in(person: User) -> str:
    """Open a session of `person` and return its key."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def run(kind: str, errands: list[dict[str, Any]], *, racers_of: str = "tests") -> list[Any]:
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


def posting(person: User, port: int, path: str, form: dict[str, Any]) -> dict[str, Any]:
    """Make the errand of sending `form` to `path` as `person`."""
    return {"port": port, "path": path, "session": sign_in(person), "form": form}
