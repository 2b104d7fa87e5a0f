"""Fills a new edition, whole or not at all."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from forum.editions.models import Edition
from sessions_app.releases.actions import publish
from sessions_app.scale.delegates import add_delegates, add_organisations
from sessions_app.scale.programme import add_programme

DAYS = 3


class AlreadyThere(ValueError):
    """The edition exists; filling it twice would measure something else."""


@transaction.atomic
def fill(
    slug: str,
    *,
    organisations: int,
    registrations: int,
    sessions: int,
    now: dt.datetime,
    tell: Callable[[str], None],
) -> Edition:
    """Make the edition `slug` of that size and publish it; `tell` hears what was done."""
    if Edition.objects.filter(slug=slug).exists():
        raise AlreadyThere(
            f"The edition “{slug}” exists already. Name another with --edition, or delete it."
        )
    first_day = (now + dt.timedelta(days=60)).date()
    edition = Edition.objects.create(
        slug=slug,
        year=first_day.year,
        name_kk="Өлшеуге арналған форум",
        name_ru="Форум для измерений",
        name_en="Forum for measuring",
        starts_on=first_day,
        ends_on=first_day + dt.timedelta(days=DAYS - 1),
        is_demo=True,
        registration_opens_at=now,
        published_at=now,
    )
    add_programme(edition, sessions=sessions)
    release = publish(edition, by=None, note="", now=now)
    tell(f"{sessions} sessions, published as release {release.number}")
    bodies = add_organisations(organisations)
    tell(f"{organisations} organisations")
    add_delegates(edition, bodies, count=registrations, now=now)
    tell(f"{registrations} registrations")
    return edition
