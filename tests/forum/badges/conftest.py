"""An edition with places for all, its organiser at the desk, and people who have a place."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.organisations.models import Region
from forum.models import Edition, Organiser, Registration

Holder = Callable[..., Registration]


@pytest.fixture(autouse=True)
def _private_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    cache.clear()


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def edition(now: dt.datetime) -> Edition:
    return Edition.objects.create(
        number=12,
        year=2025,
        slug="12",
        name_kk="Қазақстанның XII Азаматтық форумы",
        name_en="12th Civil Forum",
        city_kk="Астана",
        starts_on=dt.date(2025, 10, 15),
        ends_on=dt.date(2025, 10, 16),
        published_at=now,
    )


@pytest.fixture
def organiser(edition: Edition) -> User:
    person = User.objects.create_user("o01@example.org", given_name="Үлгі")
    Organiser.objects.create(edition=edition, person=person)
    return person


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


@pytest.fixture
def holder(edition: Edition, now: dt.datetime) -> Holder:
    """Give a place to somebody with these names, who comes for this body."""
    count = iter(range(1, 1000))

    def give(
        family_name: str = "Қатысушы",
        given_name: str = "Үлгі",
        latin_name: str = "",
        *,
        patronymic: str = "",
        organisation: str = "",
        region: str = "",
        **fields: Any,
    ) -> Registration:
        number = next(count)
        person = User.objects.create_user(
            f"p{number:02}@example.org",
            family_name=family_name,
            given_name=given_name,
            patronymic=patronymic,
            latin_name=latin_name,
        )
        body = Organisation.objects.create(name_kk=organisation) if organisation else None
        told: dict[str, Any] = {
            "code": f"TEST{number:02}",
            "category": "ngo",
            "languages": ["kk", "ru"],
            "registered_at": now,
            "confirmed_at": now,
            "region": Region.objects.get(code=region) if region else None,
        }
        return Registration.objects.create(
            edition=edition, person=person, organisation=body, **told | fields
        )

    return give
