"""Tells the desk's page of needs which sessions people gather in, and what each offers them."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from accounts.names import translated
from forum.editions.models import Edition
from forum.needs.gatherings import Gathering
from forum.templatetags.content import wording
from sessions_app.sessions.models import Kind
from sessions_app.timetable.access import newest_release
from sessions_app.timetable.models import Slot

FOR_EVERYBODY = (Kind.PLENARY, Kind.CEREMONY)
COLUMNS = (
    "during",
    "session__code",
    *translated("session__title"),
    *translated("room__name"),
    "session__working_languages",
    "session__interpretation_languages",
    "session__sign_language",
    "session__hearing_loop",
)


def gatherings_of(edition: Edition) -> Iterator[Gathering]:
    """Give the published sessions that everybody comes to."""
    release = newest_release(edition)
    if release is None:
        return
    slots = Slot.objects.filter(
        release=release, session__cancelled_at=None, session__kind__in=FOR_EVERYBODY
    )
    for row in slots.order_by("during", "pk").values(*COLUMNS):
        yield _gathering(edition, row)


def _gathering(edition: Edition, row: dict[str, Any]) -> Gathering:
    begins = row["during"].lower
    return Gathering(
        title=wording(row.__getitem__, "session__title"),
        address=reverse("session", args=[edition.slug, row["session__code"]]),
        day=edition.day_of(begins),
        starts_at=begins,
        place=wording(row.__getitem__, "room__name"),
        working_languages=frozenset(row["session__working_languages"]),
        interpretation=frozenset(row["session__interpretation_languages"]),
        sign_language=row["session__sign_language"],
        hearing_loop=row["session__hearing_loop"],
    )
