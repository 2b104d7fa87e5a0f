"""The embedded default's environment: which servers, which secrets; for `make run` and manage.py.

A command typed while the forum runs joins its servers; typed alone, it starts them for as long as
it takes. With DATABASE_URL set nothing here applies.
"""

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from forum import embedded

VAR_DIR = Path(__file__).resolve().parent.parent / "var"
_SHARED = "servers.json"


def environment(servers: embedded.Servers, *, base_url: str) -> dict[str, str]:
    """Return what a process needs to work with `servers`."""
    needed = {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
    needed["BASE_URL"] = os.environ.get("BASE_URL", base_url)
    needed["SECRET_KEY"] = os.environ.get("SECRET_KEY") or _secret_key()
    needed["MEDIA_ROOT"] = os.environ.get("MEDIA_ROOT", str(VAR_DIR / "media"))
    if not os.environ.get("DATABASE_URL"):
        needed["FORUM_EMBEDDED"] = "1"
        needed["ALLOWED_HOSTS"] = os.environ.get("ALLOWED_HOSTS", "*")
    return needed


@contextlib.contextmanager
def shared(needed: dict[str, str]) -> Iterator[None]:
    """Let other commands join our servers while this lasts."""
    path = VAR_DIR / _SHARED
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump({"pid": os.getpid(), "environment": needed}, file)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def joined() -> Iterator[None]:
    """Set the environment for one command: a running forum's servers, else our own."""
    needed = _running()
    if needed is not None:
        os.environ.update(needed)
        yield
        return
    servers = embedded.start(VAR_DIR)
    try:
        os.environ.update(environment(servers, base_url="http://127.0.0.1:8000"))
        yield
    finally:
        servers.stop()


def _running() -> dict[str, str] | None:
    """Return the environment that a live run shares; what a killed one left does not count."""
    try:
        shared_by = json.loads((VAR_DIR / _SHARED).read_text())
        command = Path(f"/proc/{int(shared_by['pid'])}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return None
    if b"forum.run" not in command:
        return None
    return {str(name): str(value) for name, value in shared_by["environment"].items()}


def _secret_key() -> str:
    path = VAR_DIR / "secret_key"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()
