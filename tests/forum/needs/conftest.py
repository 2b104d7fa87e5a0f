"""An edition of two days, who comes to it, and who looks."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from accounts.codes import new_code
from accounts.models import User
from forum.models import Edition, Organiser, Registration

Comes = Callable[..., Registration]
FIRST, SECOND = dt.date(2036, 10, 15), dt.date(2036, 10, 16)


@pytest.fixture
def now() -> dt.datetime:
    return dt.datetime(2036, 10, 1, 7, tzinfo=dt.UTC)


@pytest.fixture
def edition() -> Edition:
    return make_edition("13")


def make_edition(slug: str) -> Edition:
    return Edition.objects.create(
        slug=slug,
        year=2036,
        name_en=f"Forum {slug}",
        starts_on=FIRST,
        ends_on=SECOND,
        published_at=timezone.now(),
    )


@pytest.fixture
def comes(edition: Edition, now: dt.datetime) -> Comes:
    """Add somebody who holds a place; the number makes the name."""

    def add(*needs: str, **fields: object) -> Registration:
        number = User.objects.count() + 1
        person = User.objects.create_user(
            f"p{number:02d}@example.org",
            family_name=f"Образец-{number:02d}",
            given_name="Участников",
        )
        told: dict[str, object] = {
            "edition": edition,
            "category": "ngo",
            "languages": ["kk", "ru"],
            "registered_at": now,
            "confirmed_at": now,
        }
        return Registration.objects.create(
            person=person, code=new_code(), needs=list(needs), **(told | fields)
        )

    return add


def organiser_of(edition: Edition, *, sees: bool) -> User:
    person = User.objects.create_user(f"organiser-{edition.slug}-{sees}@example.org")
    since = timezone.now() if sees else None
    Organiser.objects.create(edition=edition, person=person, sees_needs_since=since)
    return person


def staff(*codenames: str) -> User:
    person = User.objects.create_user("staff@example.org", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


def browser_of(person: User | None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if person:
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def preparer(edition: Edition) -> User:
    """An organiser who sees what single people need."""
    return organiser_of(edition, sees=True)


@pytest.fixture
def organiser(edition: Edition) -> User:
    """An organiser who sees counts alone."""
    return organiser_of(edition, sees=False)
