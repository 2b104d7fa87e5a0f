"""Starts what the tests stand on: the embedded servers, unless the environment names others.

Settings are read once, so this happens before Django is set up. With pytest-xdist the first process
starts the servers and the others inherit their addresses; each has a database of its own on both.
"""

import os
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import django
import psycopg
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.utils import translation

from forum import embedded
from forum.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parent.parent
SERVERS: list[embedded.Servers] = []


def _redis_database_of_this_process(url: str) -> str:
    """Give each of xdist's processes its own of Redis's sixteen databases."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return urllib.parse.urlsplit(url)._replace(path=f"/{(int(worker) + 1) % 16}").geturl()


if "PYTEST_XDIST_WORKER" not in os.environ:
    compile_catalogues(ROOT / "locale")
    # WhiteNoise warns of a missing folder, and here a warning is an error.
    (ROOT / "var/static").mkdir(parents=True, exist_ok=True)
    SERVERS.append(embedded.start(ROOT / "var/test", durable=False))
    os.environ["DATABASE_URL"] = SERVERS[0].database_url
    os.environ["TEST_REDIS_URL"] = SERVERS[0].redis_url
    os.environ["SECRET_KEY"] = "only-for-tests-0123456789-0123456789-0123456789-0123456789"
    os.environ["STATIC_MANIFEST"] = "0"
    os.environ["ADMIN_SECOND_FACTOR"] = "0"
    os.environ["MEDIA_ROOT"] = str(ROOT / "var/test/media")
    for name in ("FORUM_EMBEDDED", "EMAIL_URL", "BASE_URL", "DEBUG", "ALLOWED_HOSTS"):
        os.environ.pop(name, None)
os.environ["REDIS_URL"] = _redis_database_of_this_process(os.environ["TEST_REDIS_URL"])
# Not left to pytest-xdist's processes: pytest-django would read the settings there before this file
# names their Redis database, and all would share, and clear, that of the first.
os.environ["DJANGO_SETTINGS_MODULE"] = "forum.settings"
django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]
if os.environ["REDIS_URL"] != settings.REDIS_URL:
    raise pytest.UsageError("The settings were read before the tests named their Redis database.")


@pytest.fixture(autouse=True)
def _kazakh() -> Iterator[None]:
    """Begin every test in Kazakh: a request leaves its language behind in the thread."""
    with translation.override("kk"):
        yield


@pytest.fixture
def redis_away() -> Iterator[None]:
    """Lead the cache to a port where nobody listens."""
    from forum.caches import OptionalRedisCache

    present = caches["default"]
    caches["default"] = OptionalRedisCache(f"redis://127.0.0.1:{embedded.free_port()}", {})
    yield
    caches["default"] = present


@pytest.fixture
def another_writer(monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """Somebody else's transaction, which stays open; what it holds is waited for but a moment."""
    from accounts import locks

    monkeypatch.setattr(locks, "LOCK_TIMEOUT", "200ms")
    names = connection.settings_dict
    with psycopg.connect(
        host=names["HOST"] or "127.0.0.1",
        port=names["PORT"],
        user=names["USER"],
        password=names["PASSWORD"],
        dbname=names["NAME"],
    ) as connected:
        yield connected
        connected.rollback()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """The product as it runs in production, on the test's database; its port."""
    from tests.racing import serving

    with serving(tmp_path) as port:
        yield port


def pytest_unconfigure() -> None:
    """Stop the servers in the process that started them, after the last test."""
    for servers in SERVERS:
        servers.stop()
