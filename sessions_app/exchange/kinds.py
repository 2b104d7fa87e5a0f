"""Tells which of our kinds of session a file's type means."""

import functools

from django.conf import settings
from django.utils import translation

from accounts.names import fold
from sessions_app.sessions.models import Kind

# The first that occurs in the type decides, so what is narrow stands before what is wide.
_WORDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.PLENARY, ("plenary", "plenum", "keynote", "пленар")),
    (Kind.HACKATHON, ("hackathon", "hack", "sprint", "хакатон")),
    (Kind.MASTER_CLASS, ("workshop", "tutorial", "training", "hands-on", "hands on", "мастер")),
    (Kind.ROUND_TABLE, ("round table", "roundtable", "круглый", "донгелек")),
    (Kind.PANEL, ("panel", "podium", "discussion", "debate", "панель")),
    (Kind.CEREMONY, ("ceremony", "opening", "closing", "award", "церемон")),
    (Kind.BROADCAST, ("podcast", "broadcast", "stream", "трансляц")),
    (Kind.FAIR, ("expo", "exhibition", "fair", "booth", "ярмарк", "выставк")),
    (Kind.CHECK_IN, ("check-in", "checkin", "registration", "accreditation")),
    (Kind.BREAK, ("break", "lunch", "pause", "coffee", "dinner", "breakfast", "перерыв", "узилис")),
    (Kind.SIDE, ("bof", "meetup", "meeting", "assembly", "side", "social", "party", "concert")),
    (Kind.BREAKOUT, ("talk", "lecture", "vortrag", "presentation", "breakout", "devroom", "track")),
    (Kind.BREAKOUT, ("session", "paper", "секци", "доклад")),
)


@functools.cache
def _labels() -> dict[str, Kind]:
    labels: dict[str, Kind] = {kind.value: kind for kind in Kind}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            labels |= {fold(str(kind.label)): kind for kind in Kind}
    return labels


def kind_of(text: str) -> Kind | None:
    """Return the kind that a type means; None where it means none that we know."""
    folded = fold(text)
    if found := _labels().get(folded):
        return found
    words = {kind: None for kind, hints in _WORDS if any(fold(h) in folded for h in hints)}
    return next(iter(words), None)
