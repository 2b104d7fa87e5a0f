"""What the board's page shows without its script: the list of a day, and the form."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from forum.editions.models import Edition
from forum.templatetags.frame import day_line
from sessions_app.board.access import placed_on, session_coded, unplaced
from sessions_app.board.forms import PlaceForm, initial_of
from sessions_app.board.marks import mark_of
from sessions_app.board.words import words

STEPS = (5, 10, 15, 30, 60)
"""How fine the grid may be, in minutes."""


@dataclass(frozen=True, slots=True)
class DayLink:
    """A day that one may look at."""

    date: str
    label: str
    is_current: bool


def page_context(
    edition: Edition, *, asked: QueryDict, form: PlaceForm | None = None
) -> dict[str, Any]:
    """Read what the page shows of the day `?day=`, and the form for the session `?session=`."""
    day = _day(edition, asked.get("day"))
    if form is None:
        session = session_coded(edition, asked.get("session"))
        initial = {"day": day.isoformat()} | initial_of(edition, session)
        initial["base"] = mark_of(edition).version
        form = PlaceForm(edition=edition, initial=initial)
    return {
        "edition": edition,
        "form": form,
        "days": [DayLink(one.isoformat(), day_line(one), one == day) for one in edition.days],
        "day": day,
        "placed": placed_on(edition, day),
        "unplaced": unplaced(edition),
        "words": words(),
        "steps": STEPS,
    }


def _day(edition: Edition, asked: str | None) -> dt.date:
    return next((day for day in edition.days if day.isoformat() == asked), edition.starts_on)
