"""Sessions in the database, asked only for keys that it can hold."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's own, except that a key with a NUL is none: PostgreSQL refuses the question."""

    def _validate_session_key(self, key: str | None) -> bool:
        """Take what we could have made: letters and digits."""
        if not key or not (key.isascii() and key.isalnum()):
            return False
        return bool(super()._validate_session_key(key))  # type: ignore[misc]
