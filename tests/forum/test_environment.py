"""Nothing starts on nonsense: one clear sentence, no stack trace."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from forum.environment import secret_problem, unsafe, url_problem, zones_problem
from tests.conftest import ROOT

SECRET = "0123456789abcdef" * 4
SAFE = {
    "SECRET_KEY": SECRET,
    "DATABASE_URL": "postgresql://forum@127.0.0.1:9/forum",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "EMAIL_URL": "",
    "BASE_URL": "https://forum.example.org",
    "ALLOWED_HOSTS": "forum.example.org",
    "DEFAULT_FROM_EMAIL": "Civil Forum <letters@forum.example.org>",
    "MEDIA_ROOT": "/srv/forum/media",
}


def _run(*command: str, **changed: str) -> tuple[int, str]:
    """Start it in a production environment with `changed`; return its status and its words."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=kept | SAFE | changed,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "maybe", "Correct in the environment: DEBUG: Not a valid boolean."),
        (
            "TRUSTED_PROXIES",
            "-1",
            "Correct in the environment: TRUSTED_PROXIES: Must be greater than or equal to 0.",
        ),
        (
            "DATABASE_URL",
            "mysql://host/db",
            "DATABASE_URL is no address that begins with postgres:// and names a host.",
        ),
    ],
)
def test_nonsense_is_refused_in_one_sentence(name: str, value: str, said: str) -> None:
    assert _run("manage.py", "check", **{name: value}) == (
        1,
        f"The settings are refused. {said}\n",
    )


@pytest.mark.parametrize("port", ["abc", "0", "65536", "8000x"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    assert _run("-m", "forum.run", PORT=port) == (
        1,
        f"PORT is a number from 1 to 65535, not {port!r}.\n",
    )


REFUSAL = (
    "The forum does not start: SECRET_KEY is not set. ALLOWED_HOSTS lets every name in. "
    "README.md, Deploy, says what to set."
)


def test_the_web_does_not_start_with_unsafe_settings() -> None:
    status, said = _run("-c", "import forum.wsgi", SECRET_KEY="", ALLOWED_HOSTS="*")
    assert (status, said) == (3, REFUSAL + "\n")


def test_the_worker_does_not_start_with_unsafe_settings() -> None:
    status, said = _run("-m", "celery", "-A", "forum", "worker", SECRET_KEY="", ALLOWED_HOSTS="*")
    assert (status, said.strip().splitlines()[-1]) == (1, REFUSAL)


def test_beat_does_not_start_with_unsafe_settings(tmp_path: Path) -> None:
    beat = ["-m", "celery", "-A", "forum", "beat", f"--schedule={tmp_path / 'schedule'}"]
    _, said = _run(*beat, SECRET_KEY="", ALLOWED_HOSTS="*")
    assert said.strip().splitlines()[-1].endswith(REFUSAL)


def _settings(**changed: object) -> SimpleNamespace:
    safe = SAFE | {"ALLOWED_HOSTS": ["forum.example.org"], "EMBEDDED": False, "DEBUG": False}
    return SimpleNamespace(**(safe | changed))


def test_safe_settings_start() -> None:
    assert list(unsafe(_settings())) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set."),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set."),
        ({"REDIS_URL": ""}, "REDIS_URL is not set."),
        ({"MEDIA_ROOT": ""}, "MEDIA_ROOT is not set."),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS lets every name in."),
        (
            {"REDIS_URL": "http://x"},
            "REDIS_URL is no address that begins with redis:// and names a host.",
        ),
        (
            {"BASE_URL": "forum"},
            "BASE_URL is no address that begins with http:// and names a host.",
        ),
        (
            {"EMAIL_URL": "mail"},
            "EMAIL_URL is no address that begins with smtp:// and names a host.",
        ),
    ],
)
def test_each_unsafe_setting_is_named(changed: dict[str, object], said: str) -> None:
    assert list(unsafe(_settings(**changed))) == [said]


def test_the_embedded_forum_answers_to_any_name() -> None:
    assert list(unsafe(_settings(ALLOWED_HOSTS=["*"], EMBEDDED=True))) == []


def test_a_short_secret_is_refused() -> None:
    assert secret_problem("x" * 49) == "SECRET_KEY is shorter than 50 characters."
    assert secret_problem("x" * 50) is None


@pytest.mark.parametrize("address", ["redis://[::1", "redis://:9", "redis://host:port", "//host"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert url_problem("REDIS_URL", address, ("redis",)) is not None


def test_almaty_is_at_five_hours() -> None:
    assert zones_problem() is None


def test_an_older_table_of_zones_is_refused() -> None:
    before_march_2024 = dt.timezone(dt.timedelta(hours=6))
    assert zones_problem(before_march_2024) == (
        "The table of time zones is older than 2024a: Asia/Almaty is not at UTC+5 in 2025."
    )


def test_a_fault_goes_to_the_terminal_and_what_is_not_found_does_not() -> None:
    code = """
import django, logging
django.setup()
log = logging.getLogger("django.request")
log.warning("Not Found: /x/")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("Internal Server Error: /y/")
"""
    status, said = _run("-c", code, DJANGO_SETTINGS_MODULE="forum.settings")
    lines = said.splitlines()
    assert (status, lines[0], lines[-1]) == (
        0,
        "Internal Server Error: /y/",
        "ZeroDivisionError: division by zero",
    )
