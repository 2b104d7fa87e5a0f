"""Two processes publish at one moment, ten times: one release each time, one letter a person."""

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from forum.models import Edition, Letter
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Release, Room

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[3]
ROUNDS, PEOPLE = 10, 5
Organiser = subprocess.Popen[str]


def database_url() -> str:
    """Name the test's database, as a URL, for other processes."""
    names = connection.settings_dict
    host = names["HOST"] or "127.0.0.1"
    account = f"{names['USER']}:{names['PASSWORD']}"
    return f"postgresql://{account}@{host}:{names['PORT']}/{names['NAME']}"


@pytest.fixture
def sessions() -> list[Session]:
    """Make an edition in a month, with a session for each of PEOPLE speakers."""
    day = timezone.now().date() + dt.timedelta(days=30)
    edition = Edition.objects.create(
        slug="12",
        year=day.year,
        name_kk="XII форум",
        starts_on=day,
        ends_on=day,
        published_at=timezone.now(),
    )
    start = dt.datetime.combine(day, dt.time(6), tzinfo=dt.UTC)
    made = []
    for number in range(PEOPLE):
        room = Room.objects.create(edition=edition, code=f"r{number}", name_kk=f"{number}-зал")
        session = Session.objects.create(edition=edition, code=f"S{number}", title_kk=f"{number}")
        speaker = Speaker.objects.create(
            edition=edition, code=f"P{number}", email=f"s{number}@example.org"
        )
        Appearance.objects.create(session=session, speaker=speaker)
        Placement.objects.create(
            session=session, room=room, starts_at=start, ends_at=start + dt.timedelta(hours=1)
        )
        made.append(session)
    return made


@pytest.fixture
def organisers(sessions: list[Session]) -> Iterator[list[Organiser]]:
    """Start two processes that publish on a word."""
    del sessions
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "forum.settings",
    }
    command = [sys.executable, "-m", "tests.sessions_app.releases.publisher"]
    started = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _each in range(2)
    ]
    yield started
    for process in started:
        process.communicate(timeout=30)


def publish_at_once(organisers: list[Organiser]) -> list[int]:
    moment = time.time() + 0.2
    for process in organisers:
        assert process.stdin
        process.stdin.write(f"{moment}\n")
        process.stdin.flush()
    return [int(process.stdout.readline()) for process in organisers if process.stdout]


def test_two_who_publish_at_once_make_one_release_and_one_letter_a_person(
    sessions: list[Session], organisers: list[Organiser]
) -> None:
    for number in range(1, ROUNDS + 1):
        assert publish_at_once(organisers) == [number, number]
        assert Release.objects.count() == number
        assert Release.objects.filter(told_at=None).count() == 0
        letters = Letter.objects.filter(sent_at=None)
        expected = PEOPLE if number == 1 else 1
        assert letters.values("to_address").distinct().count() == letters.count() == expected
        letters.update(begun_at=timezone.now(), sent_at=timezone.now())
        moved = Placement.objects.get(session=sessions[number % PEOPLE])
        moved.starts_at += dt.timedelta(minutes=number)
        moved.ends_at += dt.timedelta(minutes=number)
        moved.save()
