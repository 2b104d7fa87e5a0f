"""An edition of ten places, three organisations, and people who come for them in any state."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone, translation

from accounts.models import Organisation, Region, User
from forum.models import Edition, Registration

Comer = Callable[..., list[Registration]]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


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
        starts_on=now.date() + dt.timedelta(days=30),
        ends_on=now.date() + dt.timedelta(days=31),
        capacity=10,
        published_at=now,
        registration_opens_at=now - dt.timedelta(days=1),
    )


@pytest.fixture
def organiser() -> User:
    return User.objects.create_user("organiser@example.org", given_name="Organiser")


@pytest.fixture
def akmola() -> Region:
    return Region.objects.get(code="KZ-11")


@pytest.fixture
def astana() -> Region:
    return Region.objects.get(code="KZ-71")


@pytest.fixture
def bodies(akmola: Region) -> list[Organisation]:
    return [
        Organisation.objects.create(name_kk=f"«Үлгі-{number}» ҚҚ", region=akmola)
        for number in range(1, 4)
    ]


@pytest.fixture
def come(edition: Edition, now: dt.datetime) -> Comer:
    """Let people stand in a state: "confirmed", "offered", "waiting" or "awaiting"."""
    numbers = itertools.count(1)
    moments = {
        "confirmed": {"confirmed_at": now},
        "offered": {"offered_at": now, "offer_until": now + dt.timedelta(hours=12)},
        "waiting": {"waiting_since": now},
        "awaiting": {"approval_asked_at": now},
    }

    def come(
        count: int = 1,
        state: str = "confirmed",
        *,
        category: str = "ngo",
        region: Region | None = None,
        organisation: Organisation | None = None,
    ) -> list[Registration]:
        made = []
        for _ in range(count):
            number = next(numbers)
            person = User.objects.create_user(f"p{number}@example.org", given_name="Sample")
            made.append(
                Registration.objects.create(
                    edition=edition,
                    person=person,
                    code=f"T{number}",
                    category=category,
                    region=region or (organisation.region if organisation else None),
                    organisation=organisation,
                    registered_at=now,
                    **moments[state],
                )
            )
        return made

    return come
