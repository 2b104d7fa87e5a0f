"""Real programmes from outside the project, and small ones written here."""

import datetime as dt
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from django.conf import settings
from django.utils import translation

from forum.editions.models import Edition
from sessions_app.exchange.actions import import_new_edition, import_schedule
from sessions_app.exchange.interpreting import interpret
from sessions_app.exchange.programme import Programme
from sessions_app.exchange.raw import UnreadableSchedule
from sessions_app.exchange.reading import read_schedule
from sessions_app.exchange.report import Report

SHARED = Path(os.environ.get("SHARED_DATA") or settings.BASE_DIR.parent / "shared/data")
NOW = dt.datetime(2025, 10, 1, 12, 0, tzinfo=dt.UTC)


def shared(name: str) -> Path:
    """Return a file of the shared data, or skip the test where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs {name} of the shared data; name its folder in SHARED_DATA")
    return path


def xml(inner: str, *, conference: str = "") -> BinaryIO:
    """Make a schedule.xml of one day, 16 October 2025, in Astana's zone."""
    text = (
        "<schedule><conference><title>Small</title>"
        f"<time_zone_name>Asia/Almaty</time_zone_name>{conference}</conference>"
        f'<day index="1" date="2025-10-16">{inner}</day></schedule>'
    )
    return io.BytesIO(text.encode())


def event(
    title: str = "A talk",
    *,
    id: str = "1",
    start: str = "10:00",
    duration: str = "01:00",
    more: str = "<room>Hall</room>",
) -> str:
    """Make one event of a schedule.xml."""
    return (
        f'<event id="{id}"><title>{title}</title><start>{start}</start>'
        f"<duration>{duration}</duration>{more}</event>"
    )


@pytest.fixture
def english() -> Iterator[None]:
    """Read refusals and reports in English, whatever the catalogues hold."""
    with translation.override("en"):
        yield


def read(content: bytes) -> Programme:
    """Read a file and interpret it."""
    return interpret(read_schedule(io.BytesIO(content)), zone="Asia/Almaty", site="http://here/")


def read_or_refused(content: bytes) -> str:
    """Say how it went; any other exception than the named one fails the test."""
    try:
        return f"read {len(read(content).items)}"
    except UnreadableSchedule as refusal:
        return str(refusal)


def load(inner: str, *, conference: str = "") -> Report:
    """Import a small programme into the edition `small`, which the first one makes."""
    stream = xml(inner, conference=conference)
    edition = Edition.objects.filter(slug="small").first()
    if edition:
        return import_schedule(stream, edition, by=None, now=NOW)
    return import_new_edition(stream, "small", by=None, now=NOW)
