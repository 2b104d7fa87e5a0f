"""The product as it runs in production, beside the tests: gunicorn, a Celery worker, and its mail.

It has a database and a Redis database of its own, with the demo in it, so that the browser's tests
need nothing of Django in their own process: they see what a visitor sees.
"""

import contextlib
import email
import email.policy
import fcntl
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from forum.embedded import free_port

ROOT = Path(__file__).resolve().parents[2]
STATIC_ROOT = ROOT / "var/test/static"
START_LIMIT = 60.0
LETTER_LIMIT = 20.0


class Mailbox:
    """Receives every letter over SMTP, as a mail server would."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        """Return what has come for `address`, oldest first."""
        return [letter for letter in self.letters if address in str(letter["To"])]

    def wait(self, address: str, *, number: int = 1, subject: str = "") -> EmailMessage:
        """Return the letter to `address` that came as the `number`th, waiting for it to arrive.

        `subject` is a regular expression that its subject must hold.
        """
        deadline = time.monotonic() + LETTER_LIMIT
        while time.monotonic() < deadline:
            found = [one for one in self.to(address) if re.search(subject, str(one["Subject"]))]
            if len(found) >= number:
                return found[number - 1]
            time.sleep(0.05)
        subjects = [str(letter["Subject"]) for letter in self.to(address)]
        raise AssertionError(f"No such letter to {address}; it has {subjects}")


def words(letter: EmailMessage) -> str:
    """Return a letter's plain text."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def code_in(letter: EmailMessage) -> str:
    """Return the six digits that stand on a line of their own."""
    found = re.search(r"^(\d{6})\s*$", words(letter), re.MULTILINE)
    assert found, words(letter)
    return found[1]


@dataclass
class Product:
    """What runs, and where."""

    address: str
    database_url: str
    mailbox: Mailbox
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def sql(self, statement: LiteralString, *values: Any) -> list[tuple[Any, ...]]:
        """Look at the database, or change what no page changes."""
        with psycopg.connect(self.database_url) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def manage(self, *arguments: str) -> None:
        """Run a command of `manage.py` beside it."""
        _manage(self.environment, *arguments)

    def stop(self) -> None:
        """Stop every process, and wait for it."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def running(folder: Path, *, worker: str) -> Iterator[Product]:
    """Run the product with the demo loaded; `worker` is the name of pytest-xdist's process."""
    mailbox = Mailbox()
    mail = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    mail.start()
    port = free_port()
    environment = _environment(worker, mail_port=mail.port, port=port)
    address = f"http://127.0.0.1:{port}"
    product = Product(address, environment["DATABASE_URL"], mailbox, environment)
    try:
        with (ROOT / "var/test/browser.lock").open("a") as lock:
            # The static files are one folder for every process of the tests.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _static_files_are_old():
                _manage(environment, "collectstatic", "--noinput", "--verbosity=0")
        _manage(environment, "migrate", "--noinput", "--verbosity=0")
        _manage(environment, "load_demo")
        _start(product, environment, folder, port)
        _wait(product, folder)
        yield product
    finally:
        product.stop()
        mail.stop()


def _environment(worker: str, *, mail_port: int, port: int) -> dict[str, str]:
    """Name fresh databases of this process on the servers that the tests started."""
    server = urllib.parse.urlsplit(os.environ["DATABASE_URL"])
    name = f"forum_browser_{worker}"
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[call-overload]
        connection.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")  # type: ignore[call-overload]
    redis_url = urllib.parse.urlsplit(os.environ["REDIS_URL"])
    # The tests' processes count from 1 up, so the products count from 15 down.
    number = 15 - int(redis_url.path.lstrip("/") or 0)
    redis_url = redis_url._replace(path=f"/{number}")
    with redis.Redis.from_url(redis_url.geturl()) as client:
        client.flushdb()
    return os.environ | {
        "DATABASE_URL": server._replace(path=f"/{name}").geturl(),
        "REDIS_URL": redis_url.geturl(),
        "FORUM_EMBEDDED": "1",
        "STATIC_MANIFEST": "1",
        # Not where the other tests look, which may be looking while this is written.
        "STATIC_ROOT": str(STATIC_ROOT),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "ALLOWED_HOSTS": "127.0.0.1",
    }


def _static_files_are_old() -> bool:
    """Whether they must be collected: compressing them takes 15 seconds, so not every time."""
    manifest = STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return True
    sources = [
        ROOT / "package-lock.json",
        ROOT / "forum/settings.py",
        *(ROOT / "static").rglob("*"),
    ]
    return max(path.stat().st_mtime for path in sources) > manifest.stat().st_mtime


def _manage(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{arguments[0]} failed: {done.stdout}{done.stderr}"


def _start(product: Product, environment: dict[str, str], folder: Path, port: int) -> None:
    commands = {
        "web": [
            "gunicorn",
            "forum.wsgi",
            f"--bind=127.0.0.1:{port}",
            "--workers=1",
            "--threads=4",
            f"--worker-tmp-dir={folder}",
            "--no-control-socket",
        ],
        "worker": ["celery", "-A", "forum", "worker", "--pool=solo", "--loglevel=WARNING"],
    }
    for name, command in commands.items():
        with (folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        product.processes.append(process)


def _wait(product: Product, folder: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        port = urllib.parse.urlsplit(product.address).port
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if product.processes[0].poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"The web does not answer: {(folder / 'web.log').read_text()}")
