"""The seats' small edition: three breakouts, published, and four delegates with places."""

from tests.sessions_app.seats.conftest import (
    _public,
    again,
    air,
    books,
    coming,
    delegate,
    edition,
    large,
    placed,
    sessions,
    small,
    water,
)

__all__ = [
    "_public",
    "again",
    "air",
    "books",
    "coming",
    "delegate",
    "edition",
    "large",
    "placed",
    "sessions",
    "small",
    "water",
]
