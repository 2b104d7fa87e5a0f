"""Writes organisations and delegates by the ten thousand, in bulk."""

import datetime as dt

from django.contrib.auth.hashers import make_password

from accounts.models import Consent, ConsentText, Organisation, Purpose, Region, User
from forum.editions.models import Edition
from forum.quotas.models import Category
from forum.registrations.models import Registration
from sessions_app.demo.delegates import free_codes

BATCH = 3000


def add_organisations(count: int) -> list[Organisation]:
    """Add fictional NGOs, spread over the regions."""
    regions = list(Region.objects.order_by("position"))
    return Organisation.objects.bulk_create(
        [
            Organisation(
                name_kk=f"ҚҚ «Үлгі-{number:05d}»",
                name_ru=f"ОФ «Образец-{number:05d}»",
                name_en=f"Sample-{number:05d} Foundation",
                legal_form="public_foundation",
                region=regions[number % len(regions)],
            )
            for number in range(1, count + 1)
        ],
        batch_size=BATCH,
    )


def add_delegates(
    edition: Edition, organisations: list[Organisation], *, count: int, now: dt.datetime
) -> None:
    """Add people with consents and confirmed registrations."""
    password = make_password(None)
    people = User.objects.bulk_create(
        [
            User(
                email=f"{edition.slug}-{number:05d}@example.org",
                password=password,
                family_name=f"Қатысушы {number:05d}",
                given_name="Үлгі",
                language=("kk", "ru")[number % 2],
                date_joined=now,
            )
            for number in range(1, count + 1)
        ],
        batch_size=BATCH,
    )
    text = ConsentText.objects.filter(purpose=Purpose.PROCESSING).order_by("-version")[0]
    Consent.objects.bulk_create(
        [
            Consent(person=person, text=text, language="kk", method=Consent.Method.DEMO)
            for person in people
        ],
        batch_size=BATCH,
    )
    Registration.objects.bulk_create(
        [
            Registration(
                edition=edition,
                person=person,
                code=code,
                organisation=organisations[place % len(organisations)] if organisations else None,
                region=organisations[place % len(organisations)].region if organisations else None,
                category=Category.NGO,
                languages=["kk", "ru"],
                registered_at=now - dt.timedelta(minutes=place),
                confirmed_at=now,
            )
            for place, (person, code) in enumerate(zip(people, free_codes(count), strict=True))
        ],
        batch_size=BATCH,
    )
