"""Journalists who await approval, for the one place that the quota of the media has left."""

import datetime as dt

from accounts.models import Organisation, User
from forum.editions.models import Edition
from forum.quotas.models import Approval, Category, CategoryRule
from forum.registrations.models import Registration
from sessions_app.demo.delegates import add_consents, free_codes, made_person

FIRST_NUMBER, APPLICANTS = 701, 12
FIRST_CAME = dt.datetime(2025, 10, 7, 5, tzinfo=dt.UTC)
EVERY = dt.timedelta(hours=13)


def add_applicants(edition: Edition, bodies: list[Organisation]) -> None:
    """Let the organisers approve the media, and some of them wait for that."""
    CategoryRule.objects.create(
        edition=edition, category=Category.MEDIA, approval=Approval.ORGANISERS
    )
    people = User.objects.bulk_create(
        made_person(FIRST_NUMBER + place, Category.MEDIA, joined=FIRST_CAME + place * EVERY)
        for place in range(APPLICANTS)
    )
    add_consents(people)
    Registration.objects.bulk_create(
        Registration(
            edition=edition,
            person=person,
            code=code,
            organisation=bodies[place % len(bodies)],
            region=bodies[place % len(bodies)].region,
            category=Category.MEDIA,
            started_at=person.date_joined,
            languages=["kk", "ru"],
            registered_at=person.date_joined,
            approval_asked_at=person.date_joined,
        )
        for place, (person, code) in enumerate(zip(people, free_codes(APPLICANTS), strict=True))
    )
