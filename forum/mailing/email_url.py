"""Reads EMAIL_URL, the one setting that says how letters leave; refuses nonsense at the start."""

import re
import urllib.parse

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
TIMEOUT_SECONDS = 20
"""How long a mail server may be silent. A whole letter takes at most six such steps."""
_HOW = "Write smtp://, smtp+tls:// or smtps://user:password@host:port."


def email_settings(url: str) -> dict[str, object]:
    """Return Django's EMAIL_ settings: SMTP by `url`, or without it into files.

    The password in `url` is percent-encoded where it holds a sign that means something in a URL.
    Raises ImproperlyConfigured; its text never repeats the URL, which holds a password.
    """
    if not url:
        return {"EMAIL_BACKEND": "forum.mailing.backends.FolderBackend"}
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"EMAIL_URL has a bracket too many; in a password, [ is %5B and ] is %5D. {_HOW}"
        ) from error
    if parts.scheme not in PORTS:
        raise ImproperlyConfigured(f"EMAIL_URL begins with {parts.scheme!r}. {_HOW}")
    try:
        port = PORTS[parts.scheme] if parts.port is None else parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"EMAIL_URL has no port between 1 and 65535. {_HOW}") from error
    if port == 0:
        raise ImproperlyConfigured(f"EMAIL_URL has no port between 1 and 65535. {_HOW}")
    if not parts.hostname or re.search(r"[\s%]", parts.hostname):
        raise ImproperlyConfigured(f"EMAIL_URL names no host. {_HOW}")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"EMAIL_URL has something behind the port. {_HOW}")
    if bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured(f"EMAIL_URL has a user or a password without the other. {_HOW}")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": urllib.parse.unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": urllib.parse.unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
    }
