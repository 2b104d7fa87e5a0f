"""The cache in Redis, without which every page works: rate limits and shared pages lie there.

While Redis is away a read finds nothing, a write is lost, and a rate limit lets everybody through:
better a while without limits than nobody signed in. What must not be lost lies in the database.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

T = TypeVar("T")
log = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0
"""So long nobody asks a Redis that did not answer: one that hangs costs two seconds a question."""
_away_until: dict[str, float] = {}


class OptionalRedisCache(RedisCache):
    """Django's own cache in Redis, which goes on when that is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.server = server

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Find nothing while Redis is away."""
        return self._ask(super().get, key, default, version, otherwise=default)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        """Keep nothing while Redis is away."""
        self._ask(super().set, key, value, *args, **kwargs, otherwise=None)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        """Say that it was added while Redis is away: allauth waits for its lock in this way."""
        return self._ask(super().add, key, value, *args, **kwargs, otherwise=True)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Delete nothing while Redis is away."""
        return self._ask(super().delete, key, version, otherwise=False)

    def _ask(self, ask: Callable[..., T], *args: Any, otherwise: T, **kwargs: Any) -> T:
        if time.monotonic() < _away_until.get(self.server, 0.0):
            return otherwise
        try:
            return ask(*args, **kwargs)
        except (RedisError, OSError) as error:
            _away_until[self.server] = time.monotonic() + PAUSE_SECONDS
            # The class and not the text, which names hosts and users.
            log.warning(
                "The cache does not answer (%s): for %d seconds there are no rate limits, "
                "and pages are rendered without it.",
                type(error).__name__,
                PAUSE_SECONDS,
            )
            return otherwise
