"""How much one may ask in a while; what is limited, and to how many, stands in the settings."""

import logging
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def within_limit(request: HttpRequest, action: str, **how: Any) -> bool:
    """Whether it is not too much at once. A cache that does not answer keeps nobody out."""
    try:
        return bool(ratelimit.consume(request, app="allauth.account", action=action, **how))
    except (RedisError, OSError) as error:
        log.warning("Nobody counts requests, because the cache does not answer: %s", error)
        return True


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that it was too much at once: 429."""
    response: HttpResponse = ratelimit.handler429(request)
    return response
