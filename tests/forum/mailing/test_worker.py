"""A real Celery worker, a real mail server, and kill -9 at five moments of a burst."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from forum.celery import app
from forum.mailing import actions
from forum.models import Letter

from .conftest import Mailbox, drafted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[3]
LETTERS = 2000
KILLS = 5
SENDERS = 2
LEASE = 2
CELERY = [sys.executable, "-m", "celery", "-A", "forum"]
PATIENCE = 240
"""Seconds: a busy machine takes long to start a worker; an idle one waits for none of them."""
Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(mailbox: Mailbox, settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Start Celery's worker with two processes on this test's database, broker and mail server."""
    assert mailbox.letters == []
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    environment = os.environ | {
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
        "MAIL_LEASE_SECONDS": str(LEASE),
    }
    workers: list[Any] = []

    def start() -> "subprocess.Popen[bytes]":
        with (tmp_path / f"worker-{len(workers)}.log").open("wb") as log:
            worker = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "celery",
                    "-A",
                    "forum",
                    "worker",
                    f"--concurrency={SENDERS}",
                ],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        kill(worker)
    for log in sorted(tmp_path.glob("worker-*.log")):
        print(log.read_text())
    with app.connection_for_write() as broker:
        broker.default_channel.queue_purge("celery")


def kill(worker: "subprocess.Popen[bytes]") -> None:
    """Kill the worker and its children at once, as a power cut would."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def _have_arrived(mailbox: Mailbox, letters: int) -> bool:
    return len(mailbox.letters) >= letters


def wait_until(done: Callable[[], bool], *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def write(count: int) -> None:
    now = timezone.now()
    actions.queue_many([drafted(number, now=now) for number in range(count)], now=now)


def test_a_worker_sends_what_was_queued(start_worker: Start, mailbox: Mailbox) -> None:
    start_worker()
    write(1)
    wait_until(lambda: len(mailbox.letters) == 1, seconds=PATIENCE)
    wait_until(lambda: not Letter.objects.unfinished().exists(), seconds=PATIENCE)


def test_kill_9_in_a_burst_loses_no_letter_and_doubles_none(
    start_worker: Start, mailbox: Mailbox
) -> None:
    seed = random.randrange(1_000_000)
    print(f"kills drawn with the seed {seed}")
    moments = sorted(random.Random(seed).sample(range(50, LETTERS * 9 // 10), KILLS))
    write(LETTERS)
    app.send_task(actions.SEND_TASK)
    worker = start_worker()
    for arrived in moments:
        wait_until(partial(_have_arrived, mailbox, arrived), seconds=PATIENCE)
        kill(worker)
        time.sleep(LEASE + 0.5)
        worker = start_worker()
        app.send_task("forum.mailing.tasks.sweep")
        app.send_task(actions.SEND_TASK)

    def settled() -> bool:
        # As beat does every minute: what met no mail server for a moment is tried again.
        app.send_task("forum.mailing.tasks.sweep")
        time.sleep(1)
        return not Letter.objects.unfinished().filter(uncertain_at__isnull=True).exists()

    wait_until(settled, seconds=PATIENCE)
    # What follows is counted while nobody sends.
    kill(worker)
    arrivals = Counter(mailbox.addresses)
    uncertain = set(Letter.objects.uncertain().values_list("to_address", flat=True))
    everybody = {f"p{number}@example.org" for number in range(LETTERS)}
    sent = set(Letter.objects.filter(sent_at__isnull=False).values_list("to_address", flat=True))
    print(f"sent {len(sent)}, uncertain {len(uncertain)}, arrived {len(arrivals)}")
    assert set(arrivals.values()) == {1}
    assert sent | uncertain == everybody
    assert sent <= set(arrivals)
    # At most one letter of each sender that was killed was in the mail server's hands.
    assert len(uncertain) <= SENDERS * KILLS
