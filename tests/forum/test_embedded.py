"""The embedded servers keep what was written, refuse a second run, and die with their starter."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from forum import embedded
from tests.conftest import ROOT

PATIENCE = 120
STARTER = """
import sys, time
from pathlib import Path
from forum import embedded
servers = embedded.start(Path(sys.argv[1]))
print(*(process.pid for process in servers.processes.values()), flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is closed to other users, as root's home is."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name)
    tmp_path.chmod(0o700)
    mode = tmp_path.stat().st_mode
    yield tmp_path / "var"
    assert tmp_path.stat().st_mode == mode


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not yet collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.slow
def test_data_survives_a_stop_and_a_start(folder: Path) -> None:
    first = embedded.start(folder)
    try:
        with psycopg.connect(first.database_url) as database:
            database.execute("CREATE TABLE kept AS SELECT lower('ҚАЗАҚСТАН') AS word")
        redis.Redis.from_url(first.redis_url).set("kept", "1")
    finally:
        first.stop()
    second = embedded.start(folder)
    try:
        with psycopg.connect(second.database_url) as database:
            assert database.execute("SELECT word FROM kept").fetchall() == [("қазақстан",)]
        assert redis.Redis.from_url(second.redis_url).get("kept") == b"1"
    finally:
        second.stop()


@pytest.mark.slow
def test_a_second_run_is_refused_and_the_first_goes_on(folder: Path) -> None:
    first = embedded.start(folder)
    try:
        with pytest.raises(embedded.CannotStart, match="running already"):
            embedded.start(folder)
        with psycopg.connect(first.database_url) as database:
            assert database.execute("SELECT 1").fetchall() == [(1,)]
    finally:
        first.stop()


@pytest.mark.slow
def test_kill_9_leaves_no_server_and_the_next_start_works(folder: Path) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    pids = [int(pid) for pid in starter.stdout.readline().split()]
    assert [is_alive(pid) for pid in pids] == [True, True]
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    starter.stdout.close()
    deadline = time.monotonic() + PATIENCE
    while any(is_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [is_alive(pid) for pid in pids] == [False, False]
    embedded.start(folder).stop()
