"""An edition in years to come, two speakers, an organiser; uploads lie in the test's own folder."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from forum.models import Edition, Organiser
from sessions_app.models import Appearance, Material, Placement, Role, Room, Session, Speaker

NOW = dt.datetime(2098, 9, 1, 7, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
FIRST_DAY = dt.date(2098, 10, 15)
PDF = b"%PDF-1.7\n%%EOF"


def at(clock: str) -> dt.datetime:
    """Make a moment of the first day in Astana."""
    hour, minute = map(int, clock.split(":"))
    zone = dt.timezone(dt.timedelta(hours=5))
    return dt.datetime(2098, 10, 15, hour, minute, tzinfo=zone)


def photo(size: tuple[int, int] = (300, 200)) -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", size, (10, 120, 140)).save(made, "JPEG")
    return SimpleUploadedFile("me.jpg", made.getvalue(), "image/jpeg")


def slides(name: str = "Баяндама.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def files(media: Path) -> list[str]:
    """Name what lies there."""
    return sorted(path.parent.name for path in media.rglob("*") if path.is_file())


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        number=90,
        year=2098,
        slug="90",
        name_kk="Форум",
        name_en="Forum",
        organisers_kk="Ұйым\nМинистрлік",
        organisers_ru="Союз\nМинистерство",
        contact_email="forum@example.org",
        starts_on=FIRST_DAY,
        ends_on=FIRST_DAY + DAY,
    )


@pytest.fixture
def speaker(edition: Edition) -> Speaker:
    return Speaker.objects.create(
        edition=edition,
        code="SPK001",
        given_name_kk="Үлгі",
        family_name_kk="Спикер",
        email="speaker@example.org",
        language="ru",
    )


@pytest.fixture
def other(edition: Edition) -> Speaker:
    return Speaker.objects.create(
        edition=edition, code="SPK002", given_name_kk="Басқа", email="other@example.org"
    )


@pytest.fixture
def session(edition: Edition, speaker: Speaker) -> Session:
    """A session in which the speaker reads for somebody, placed in the draft."""
    made = Session.objects.create(edition=edition, code="SES001", title_kk="Климат")
    Appearance.objects.create(
        session=made, speaker=speaker, role=Role.READER, behalf_of_kk="Үлгі Өкілетті"
    )
    room = Room.objects.create(edition=edition, code="main", name_kk="Үлкен зал")
    Placement.objects.create(session=made, room=room, starts_at=at("10:00"), ends_at=at("11:00"))
    return made


@pytest.fixture
def organiser(edition: Edition) -> User:
    person = User.objects.create_user(
        "organiser@example.org", given_name="Үлгі", family_name="Ұйымдастырушы"
    )
    Organiser.objects.create(edition=edition, person=person)
    return person


@pytest.fixture
def desk(organiser: User) -> Client:
    client = Client()
    client.force_login(organiser)
    return client


def link(speaker: Speaker, page: str = "") -> str:
    """Return the address of the speaker's own page, in English."""
    return f"/en/{speaker.edition.slug}/speaking/{speaker.code}/{speaker.link_secret}/{page}"


def reread(speaker: Speaker) -> Speaker:
    """Return the speaker as the database has them."""
    return Speaker.objects.get(pk=speaker.pk)


@pytest.fixture
def material(client: Client, speaker: Speaker, session: Session) -> Material:
    """Slides that the speaker gave for the session; not published yet."""
    client.post(link(speaker, f"sessions/{session.code}/file/"), {"title": "T", "file": slides()})
    return Material.objects.get()
