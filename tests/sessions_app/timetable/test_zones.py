"""Two editions in two zones, one of them over the night in which its clocks go back."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import User
from forum.mailing.planning import carry_out
from forum.models import Edition, Letter, LetterKind, Registration
from sessions_app.releases.actions import publish
from sessions_app.sessions.models import Appearance, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Placement, Room
from sessions_app.timetable.planners import day_summaries, edition_reminders, session_reminders

pytestmark = pytest.mark.django_db
RULES = [edition_reminders, session_reminders, day_summaries]
WRITTEN = dt.datetime(2025, 10, 1, tzinfo=dt.UTC)
SUNDAY = dt.date(2025, 10, 26)
"""In Berlin 25 hours long: at 03:00 the clocks go back to 02:00."""


def edition_in(zone: str, *, slug: str) -> Edition:
    """Make an edition with one delegate, and one session that begins on Sunday at nine."""
    made = Edition.objects.create(
        number=int(slug),
        year=2025,
        slug=slug,
        name_kk=f"Форум {slug}",
        starts_on=SUNDAY,
        ends_on=SUNDAY,
        time_zone=zone,
        published_at=WRITTEN,
    )
    begins = dt.datetime.combine(SUNDAY, dt.time(9), tzinfo=ZoneInfo(zone))
    session = Session.objects.create(edition=made, code=f"S{slug}", title_kk=f"Ашылу {slug}")
    Appearance.objects.create(
        session=session,
        speaker=Speaker.objects.create(
            edition=made, code=f"P{slug}", family_name_kk="Үлгі", email=f"s{slug}@example.org"
        ),
    )
    Placement.objects.create(
        session=session,
        room=Room.objects.create(edition=made, code="main", name_kk="Зал"),
        starts_at=begins,
        ends_at=begins + dt.timedelta(hours=1),
    )
    Registration.objects.create(
        edition=made,
        person=User.objects.create_user(f"d{slug}@example.org", language="kk"),
        code=f"R{slug}",
        category="ngo",
        registered_at=WRITTEN,
        confirmed_at=WRITTEN,
    )
    publish(made, by=None, note="", now=WRITTEN)
    return made


def first_written(kind: LetterKind) -> dict[str, str]:
    """Run the planners every quarter of an hour; tell when, in UTC, each edition first wrote."""
    found: dict[str, str] = {}
    moment = dt.datetime(2025, 10, 25, tzinfo=dt.UTC)
    while moment < dt.datetime(2025, 10, 26, 12, tzinfo=dt.UTC):
        carry_out(RULES, now=moment)
        for slug in Letter.objects.filter(kind=kind).values_list("edition__slug", flat=True):
            found.setdefault(slug, f"{moment:%d %H:%M}")
        moment += dt.timedelta(minutes=15)
    return found


@pytest.mark.parametrize(
    ("kind", "almaty", "berlin"),
    [
        (LetterKind.EDITION_REMINDER, "25 05:00", "25 08:00"),
        (LetterKind.DAY_SUMMARY, "25 13:00", "25 16:00"),
        (LetterKind.SESSION_REMINDER, "26 03:00", "26 07:00"),
    ],
)
def test_each_edition_writes_by_its_own_clocks(kind: LetterKind, almaty: str, berlin: str) -> None:
    edition_in("Asia/Almaty", slug="1")
    edition_in("Europe/Berlin", slug="2")
    assert first_written(kind) == {"1": almaty, "2": berlin}
    letters = Letter.objects.filter(kind=kind)
    assert letters.count() == 2
    for letter in letters:
        assert "09:00" in letter.text


def test_the_page_and_the_letter_tell_the_same_hour(client: Client) -> None:
    edition_in("Europe/Berlin", slug="2")
    page = client.get("/kk/2/programme/").content.decode()
    assert "09:00" in page
    assert "08:00" not in page
