"""/readyz: 200 with every part's state, 503 naming the part that is stopped; real processes."""

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from forum.embedded import free_port
from forum.health.heartbeats import ALIVE_FOR, connect, key
from forum.mailing import actions
from forum.mailing.emails import Content
from forum.models import LetterKind
from tests.conftest import ROOT

PARTS = {"database", "broker", "migrations", "worker", "beat", "letters"}
PATIENCE = 120
"""Seconds: a busy machine takes long to start and stop Celery; an idle one waits for none."""
COMMANDS = {"worker": ["worker", "--concurrency=1"], "beat": ["beat", "--pidfile="]}


def ask(client: Client) -> tuple[int, list[str]]:
    """Return the status and what is down."""
    answer = client.get("/readyz")
    return answer.status_code, answer.json()["down"]


def wait_for(expected: tuple[int, list[str]], client: Client, *, seconds: float) -> None:
    """Wait until /readyz answers `expected`; fail with what it says instead."""
    deadline = time.monotonic() + seconds
    while ask(client) != expected and time.monotonic() < deadline:
        time.sleep(0.2)
    assert ask(client) == expected


@pytest.fixture
def signs() -> Iterator[None]:
    """Leave the signs of life that a running worker and beat leave, and take them away again."""
    with connect() as broker:
        for part in COMMANDS:
            broker.set(key(part), int(time.time()), ex=ALIVE_FOR)
        yield
        broker.delete(*map(key, COMMANDS))


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[dict[str, "subprocess.Popen[bytes]"]]:
    """Celery's worker and beat, on this test's database and broker."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    named = {"DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}"}
    started = {}
    for part, command in COMMANDS.items():
        extra = [f"--schedule={tmp_path / 'schedule'}"] if part == "beat" else []
        with (tmp_path / f"{part}.log").open("wb") as log:
            started[part] = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "forum", *command, *extra],
                cwd=ROOT,
                env=os.environ | named,
                stdout=log,
                stderr=log,
            )
    yield started
    for process in started.values():
        process.terminate()
        process.wait(timeout=PATIENCE)
    for part in started:
        print((tmp_path / f"{part}.log").read_text())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_stopped_worker_and_then_a_stopped_beat_are_named(
    client: Client, processes: dict[str, "subprocess.Popen[bytes]"]
) -> None:
    wait_for((200, []), client, seconds=PATIENCE)
    processes["worker"].terminate()
    processes["worker"].wait(timeout=PATIENCE)
    wait_for((503, ["worker"]), client, seconds=PATIENCE)
    processes["beat"].terminate()
    processes["beat"].wait(timeout=PATIENCE)
    wait_for((503, ["worker", "beat"]), client, seconds=PATIENCE)


@pytest.mark.django_db
@pytest.mark.usefixtures("signs")
def test_every_part_is_told(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    assert set(answer.json()["parts"]) == PARTS


@pytest.mark.django_db
@pytest.mark.usefixtures("signs")
def test_a_stopped_database_is_named(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "PORT", free_port())
    assert ask(client) == (503, ["database", "migrations", "letters"])


@pytest.mark.django_db
def test_a_stopped_broker_is_named(client: Client, settings: Any) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    assert ask(client) == (503, ["broker", "worker", "beat"])


@pytest.mark.django_db
@pytest.mark.usefixtures("signs")
def test_a_pending_migration_is_named(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("forum", "0001_initial")
    answer = client.get("/readyz").json()
    assert answer["down"] == ["migrations"]
    assert answer["parts"]["migrations"]["missing"] == ["forum.0001_initial"]


@pytest.mark.django_db
@pytest.mark.usefixtures("signs")
@pytest.mark.parametrize(("minutes", "sent", "told"), [(10, False, 600), (10, True, 0)])
def test_the_oldest_letter_that_waits_is_told_and_stops_nothing(
    client: Client, minutes: int, sent: bool, told: int
) -> None:
    now = timezone.now()
    letter = actions.draft(
        kind=LetterKind.CONFIRMED,
        key="test:1",
        edition=None,
        content=Content("kk", "Хат", "Сәлем\n", "<p>Сәлем</p>"),
        recipient=None,
        address="p1@example.org",
        due_at=now - dt.timedelta(minutes=minutes),
        now=now,
    )
    letter.begun_at = letter.sent_at = now if sent else None
    actions.queue(letter, now=now)
    assert ask(client) == (200, [])
    waits = client.get("/readyz").json()["parts"]["letters"]["oldest_unsent_seconds"]
    assert told <= waits < told + 60


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_readyz_is_only_read(client: Client, method: str) -> None:
    call: Callable[[str], Any] = getattr(client, method)
    assert call("/readyz").status_code == 405


def test_healthz_asks_nobody(client: Client) -> None:
    assert client.get("/healthz").content == b"alive\n"


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/robots.txt", 301)])
def test_a_load_balancer_needs_no_tls(
    client: Client, settings: Any, path: str, status: int
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code == status
