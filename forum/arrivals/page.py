"""What the check-in page brings along for its script: it must do without us afterwards."""

import datetime as dt
from typing import Any

from django.urls import reverse

from accounts.names import folding
from forum.arrivals.gates import gates_of
from forum.arrivals.listing import HASH_SIGNS
from forum.arrivals.words import answers, words
from forum.editions.models import Edition
from forum.quotas.models import Category
from forum.templatetags.frame import day_line
from forum.tickets.codes import beginning_of_payloads

ASKED = ("enrol", "scans", "people", "search", "counts", "undo", "worker")
KEPT_AFTER = dt.timedelta(days=1)
"""So long after the edition's end a device keeps its list."""


def page_context(edition: Edition) -> dict[str, Any]:
    """Return what the page shows, and its script's `setup`."""
    return {"edition": edition, "gates": gates_of(edition), "setup": _setup(edition)}


def _setup(edition: Edition) -> dict[str, Any]:
    days = edition.days
    end = edition.beginning_of(edition.ends_on + dt.timedelta(days=1))
    return {
        "edition": edition.slug,
        "beginning": beginning_of_payloads(edition.slug),
        "hashSigns": HASH_SIGNS,
        "zone": edition.time_zone,
        "days": [[_milliseconds(edition.beginning_of(day)), day_line(day)] for day in days],
        "end": _milliseconds(end),
        # The demo's forum was held in 2025: whoever tries it out is on its first day.
        "anyDay": edition.is_demo,
        "eraseAt": None if edition.is_demo else _milliseconds(end + KEPT_AFTER),
        "addresses": {name: reverse(f"check_in_{name}", args=[edition.slug]) for name in ASKED},
        "signIn": f"{reverse('account_login')}?next={reverse('check_in', args=[edition.slug])}",
        "categories": {code: str(title) for code, title in Category.choices},
        "folding": folding(),
        "answers": answers(),
        "words": words(),
    }


def _milliseconds(moment: dt.datetime) -> int:
    return round(moment.timestamp() * 1000)
