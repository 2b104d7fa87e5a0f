"""`make run`: the whole forum on one machine, for a newcomer and for the demo.

Starts the servers, prepares the database and the files, starts web, worker and beat, and stops them
all in the right order. What they print goes to the terminal with a prefix, and to var/log/.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import IO

import redis

from forum import embedded, local
from forum.health.signs import SIGN

BASE_DIR = Path(__file__).resolve().parent.parent
READY_LIMIT = 180.0
STOP_LIMIT = 20.0
COLOURS = {"web": 36, "worker": 32, "beat": 35, "postgres": 34, "valkey": 33, "setup": 90}
COMMANDS = {
    # gunicorn's control socket would lie in the home of whoever runs it, and not under var/.
    "web": [
        *("-m", "gunicorn", "forum.wsgi", "--workers=4", "--threads=2"),
        *("--access-logfile=-", "--no-control-socket"),
    ],
    "worker": ["-m", "celery", "-A", "forum", "worker", "--loglevel=INFO", "--concurrency=2"],
    "beat": ["-m", "celery", "-A", "forum", "beat", "--loglevel=INFO"],
}


class Stopped(Exception):
    """Somebody pressed Ctrl-C, or asked us to end."""


class Output:
    """Copies a process's lines to the terminal, behind its name, and to its file in var/log/."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.colour = sys.stdout.isatty()
        self.turn = threading.Lock()

    def pipe(self, name: str) -> IO[bytes]:
        """Return the end into which the process `name` writes."""
        reader, writer = os.pipe()
        threading.Thread(target=self._copy, args=(name, reader), daemon=True).start()
        return os.fdopen(writer, "wb", buffering=0)

    def _copy(self, name: str, reader: int) -> None:
        label = f"{name:<8} | "
        if self.colour:
            label = f"\x1b[{COLOURS[name]}m{label}\x1b[0m"
        with (
            os.fdopen(reader, "rb") as lines,
            (self.folder / f"{name}.log").open("ab", buffering=0) as file,
        ):
            for line in lines:
                file.write(line)
                with self.turn:
                    print(label + line.decode(errors="replace").rstrip("\n"), flush=True)


class Forum:
    """The processes of one run."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104
        self.address = f"http://{shown}:{port}"
        self.output = Output(local.VAR_DIR / "log")
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = dict(os.environ)
        self.embedded = not os.environ.get("DATABASE_URL")

    def serve(self) -> None:
        """Run until a server dies or somebody stops us."""
        servers = embedded.start(local.VAR_DIR, log_for=self.output.pipe)
        try:
            needed = local.environment(servers, base_url=self.address)
            self.environment |= needed | {"PYTHONUNBUFFERED": "1"}
            with local.shared(needed):
                self.prepare()
                for name in COMMANDS:
                    self.start(name)
                self.wait_until_ready()
                self.welcome()
                self.watch(servers)
        finally:
            # A second Ctrl-C must not leave half of it running.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            print("\nStopping …", flush=True)
            self.stop()
            servers.stop()

    def prepare(self) -> None:
        """Bring catalogues, database and static files up to date; load the demo once."""
        self.manage("compile_catalogues")
        self.manage("migrate", "--noinput", "--verbosity=1")
        if _is_older(local.VAR_DIR / "static/staticfiles.json", than=_static_sources()):
            self.manage("collectstatic", "--noinput", "--verbosity=0")
        if self.embedded:
            self.manage("load_demo")

    def manage(self, *arguments: str) -> None:
        """Run one management command to its end; raises CannotStart when it fails."""
        with self.output.pipe("setup") as log:
            done = subprocess.run(  # noqa: S603
                [sys.executable, "manage.py", *arguments],
                cwd=BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            raise embedded.CannotStart(
                f"`manage.py {arguments[0]}` failed; what it said stands above and in "
                f"{self.output.folder / 'setup.log'}."
            )

    def start(self, name: str) -> None:
        """Start one of web, worker and beat, in a session of its own so that we stop it in turn."""
        extra = {
            "web": [f"--bind={self.host}:{self.port}"],
            "worker": [],
            "beat": [f"--schedule={local.VAR_DIR / 'beat-schedule'}", "--pidfile="],
        }
        with self.output.pipe(name) as log:
            self.processes[name] = subprocess.Popen(  # noqa: S603
                [sys.executable, *COMMANDS[name], *extra[name]],
                cwd=BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_us(),  # noqa: PLW1509
            )

    def wait_until_ready(self) -> None:
        """Wait for /readyz to answer 200; raises CannotStart with what is missing."""
        deadline = time.monotonic() + READY_LIMIT
        answer = "no answer"
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5) as page:  # noqa: S310
                    page.read()
                    return
            except urllib.error.HTTPError as error:
                answer = error.read().decode(errors="replace")
            except OSError as error:
                answer = str(error)
            if self.processes["web"].poll() is not None:
                raise embedded.CannotStart("The web did not start; what it said stands above.")
            time.sleep(0.2)
        raise embedded.CannotStart(f"The forum did not become ready. /readyz says: {answer}")

    def welcome(self) -> None:
        """Print the address and, in the embedded default, who may sign in."""
        people = ""
        if self.embedded:
            people = subprocess.run(
                [sys.executable, "manage.py", "load_demo", "--people"],
                cwd=BASE_DIR,
                env=self.environment,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        with self.output.turn:
            print(f"Ready: {self.address}/\n{people}", flush=True)

    def watch(self, servers: embedded.Servers) -> None:
        """Restart what dies, ever more slowly; name a server that does, as /readyz does too."""
        pauses = dict.fromkeys(self.processes, 1.0)
        due: dict[str, float] = {}
        running = dict(servers.processes)
        while True:
            time.sleep(0.3)
            for name in [name for name, server in running.items() if server.poll() is not None]:
                del running[name]
                print(
                    f"{name} ended; {self.output.folder / name}.log says why. Nothing that was "
                    "saved is lost: press Ctrl-C and start again.",
                    flush=True,
                )
            now = time.monotonic()
            for name, process in list(self.processes.items()):
                if process.poll() is None:
                    continue
                if name not in due:
                    print(f"{name} ended with {process.returncode}; starting it again.", flush=True)
                    self.take_away_sign_of(name)
                    due[name] = now + pauses[name]
                    pauses[name] = min(pauses[name] * 2, 30.0)
                elif now >= due[name]:
                    del due[name]
                    self.start(name)

    def take_away_sign_of(self, part: str) -> None:
        """Have /readyz name a part that ended, at once, until it is there again."""
        try:
            with redis.Redis.from_url(self.environment["REDIS_URL"], socket_timeout=2) as server:
                server.delete(f"{SIGN}{part}")
        except redis.RedisError as error:
            print(f"/readyz may call {part} alive for a while: {error}", flush=True)

    def stop(self) -> None:
        """Stop in the order in which nothing is lost: no new requests, then no new work."""
        for name in ("web", "beat", "worker"):
            process = self.processes.get(name)
            if process is None or process.poll() is not None:
                continue
            process.terminate()
            try:
                process.wait(timeout=STOP_LIMIT)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _static_sources() -> Iterator[Path]:
    """Name what static files come from; `make install` touches the two marks."""
    yield from (BASE_DIR / "static").rglob("*")
    yield BASE_DIR / ".venv/.installed"
    yield BASE_DIR / "node_modules/.installed"


def _is_older(made: Path, *, than: Iterable[Path]) -> bool:
    """Whether `made` is absent, or older than one of those; compressing all takes ten seconds."""
    if not made.exists():
        return True
    since = made.stat().st_mtime
    return any(source.stat().st_mtime >= since for source in than if source.exists())


def _end_with_us() -> Callable[[], None]:
    """Have the kernel end the child when we die, even by kill -9."""
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(1, int(signal.SIGTERM))

    return ask


def _port() -> int:
    """Read PORT; raises CannotStart when it is none."""
    typed = os.environ.get("PORT", "8000")
    if typed.isascii() and typed.isdigit() and 0 < int(typed) < 65_536:
        return int(typed)
    raise embedded.CannotStart(f"PORT is a number from 1 to 65535, not {typed!r}.")


def _refuse_taken_port(host: str, port: int) -> None:
    """Raise CannotStart before anything is started when the web could not listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise embedded.CannotStart(
                f"Port {port} on {host} is not free ({error.strerror}). "
                f"Stop what listens there, or choose another: PORT={port + 1} make run"
            ) from error


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def main() -> int:
    """Run the forum; the exit status is 1 when it could not start."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        host, port = os.environ.get("HOST", "127.0.0.1"), _port()
        _refuse_taken_port(host, port)
        Forum(host, port).serve()
    except embedded.CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    except Stopped:
        return 0
    return 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
