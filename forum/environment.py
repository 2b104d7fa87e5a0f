"""What the environment must say before anything may start; settings and the checks ask here.

Plain functions from text to sentences: nothing here needs Django to be set up.
"""

import zoneinfo
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 50
DATABASE_SCHEMES = ("postgres", "postgresql")
REDIS_SCHEMES = ("redis", "rediss")
EMAIL_SCHEMES = ("smtp", "smtps", "smtp+tls")
WEB_SCHEMES = ("http", "https")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
NO_SENDER = "forum@example.org"
"""What ALLOWED_HOSTS and DEFAULT_FROM_EMAIL say when nobody set them."""


def url_problem(name: str, value: str, schemes: tuple[str, ...]) -> str | None:
    """Return what is wrong with the address in `value`; None when nothing is, or it is unset."""
    if not value:
        return None
    try:
        parts = urlsplit(value)
        fine = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if fine:
        return None
    return f"{name} is no address that begins with {schemes[0]}:// and names a host."


def secret_key(settings: Any) -> str:
    """Read SECRET_KEY, empty when it is unset: Django itself would raise."""
    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return ""


def secret_problem(secret: str) -> str | None:
    """Return what is wrong with SECRET_KEY."""
    if not secret:
        return "SECRET_KEY is not set."
    if len(secret) < SHORTEST_SECRET:
        return f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters."
    return None


def zones_problem(almaty: tzinfo | None = None) -> str | None:
    """Tell whether the zones' table is older than 2024a: Almaty went over to +05 in March 2024."""
    zone = almaty or zoneinfo.ZoneInfo("Asia/Almaty")
    offset = datetime(2025, 10, 16, tzinfo=zone).utcoffset()
    if offset == timedelta(hours=5):
        return None
    return "The table of time zones is older than 2024a: Asia/Almaty is not at UTC+5 in 2025."


def unsafe(settings: Any) -> Iterator[str]:
    """Yield why the web or the worker must not start with `settings`; nothing when they may.

    The embedded default makes its own secret and is reached by whatever name the machine has.
    """
    found = [
        secret_problem(secret_key(settings)),
        None if settings.DATABASE_URL else "DATABASE_URL is not set.",
        None if settings.REDIS_URL else "REDIS_URL is not set.",
        None if settings.MEDIA_ROOT else "MEDIA_ROOT is not set.",
        url_problem("REDIS_URL", settings.REDIS_URL, REDIS_SCHEMES),
        url_problem("BASE_URL", settings.BASE_URL, WEB_SCHEMES),
        url_problem("EMAIL_URL", settings.EMAIL_URL, EMAIL_SCHEMES),
    ]
    if "*" in settings.ALLOWED_HOSTS and not settings.EMBEDDED:
        found.append("ALLOWED_HOSTS lets every name in.")
    yield from filter(None, found)


def refuse_unsafe_start(settings: Any) -> None:
    """End the process with what is wrong when DEBUG is off and a setting is missing or unsafe."""
    if settings.DEBUG:
        return
    if found := list(unsafe(settings)):
        said = " ".join(found)
        raise SystemExit(f"The forum does not start: {said} README.md, Deploy, says what to set.")
