"""An edition with two places, open for registration, and people who want to come."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ConsentText, Purpose, Region, User
from accounts.organisations.models import Organisation
from forum.models import Edition, Registration
from forum.registrations import actions

Registrar = Callable[..., Registration]


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def edition(now: dt.datetime) -> Edition:
    return Edition.objects.create(
        number=12,
        year=now.year,
        slug="12",
        name_kk="XII Азаматтық форум",
        name_en="12th Civil Forum",
        starts_on=now.date() + dt.timedelta(days=30),
        ends_on=now.date() + dt.timedelta(days=31),
        capacity=2,
        published_at=now,
        registration_opens_at=now - dt.timedelta(days=1),
        registration_closes_at=now + dt.timedelta(days=20),
    )


@pytest.fixture
def people() -> list[User]:
    return [
        User.objects.create_user(f"p{number}@example.org", given_name=f"Sample {number}")
        for number in range(1, 6)
    ]


@pytest.fixture
def delegate(people: list[User]) -> User:
    return people[0]


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(
        name_kk="«Үлгі-07» ҚҚ",
        name_ru="ОФ «Пример-07»",
        bin="600140000018",
        region=Region.objects.get(code="KZ-71"),
    )


@pytest.fixture
def processing() -> ConsentText:
    return ConsentText.objects.current().get(purpose=Purpose.PROCESSING)


@pytest.fixture
def enrol(edition: Edition, processing: ConsentText, now: dt.datetime) -> Registrar:
    """Register a person as a delegate of no organisation."""

    def register(person: User, **fields: object) -> Registration:
        told: dict[str, object] = {
            "category": "ngo",
            "organisation": None,
            "languages": ["kk"],
            "needs": [],
            "needs_note": "",
            "job_title": "",
            "consents": [processing],
            "now": now,
        }
        return actions.register(edition, person=person, **(told | fields))  # type: ignore[arg-type]

    return register


@pytest.fixture
def delegate_client(client: Client, delegate: User) -> Client:
    client.force_login(delegate)
    return client
