"""An edition of two places whose organisers approve, and one of them at the desk."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ConsentText, Purpose, Region, User
from accounts.organisations.models import Organisation
from forum.models import Approval, CategoryRule, Edition, Organiser, Registration
from forum.registrations import actions

Enrol = Callable[..., Registration]
LIST = "/en/90/desk/registrations/"
DECIDE = f"{LIST}decide/"


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def edition(now: dt.datetime) -> Edition:
    found = Edition.objects.create(
        number=12,
        year=now.year,
        slug="90",
        name_kk="XII Азаматтық форум",
        name_en="12th Civil Forum",
        starts_on=now.date() + dt.timedelta(days=30),
        ends_on=now.date() + dt.timedelta(days=31),
        capacity=2,
        published_at=now,
        registration_opens_at=now - dt.timedelta(days=9),
    )
    CategoryRule.objects.create(edition=found, category="ngo", approval=Approval.ORGANISERS)
    return found


@pytest.fixture
def organiser(edition: Edition) -> User:
    person = User.objects.create_user("organiser@example.org", family_name="Ұйымдастырушы")
    Organiser.objects.create(edition=edition, person=person)
    return person


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


@pytest.fixture
def people() -> list[User]:
    return [
        User.objects.create_user(
            f"p{number:02}@example.org",
            family_name=f"Үлгіұлы-{number:02}",
            given_name="Нұр",
            language=("kk", "ru")[number % 2],
        )
        for number in range(1, 6)
    ]


@pytest.fixture
def body() -> Organisation:
    return Organisation.objects.create(
        name_kk="«Үлгі-07» ҚҚ",
        name_ru="ОФ «Пример-07»",
        bin="600140000018",
        region=Region.objects.get(code="KZ-71"),
    )


@pytest.fixture
def enrol(edition: Edition, now: dt.datetime) -> Enrol:
    """Register a person as a delegate of no organisation, for an NGO."""
    text = ConsentText.objects.current().get(purpose=Purpose.PROCESSING)

    def register(person: User, **fields: object) -> Registration:
        told: dict[str, object] = {
            "category": "ngo",
            "organisation": None,
            "languages": ["kk"],
            "needs": [],
            "needs_note": "",
            "job_title": "",
            "consents": [text],
            "now": now,
        }
        return actions.register(edition, person=person, **(told | fields))  # type: ignore[arg-type]

    return register


@pytest.fixture
def five(people: list[User], enrol: Enrol, now: dt.datetime) -> list[Registration]:
    """Five who await approval, the first having registered first."""
    return [
        enrol(person, now=now - dt.timedelta(days=5 - place)) for place, person in enumerate(people)
    ]


def standing() -> list[str]:
    """Return everybody's status, in the order in which they came."""
    return [str(one.status) for one in Registration.objects.order_by("pk")]
