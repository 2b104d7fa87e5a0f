"""Races for places of crossing quotas, offers and approvals: over HTTP, by separate processes."""

import datetime as dt
import itertools
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Consent, ConsentText, Region, User
from accounts.organisations.models import Organisation
from forum.models import Edition, Quota, Registration, Status
from forum.registrations import actions, queue
from tests.racing import database_url, posting, run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CATEGORIES = ("ngo", "media", "business", "council")
KINDS = {"ngo": "ngo", "media": "media", "business": "business", "council": "council"}
CLIENTS = 400


def people(count: int) -> list[User]:
    made = User.objects.bulk_create(
        User(email=f"c{number}@example.org", password="!") for number in range(count)
    )
    texts = list(ConsentText.objects.current())
    Consent.objects.bulk_create(
        Consent(person=person, text=text, language="kk", method="form")
        for person in made
        for text in texts
    )
    return made


def bodies(regions: list[Region]) -> dict[str, list[Organisation]]:
    return {
        category: Organisation.objects.bulk_create(
            Organisation(name_kk=f"{category} {number}", kind=kind, region=regions[number % 4])
            for number in range(20)
        )
        for category, kind in KINDS.items()
    }


def crossing(edition: Edition, regions: list[Region]) -> None:
    """Limit each category, each region, some cells, and every organisation, under the whole."""
    Edition.objects.filter(pk=edition.pk).update(capacity=150, organisation_cap=6)
    Quota.objects.bulk_create(
        [
            *(Quota(edition=edition, category=one, places=45) for one in CATEGORIES),
            *(Quota(edition=edition, region=one, places=42) for one in regions),
            *(
                Quota(edition=edition, category=category, region=region, places=12)
                for category, region in itertools.product(CATEGORIES[:2], regions)
            ),
        ]
    )


def test_400_clients_race_for_crossing_quotas(server: int, edition: Edition) -> None:
    regions = list(Region.objects.all()[:4])
    crossing(edition, regions)
    choices = bodies(regions)
    errands: list[dict[str, Any]] = []
    for number, person in enumerate(people(CLIENTS)):
        category = CATEGORIES[number % 4]
        body = choices[category][number // 4 % 20]
        form = {"category": category, "languages": ["kk"], "organisation": str(body.pk)}
        errands.append(posting(person, server, "/kk/12/register/", form))
    assert Counter(run("http", errands)) == {302: CLIENTS}
    held = Registration.objects.confirmed()
    edition.refresh_from_db()
    assert Registration.objects.count() == CLIENTS
    assert (edition.places_taken, held.count() <= 150) == (held.count(), True)
    for quota in Quota.objects.all():
        assert quota.taken == held.within(quota).count()
        assert quota.places is not None
        assert quota.taken <= quota.places
    assert Quota.objects.exclude(organisation=None).count() == 80
    # Nobody waits for nothing: each who waits is held back by a quota that is full.
    if edition.places_taken < 150:
        assert not queue.that_fit(edition.registrations.waiting()).exists()


def test_without_lock_and_counter_a_quota_is_oversold(edition: Edition) -> None:
    """The control: clients that count and then insert pass a quota's limit."""
    Quota.objects.create(edition=edition, category="media", places=20)
    errands = [
        {
            "database": database_url(),
            "edition": edition.pk,
            "person": person.pk,
            "code": f"X{number}",
            "category": "media",
            "places": 20,
        }
        for number, person in enumerate(people(60))
    ]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE forum_registration DISABLE TRIGGER USER")
        try:
            assert sum(run("naive", errands)) > 20
        finally:
            cursor.execute("ALTER TABLE forum_registration ENABLE TRIGGER USER")


def cancelling(registration: Registration, port: int) -> dict[str, Any]:
    return posting(registration.person, port, "/kk/12/me/cancel/", {"reason": ""})


def waiting_for(edition: Edition, count: int, *, places: int) -> list[Registration]:
    """Register `count` people for `places`, the rest of whom wait."""
    Edition.objects.filter(pk=edition.pk).update(capacity=places)
    return [
        actions.register(
            edition,
            person=person,
            category="guest",
            organisation=None,
            languages=["kk"],
            needs=[],
            needs_note="",
            job_title="",
            consents=[],
            now=timezone.now(),
        )
        for person in people(count)
    ]


@pytest.fixture
def tomorrow(edition: Edition) -> Edition:
    """The edition begins tomorrow: free places are offered."""
    day = (timezone.now() + dt.timedelta(days=1)).astimezone(edition.zone).date()
    Edition.objects.update(starts_on=day, ends_on=day, registration_closes_at=None)
    edition.refresh_from_db()
    return edition


def test_two_offers_never_meet_in_one_place(server: int, tomorrow: Edition) -> None:
    """Twenty who have a place cancel while those who are offered one accept and cancel."""
    mine = waiting_for(tomorrow, 60, places=20)
    leaving = [
        posting(one.person, server, "/kk/12/me/cancel/", {"reason": ""}) for one in mine[:20]
    ]
    assert Counter(run("http", leaving)) == {302: 20}
    offered = list(Registration.objects.offered().select_related("person"))
    assert len(offered) == 20
    claiming = [posting(one.person, server, "/kk/12/me/accept/", {}) for one in offered]
    leaving = [
        posting(one.person, server, "/kk/12/me/cancel/", {"reason": ""}) for one in offered[::2]
    ]
    answers = run(
        "http", [*itertools.chain(*zip(claiming[::2], leaving, strict=True)), *claiming[1::2]]
    )
    assert set(answers) <= {302, 404, 409}
    tomorrow.refresh_from_db()
    holding = Registration.objects.filter(holds=True)
    assert (tomorrow.places_taken, holding.count()) == (20, 20)
    assert Registration.objects.confirmed().count() >= 10
    # Each who cancelled is out, whichever came first; the places went to who waited.
    ended = Registration.objects.filter(pk__in=[one.pk for one in offered[::2]])
    assert {one.status for one in ended} == {Status.CANCELLED}


def test_one_offer_is_accepted_once_however_often_it_is_claimed(
    server: int, tomorrow: Edition
) -> None:
    mine = waiting_for(tomorrow, 2, places=1)
    run("http", [cancelling(mine[0], server)])
    claims = [posting(mine[1].person, server, "/kk/12/me/accept/", {}) for _ in range(12)]
    assert Counter(run("http", claims)) == {302: 1, 409: 11}
    tomorrow.refresh_from_db()
    assert tomorrow.places_taken == 1
