"""Who is signed in: kept in the database and, to spare a query, in Redis."""

from typing import Any

from django.contrib.sessions.backends import cached_db
from redis.exceptions import RedisError


class SessionStore(cached_db.SessionStore):
    """Django's own, whose reading outlives Redis as its writing does.

    Signing out still needs Redis: a session that stayed there would live on.
    """

    def load(self) -> dict[str, Any]:
        """Read from the database when Redis does not answer."""
        try:
            return super().load()
        except (RedisError, OSError):
            return super(cached_db.SessionStore, self).load()
