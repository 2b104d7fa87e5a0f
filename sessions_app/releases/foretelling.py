"""What features above say of a release to come, in sentences, such as whose seats would clash."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from sessions_app.releases.attendance import Attendant
from sessions_app.releases.changes import Change, Standing


class Foretelling(Protocol):
    """Yields sentences about what `changes` would bring to `attendants`.

    `after` is the programme with them.
    """

    def __call__(
        self, changes: Sequence[Change], after: Standing, attendants: Collection[Attendant]
    ) -> Iterable[str]: ...


_ways: list[Foretelling] = []


def foretells(way: Foretelling) -> Foretelling:
    """Register what a feature has to say; in an app's `ready`, or as a decorator."""
    if way not in _ways:
        _ways.append(way)
    return way


def foretold(
    changes: Sequence[Change], after: Standing, attendants: Collection[Attendant]
) -> list[str]:
    """Collect all that is said."""
    return [sentence for way in _ways for sentence in way(changes, after, attendants)]
