"""Whom an organiser has chosen: ticked boxes, or all that a list held when it was shown."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from forum.approval.asking import Asked, listed, read_asked
from forum.editions.models import Edition
from forum.registrations.querysets import RegistrationQuerySet

MOST_TICKED = 500
"""Far more than a page has boxes."""


@dataclass(frozen=True)
class Choice:
    """The codes that were ticked, or `every`: all that `asked` found at `seen_at`."""

    asked: Asked
    codes: list[str] = field(default_factory=list)
    every: bool = False
    seen_at: dt.datetime | None = None

    def hidden(self) -> list[tuple[str, str]]:
        """Return the hidden fields that say the same again."""
        told = list(self.asked.told().items())
        if self.every:
            seen = [("seen", self.seen_at.isoformat())] if self.seen_at else []
            return [*told, ("all", "1"), *seen]
        return [*told, *(("registration", code) for code in self.codes)]


def read_choice(posted: QueryDict) -> Choice:
    """Read the boxes that were ticked, or that all are meant."""
    # PostgreSQL takes no null byte in a text, not even to compare with.
    codes = [code for code in posted.getlist("registration")[:MOST_TICKED] if code.isalnum()]
    return Choice(
        asked=read_asked(texts_of(posted)),
        codes=codes,
        every=posted.get("all") == "1",
        seen_at=_moment(posted.get("seen", "")),
    )


def chosen_of(edition: Edition, choice: Choice, *, now: dt.datetime) -> RegistrationQuerySet:
    """Return the edition's registrations that are meant; those of other editions never.

    Who registered after the list was shown is not among all that it held.
    """
    if not choice.every:
        return edition.registrations.filter(code__in=choice.codes).order_by("registered_at", "pk")
    came = Coalesce("registered_at", "started_at")
    found = listed(edition, choice.asked, now=now).alias(came=came)
    return found.filter(came__lte=choice.seen_at or now)


def texts_of(posted: QueryDict) -> dict[str, str]:
    """Return the last value of each name."""
    return {name: str(posted[name]) for name in posted}


def _moment(typed: str) -> dt.datetime | None:
    try:
        moment = parse_datetime(typed)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
