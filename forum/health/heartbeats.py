"""Signs of life of the worker and of beat, left in Redis for `/readyz` to find."""

import logging
import time
from typing import Any

import redis
from celery.beat import PersistentScheduler
from celery.signals import heartbeat_sent, worker_ready
from django.conf import settings

from forum.health.signs import SIGN

logger = logging.getLogger(__name__)

ALIVE_FOR = 20
"""Seconds after which a part that left no sign counts as stopped; a few missed beats."""
_EVERY = 4.0
_last: dict[str, float] = {}


def connect() -> redis.Redis:
    """Connect to the broker's Redis with time limits, so that asking never hangs."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2, decode_responses=True
    )


def key(part: str) -> str:
    """Name where `part` leaves its sign."""
    return f"{SIGN}{part}"


def leave_sign(part: str) -> None:
    """Say that `part` is alive, at most every few seconds; a lost broker is logged, not raised."""
    if time.monotonic() - _last.get(part, -_EVERY) < _EVERY:
        return
    try:
        with connect() as client:
            client.set(key(part), int(time.time()), ex=ALIVE_FOR)
    except redis.RedisError as error:
        logger.warning("No sign of life could be left for %s: %s", part, error)
    else:
        _last[part] = time.monotonic()


@worker_ready.connect
@heartbeat_sent.connect
def _worker_is_alive(**_arguments: Any) -> None:
    leave_sign("worker")


class Scheduler(PersistentScheduler):
    """Celery's own beat, leaving a sign of life; it wakes often enough to do so."""

    max_interval = 5

    def tick(self, *args: Any, **kwargs: Any) -> float:
        leave_sign("beat")
        return min(super().tick(*args, **kwargs), self.max_interval)
