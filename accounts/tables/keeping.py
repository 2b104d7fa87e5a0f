"""Keeps a file between its preview and the confirmation: in Redis, for an hour."""

import secrets
from dataclasses import dataclass

from django.core.cache import cache
from redis.exceptions import RedisError

SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Kept:
    """A file, and which preview of it its sender was shown."""

    content: bytes
    digest: str
    token: str


def keep(content: bytes, digest: str, *, under: str) -> str | None:
    """Keep what will be confirmed; return what the confirmation names, None if Redis is away.

    `under` names the sender and the purpose: of each there is one file at a time, so that previews
    do not fill the memory. Redis and not a folder: the next request may reach another machine.
    """
    token = secrets.token_urlsafe(16)
    cache.set(under, (content, digest, token), SECONDS)
    try:
        # While Redis is away a write is lost without a word; this asks whether it was.
        return token if cache.touch(under, SECONDS) else None
    except (RedisError, OSError):
        return None


def find_kept(token: str, *, under: str) -> Kept | None:
    """Return what was kept under `token`; None when it is gone, or another took its place."""
    found = cache.get(under)
    kept = Kept(*found) if found else None
    return kept if kept and secrets.compare_digest(kept.token.encode(), token.encode()) else None


def forget(*, under: str) -> None:
    """Let go of what was written."""
    cache.delete(under)
