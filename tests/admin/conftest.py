"""A small cast: a superuser, a registrar, an organiser without staff rights, a delegate; rows."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from accounts.contacts.actions import ask_to_be_contact
from accounts.models import ConsentText, LikelyDouble, Organisation, Purpose, Region, User
from forum.models import Edition, Letter, NeedsErasure, NeedsView, Organiser, Registration
from forum.registrations import actions
from sessions_app.demo.people import REGISTRAR_MAY
from sessions_app.models import (
    Appearance,
    Building,
    Placement,
    Room,
    Session,
    Speaker,
    Track,
    WarningLevel,
)
from sessions_app.releases.actions import publish
from sessions_app.warnings.models import Level, Rule

Fill = Callable[[int], None]


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def edition(now: dt.datetime) -> Edition:
    return Edition.objects.create(
        number=12,
        year=now.year,
        slug="12",
        name_kk="XII форум",
        name_ru="XII форум (ru)",
        starts_on=now.date() + dt.timedelta(days=30),
        ends_on=now.date() + dt.timedelta(days=31),
        published_at=now,
        current_since=now,
        registration_opens_at=now - dt.timedelta(days=1),
    )


@pytest.fixture
def superuser() -> User:
    return User.objects.create_superuser("boss@example.org", "secret-for-tests", given_name="Boss")


@pytest.fixture
def registrar() -> User:
    user = User.objects.create_user("registrar@example.org", given_name="Registrar", is_staff=True)
    group = Group.objects.create(name="Registrars")
    group.permissions.set(Permission.objects.filter(codename__in=REGISTRAR_MAY))
    user.groups.add(group)
    return user


@pytest.fixture
def organiser(edition: Edition) -> User:
    user = User.objects.create_user("organiser@example.org", given_name="Organiser")
    Organiser.objects.create(edition=edition, person=user)
    return user


@pytest.fixture
def boss(client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


@pytest.fixture
def clerk(client: Client, registrar: User) -> Client:
    client.force_login(registrar)
    return client


def enrol(edition: Edition, number: int, now: dt.datetime, **fields: object) -> Registration:
    """Register a person of an organisation of their own."""
    person = User.objects.create_user(f"p{number:02}@example.org", given_name=f"Үлгі {number:02}")
    region = Region.objects.order_by("position")[number % 5]
    body = Organisation.objects.create(name_kk=f"Ұйым {number:02}", region=region)
    purposes = [Purpose.PROCESSING, *([Purpose.NEEDS] if "needs" in fields else [])]
    told: dict[str, object] = {
        "category": "ngo",
        "organisation": body,
        "languages": ["kk"],
        "needs": [],
        "needs_note": "",
        "job_title": "",
        "consents": list(ConsentText.objects.current().filter(purpose__in=purposes)),
        "now": now,
    }
    return actions.register(edition, person=person, **(told | fields))  # type: ignore[arg-type]


@pytest.fixture
def fill(edition: Edition, now: dt.datetime) -> Fill:
    """Make rows of everything that the admin lists, until there are so many."""

    def make(count: int) -> None:
        for number in range(Session.objects.count(), count):
            made = enrol(edition, number, now)
            Letter.objects.create(
                edition=edition,
                kind="confirmed",
                recipient=made.person,
                to_address=made.person.email,
                language="kk",
                subject=f"Хат {number}",
                text="Мәтін",
                html='<p style="color:#006f88">Мәтін</p>',
                calendar="BEGIN:VCALENDAR",
                dedupe_key=f"test:{number}",
            )
            _add_look(made, now)
            _add_contact(made, now)
            _add_session(edition, number, now)
            Building.objects.create(edition=edition, name_kk=f"Ғимарат {number}")
            WarningLevel.objects.create(
                edition=edition, rule=Rule.values[number], level=Level.BLOCKS_PLACING
            )
        publish(edition, by=None, note="", now=now)

    return make


def _add_look(registration: Registration, now: dt.datetime) -> None:
    NeedsView.objects.create(
        edition=registration.edition,
        person=registration.person,
        at=now,
        seen="record",
        registration=registration,
    )
    NeedsErasure.objects.create(
        edition=registration.edition,
        by=registration.person,
        at=now,
        registrations=1,
        snapshots=1,
    )


def _add_contact(registration: Registration, now: dt.datetime) -> None:
    """Let the delegate ask to speak for the organisation, which another record seems to be too."""
    body, person = registration.organisation, registration.person
    assert body is not None
    ask_to_be_contact(body, person=person, message="", now=now)
    double = Organisation.objects.create(name_ru=body.name_kk)
    LikelyDouble.objects.create(
        first=body, second=double, reason=LikelyDouble.Reason.NAME, score=1, found_at=now
    )


def _add_session(edition: Edition, number: int, now: dt.datetime) -> None:
    track = Track.objects.create(edition=edition, code=f"t{number}", name_kk=f"Бағыт {number}")
    room = Room.objects.create(edition=edition, code=f"r{number}", name_kk=f"Зал {number}")
    session = Session.objects.create(
        edition=edition, code=f"S{number}", title_kk=f"Отырыс {number}", track=track
    )
    speaker = Speaker.objects.create(
        edition=edition, code=f"P{number}", given_name_kk=f"Спикер {number}"
    )
    Appearance.objects.create(session=session, speaker=speaker)
    Placement.objects.create(
        session=session, room=room, starts_at=now, ends_at=now + dt.timedelta(hours=1)
    )
