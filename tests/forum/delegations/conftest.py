"""An organisation with a contact, an edition open for registration, and delegates to come."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.contacts.actions import ask_to_be_contact, confirm_contact
from accounts.models import Contact, Organisation, Region, User
from forum.delegations.registering import register_delegates
from forum.delegations.rows import DelegateRow
from forum.models import Edition, Registration

Rows = Callable[..., list[DelegateRow]]
Registrar = Callable[..., list[Registration]]


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
        published_at=now,
        current_since=now,
        registration_opens_at=now - dt.timedelta(days=1),
        registration_closes_at=now + dt.timedelta(days=20),
    )


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(
        name_kk="«Үлгі-07» ҚҚ",
        name_ru="ОФ «Пример-07»",
        bin="600140000018",
        region=Region.objects.get(code="KZ-71"),
    )


@pytest.fixture
def other_organisation() -> Organisation:
    return Organisation.objects.create(name_kk="«Үлгі-08» ҚҚ", bin="600140000028")


def speaks_for(organisation: Organisation, name: str, language: str = "kk") -> User:
    """Make a person who is a confirmed contact."""
    person = User.objects.create_user(
        f"{name}@example.org", given_name=name.title(), language=language
    )
    clerk, _new = User.objects.get_or_create(email="clerk@example.org", is_superuser=True)
    now = timezone.now()
    asked = ask_to_be_contact(organisation, person=person, message="", now=now)
    confirm_contact(asked, by=clerk, now=now)
    return person


@pytest.fixture
def contact(organisation: Organisation) -> User:
    return speaks_for(organisation, "contact")


@pytest.fixture
def colleague(organisation: Organisation, contact: User) -> User:  # noqa: ARG001
    return speaks_for(organisation, "colleague", language="ru")


@pytest.fixture
def outsider(other_organisation: Organisation) -> User:
    return speaks_for(other_organisation, "outsider")


@pytest.fixture
def contact_client(contact: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(contact)
    return client


def row(number: int = 1, **fields: object) -> DelegateRow:
    """Make a row of one person."""
    told: dict[str, object] = {
        "number": number,
        "email": f"d{number}@example.org",
        "family_name": "Үлгі",
        "given_name": f"Делегат-{number}",
        "patronymic": "",
        "latin_name": "",
        "phone": "",
        "language": "kk",
        "category": "ngo",
        "job_title": "",
        "languages": ("kk",),
    }
    return DelegateRow(**(told | fields))  # type: ignore[arg-type]


def rows(count: int, **fields: object) -> list[DelegateRow]:
    """Make rows of several people."""
    return [row(number, **fields) for number in range(1, count + 1)]


@pytest.fixture
def enrol(
    edition: Edition, organisation: Organisation, contact: User, now: dt.datetime
) -> Registrar:
    """Register people as the contact does."""

    def register(people: list[DelegateRow], **fields: object) -> list[Registration]:
        told: dict[str, object] = {"region": None, "by": contact, "now": now}
        return register_delegates(edition, organisation, people, **(told | fields))  # type: ignore[arg-type]

    return register


def end_contact_of(person: User) -> None:
    """Let a person speak for nobody any more."""
    Contact.objects.filter(person=person).update(ended_at=timezone.now(), ended_by=person)
