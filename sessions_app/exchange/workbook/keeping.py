"""Keeps a workbook between its preview and the confirmation: in Redis, for an hour."""

import secrets
from dataclasses import dataclass

from django.core.cache import cache
from redis.exceptions import RedisError

from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.exchange.workbook.plan import Plan

SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Kept:
    """A file, and which plan its sender was shown."""

    content: bytes
    digest: str
    token: str


def keep(content: bytes, plan: Plan, *, edition: Edition, person: User) -> str | None:
    """Keep what `person` will confirm; return what the confirmation names, None if Redis is away.

    A person has one file for an edition at a time, so that previews do not fill the memory. Redis
    and not a folder: the next request may reach another machine.
    """
    token = secrets.token_urlsafe(16)
    kept = (content, plan.digest, token)
    try:
        cache.set(_key(edition, person), kept, SECONDS)
    except RedisError:
        return None
    return token


def find_kept(token: str, *, edition: Edition, person: User) -> Kept | None:
    """Return what was kept under `token`; None when it is gone, or another took its place."""
    try:
        found = cache.get(_key(edition, person))
    except RedisError:
        return None
    kept = Kept(*found) if found else None
    return kept if kept and secrets.compare_digest(kept.token, token) else None


def forget(*, edition: Edition, person: User) -> None:
    """Let go of what was written."""
    try:
        cache.delete(_key(edition, person))
    except RedisError:
        return


def _key(edition: Edition, person: User) -> str:
    return f"workbook:{edition.pk}:{person.pk}"
