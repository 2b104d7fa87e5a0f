"""An edition that is over and one that is to come, a delegate who was there, an organiser."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import Organisation, User
from forum.arrivals.models import Device, How, Scan, Verdict
from forum.documents import actions
from forum.documents.models import Document, Kind
from forum.models import Edition, Organiser, Registration

NOW = dt.datetime(2025, 10, 20, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _moment(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)
    cache.clear()


@pytest.fixture
def edition() -> Edition:
    """The 12th, whose last day is over."""
    return Edition.objects.create(
        number=12,
        year=2025,
        slug="12",
        name_kk="Қазақстанның XII Азаматтық форумы",
        name_ru="XII Гражданский форум Казахстана",
        name_en="12th Civil Forum of Kazakhstan",
        theme_kk="Әділетті Қазақстан",
        city_kk="Астана",
        city_en="Astana",
        venue_kk="Конгресс-орталық (демо)",
        organisers_kk="Қазақстан Азаматтық альянсы\nМинистрлік",
        signer_name_kk="Үлгі Төраға",
        signer_name_en="Sample Chair",
        signer_position_kk="Альянс президенті",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
        published_at=NOW,
    )


@pytest.fixture
def organiser(edition: Edition) -> User:
    person = User.objects.create_user("o01@example.org", given_name="Ұйым")
    Organiser.objects.create(edition=edition, person=person)
    return person


@pytest.fixture
def delegate() -> User:
    return User.objects.create_user(
        "p03@example.org",
        family_name="Нұрғазиева-Үлгі",
        given_name="Бәтіш",
        patronymic="Серікқызы",
        latin_name="Batish Sample",
    )


@pytest.fixture
def registration(edition: Edition, delegate: User) -> Registration:
    """Confirmed, and arrived."""
    body = Organisation.objects.create(name_kk="«Үлгі-07» ҚҚ", name_ru="ОФ «Пример-07»")
    return Registration.objects.create(
        edition=edition,
        person=delegate,
        organisation=body,
        job_title="Төраға",
        code="ABCDEF",
        category="ngo",
        registered_at=NOW,
        confirmed_at=NOW,
        arrived_at=NOW,
    )


@pytest.fixture
def coming(edition: Edition, registration: Registration) -> Registration:
    """The same, while the forum is still to come."""
    Edition.objects.filter(pk=edition.pk).update(
        starts_on=dt.date(2025, 11, 15), ends_on=dt.date(2025, 11, 16)
    )
    Registration.objects.update(arrived_at=None)
    registration.refresh_from_db()
    return registration


@pytest.fixture
def certificate(registration: Registration, delegate: User) -> Document:
    return actions.issue(registration, kind=Kind.CERTIFICATE, language="kk", by=delegate, now=NOW)


@pytest.fixture
def mine(client: Client, delegate: User) -> Client:
    client.force_login(delegate)
    return client


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


def let_in(registration: Registration, by: User, *, day: dt.date, **fields: Any) -> Scan:
    """Write down that somebody was let in on a day."""
    device, _made = Device.objects.get_or_create(
        edition=registration.edition, name="1", defaults={"enrolled_by": by}
    )
    at = dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)
    told: dict[str, Any] = {"how": How.NAME, "verdict": Verdict.WELCOME}
    return Scan.objects.create(
        edition=registration.edition,
        registration=registration,
        device=device,
        nonce=uuid.uuid4(),
        day=day,
        scanned_at=at,
        judged_at=at,
        received_at=at,
        by=by,
        **told | fields,
    )
