"""A forum of two days, two rooms, two speakers; its sessions lack nothing of themselves."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from forum.editions.models import Edition
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room
from sessions_app.warnings.access import findings_of
from sessions_app.warnings.models import Rule

ASTANA = dt.timezone(dt.timedelta(hours=5))


def at(clock: str, day: int = 15) -> dt.datetime:
    """Make a moment of October 2025 in Astana."""
    hour, minute = map(int, clock.split(":"))
    return dt.datetime(2025, 10, day, hour, minute, tzinfo=ASTANA)


def rules(edition: Edition) -> list[str]:
    """Name the rules that the draft breaks."""
    return [finding.rule.value for finding in findings_of(edition)]


def sentences(edition: Edition) -> list[str]:
    """Say what is wrong with the draft."""
    return [finding.sentence for finding in findings_of(edition)]


def concerned(edition: Edition, rule: Rule) -> list[set[int]]:
    """Return the sessions of each finding of a rule."""
    return [set(one.sessions) for one in findings_of(edition) if one.rule == rule]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        number=12,
        year=2025,
        slug="12",
        name_kk="XII форум",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
    )


@pytest.fixture
def hall(edition: Edition) -> Room:
    return Room.objects.create(edition=edition, code="hall", name_en="Hall", capacity=100)


@pytest.fixture
def annex(edition: Edition) -> Room:
    return Room.objects.create(edition=edition, code="annex", name_en="Annex", capacity=40)


def make_speaker(edition: Edition, code: str, name: str) -> Speaker:
    return Speaker.objects.create(
        edition=edition, code=code, given_name_en=name, confirmed_at=at("09:00", day=1)
    )


@pytest.fixture
def aigul(edition: Edition) -> Speaker:
    return make_speaker(edition, "SPK001", "Aigul Example")


@pytest.fixture
def daniyar(edition: Edition) -> Speaker:
    return make_speaker(edition, "SPK002", "Daniyar Example")


Maker = Callable[..., Session]


@pytest.fixture
def session(edition: Edition) -> Maker:
    """Make a session that lacks nothing; `when` places it: "10:00-11:00"."""

    def make(
        title: str,
        room: Room | None = None,
        when: str = "",
        *,
        day: int = 15,
        speaker: Speaker | None = None,
        role: str = "speaker",
        **fields: Any,
    ) -> Session:
        made = Session.objects.create(
            edition=edition,
            code=f"S{Session.objects.count():05}",
            **{"kind": "master_class", "title_kk": title, "title_ru": title, "title_en": title}
            | fields,
        )
        if speaker:
            Appearance.objects.create(session=made, speaker=speaker, role=role)
        if room:
            start, end = when.split("-")
            Placement.objects.create(
                session=made, room=room, starts_at=at(start, day), ends_at=at(end, day)
            )
        return made

    return make
