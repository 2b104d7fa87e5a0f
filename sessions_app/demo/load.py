"""Loads the demo, whole or not at all; what is there already stays as it is."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from forum.editions.models import Edition
from forum.quotas.models import Category
from sessions_app.demo.applicants import add_applicants
from sessions_app.demo.content_breakouts import BREAKOUTS
from sessions_app.demo.content_editions import (
    ELEVENTH,
    ELEVENTH_TEXTS,
    TWELFTH,
    TWELFTH_TEXTS,
)
from sessions_app.demo.content_eleventh import ELEVENTH_ROOMS, ELEVENTH_SESSIONS
from sessions_app.demo.content_programme import COMMON, ROOMS, TRACKS
from sessions_app.demo.content_speakers import PLENARY_KEY
from sessions_app.demo.delegates import add_delegates
from sessions_app.demo.organisations import add_organisations
from sessions_app.demo.people import add_demo_people
from sessions_app.demo.programme import (
    add_fictional_speakers,
    add_plenary_speakers,
    add_rooms,
    add_sessions,
    add_tracks,
    cast,
    in_languages,
)
from sessions_app.demo.quotas import add_quotas
from sessions_app.demo.seats import add_seats
from sessions_app.releases.actions import publish


class DemoRefused(ValueError):
    """The demo cannot be loaded here; the text says why."""


@dataclass(frozen=True)
class Loaded:
    """What a run did."""

    editions: list[str]
    people: int


@transaction.atomic
def load_demo(*, now: dt.datetime) -> Loaded:
    """Load the editions that are missing and, beside embedded servers only, the demo people."""
    made = []
    for slug, load in (("12", _load_twelfth), ("11", _load_eleventh)):
        if _is_missing(slug):
            load(now)
            made.append(slug)
    people = 0
    if settings.EMBEDDED:
        people = add_demo_people(
            twelfth=Edition.objects.get(slug="12"),
            eleventh=Edition.objects.get(slug="11"),
            now=now,
        )
    return Loaded(made, people)


def _is_missing(slug: str) -> bool:
    edition = Edition.objects.filter(slug=slug).first()
    if edition and not edition.is_demo:
        raise DemoRefused(
            f"The edition “{slug}” is a real one; the demo would mix with it. "
            "Load the demo into another database."
        )
    return edition is None


def _load_twelfth(now: dt.datetime) -> None:
    edition = _add_edition(
        TWELFTH,
        TWELFTH_TEXTS,
        # The forum is over, yet the visitor of a demo must be able to register: it never closes.
        registration_opens_at=dt.datetime(2025, 9, 1, tzinfo=dt.UTC),
        registration_closes_at=None,
        published_at=now,
        current_since=None if Edition.objects.current().exists() else now,
    )
    tracks, rooms = add_tracks(edition, TRACKS), add_rooms(edition, ROOMS)
    sessions = add_sessions(edition, COMMON + BREAKOUTS, tracks=tracks, rooms=rooms)
    cast(sessions, add_fictional_speakers(edition, now=now))
    add_plenary_speakers(edition, sessions[PLENARY_KEY], now=now)
    _publish(edition, now=now)
    bodies = add_organisations(now=now)
    delegates = add_delegates(edition, bodies)
    add_applicants(edition, bodies[Category.MEDIA])
    add_seats(edition, delegates, now=now)
    add_quotas(edition, now=now)


def _load_eleventh(now: dt.datetime) -> None:
    edition = _add_edition(ELEVENTH, ELEVENTH_TEXTS, published_at=now, archived_at=now)
    rooms = add_rooms(edition, ELEVENTH_ROOMS)
    sessions = add_sessions(edition, ELEVENTH_SESSIONS, tracks={}, rooms=rooms)
    cast(sessions, add_fictional_speakers(edition, now=now))
    _publish(edition, now=now)


def _publish(edition: Edition, *, now: dt.datetime) -> None:
    """Make the first release, as one of which all know: the demo begins without letters."""
    release = publish(edition, by=None, note="", now=now)
    release.told_at = now
    release.save(update_fields=["told_at"])


def _add_edition(facts: dict, texts: dict, **states: object) -> Edition:
    spread: dict[str, object] = {}
    for field, text in texts.items():
        spread |= in_languages(field, text)
    return Edition.objects.create(is_demo=True, **facts, **spread, **states)
