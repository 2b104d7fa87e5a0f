"""A database and a web server of the benchmark's own; nothing of anybody else's is touched."""

import os
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

import psycopg
from psycopg import sql

from sessions_app.bench.client import Connection

TICKS = os.sysconf("SC_CLK_TCK")


def own_database(url: str) -> str:
    """Make an empty database `<name>_bench` beside the one that `url` names; return its URL."""
    parts = urllib.parse.urlsplit(url)
    name = f"{parts.path.strip('/') or 'forum'}_bench"
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as server:
        named = sql.Identifier(name)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named))
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(named)
        )
    return parts._replace(path=f"/{name}").geturl()


def own_redis(url: str) -> str:
    """Use the last of Redis's sixteen databases, away from any worker that listens."""
    return urllib.parse.urlsplit(url)._replace(path="/15").geturl()


class Web:
    """gunicorn with four workers, as `make run` starts it."""

    def __init__(self, port: int, log: Path) -> None:
        self.port = port
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            self.process = subprocess.Popen(  # noqa: S603
                [
                    sys.executable,
                    "-m",
                    "gunicorn",
                    "sessions_app.bench.wsgi",
                    "--workers=4",
                    "--threads=2",
                    f"--bind=127.0.0.1:{port}",
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                Connection(port).ask(request("/null/1/"))
                return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise SystemExit(f"The web did not start; {log} says why.")

    def workers(self) -> list[int]:
        """Name the worker processes."""
        return _children(self.process.pid)

    def cpu(self) -> float:
        """Return the seconds of CPU that the workers have used so far."""
        return sum(map(_cpu, self.workers()))

    def memory(self) -> list[tuple[float, float]]:
        """Return each worker's resident and proportional memory, in MB."""
        found = []
        for worker in self.workers():
            lines = Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()[1:]
            sizes = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines}
            found.append((sizes["Rss:"], sizes["Pss:"]))
        return found

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(timeout=40)


def peak_memory() -> float:
    """Return the most megabytes that this process took since its program began.

    `getrusage` would count what the process was copied from, too: the whole benchmark.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def local_postgres(url: str) -> int | None:
    """Find the process of the PostgreSQL at `url`; None where it runs on another machine."""
    with psycopg.connect(url) as server:
        backend = server.info.backend_pid
        try:
            if not Path(f"/proc/{backend}/comm").read_text().startswith("postgres"):
                return None
            return _parent(Path(f"/proc/{backend}/stat"))
        except FileNotFoundError:
            return None


def database_cpu(postgres: int | None) -> float:
    """Return the CPU seconds of the PostgreSQL with that process; 0 for one elsewhere."""
    return sum(map(_cpu, _children(postgres))) if postgres else 0.0


def request(
    path: str, *, headers: dict[str, str] | None = None, body: bytes | None = None
) -> bytes:
    """Write down a request as it goes over the wire; with a body it is a POST."""
    told = {"Host": "127.0.0.1", "Accept-Encoding": "gzip"} | (headers or {})
    if body is not None:
        told |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
        }
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1"]
    lines += [f"{key}: {value}" for key, value in told.items()]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if _parent(stat) == parent:
                found.append(int(stat.parent.name))
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    return found


def _parent(stat: Path) -> int:
    return int(stat.read_text().rpartition(")")[2].split()[1])


def _cpu(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
