"""The desk's list: whom it shows, in which order, and what its address keeps."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Region, User
from accounts.organisations.models import Organisation
from forum.models import Edition, Organiser, Quota, Registration, Role
from forum.registrations import decisions

from .conftest import LIST

pytestmark = pytest.mark.django_db


def codes(client: Client, query: str = "") -> list[str]:
    return [row.registration.code for row in client.get(LIST + query).context["rows"]]


@pytest.fixture
def varied(five: list[Registration], body: Organisation, now: dt.datetime) -> list[Registration]:
    """The first has another name, the third a body, the fourth its contact's word."""
    User.objects.filter(pk=five[0].person_id).update(family_name="Яхонтов", given_name="Нұржан")
    Registration.objects.filter(pk=five[2].pk).update(organisation=body, region=body.region)
    Registration.objects.filter(pk=five[3].pk).update(endorsed_at=now)
    return five


def test_strangers_sign_in(client: Client, edition: Edition) -> None:
    assert edition.slug == "90"
    assert client.get(LIST)["Location"] == f"/en/accounts/login/?next={LIST}"


@pytest.mark.parametrize("who", ["delegate", "another's organiser", "helper at the doors"])
def test_others_find_nothing(client: Client, edition: Edition, who: str) -> None:
    person = User.objects.create_user("other@example.org")
    there = Edition.objects.create(
        slug="91", year=2099, starts_on=edition.starts_on, ends_on=edition.ends_on
    )
    if who == "another's organiser":
        Organiser.objects.create(edition=there, person=person)
    if who == "helper at the doors":
        Organiser.objects.create(edition=edition, person=person, role=Role.CHECK_IN)
    client.force_login(person)
    assert client.get(LIST).status_code == 404
    assert client.post(f"{LIST}decide/", {"step": "approve"}).status_code == 404
    assert client.post(f"{LIST}undo/ABC234/").status_code == 404


def test_who_awaits_approval_stands_first_and_the_oldest_on_top(
    desk: Client, five: list[Registration], organiser: User, now: dt.datetime
) -> None:
    decisions.approve(five[1], by=organiser, now=now)
    page = desk.get(LIST)
    assert page.context["asked"].status == "awaiting"
    assert codes(desk) == [five[place].code for place in (0, 2, 3, 4)]
    counts = [(tab.words, tab.count) for tab in page.context["tabs"]]
    assert counts == [
        ("Awaiting approval", 4),
        ("On the waiting list", 0),
        ("A place is offered", 0),
        ("Confirmed", 1),
        ("Arrived", 0),
        ("Declined", 0),
        ("Cancelled", 0),
        ("Not sent yet", 0),
        ("All", 5),
    ]


def test_where_nobody_awaits_everybody_is_shown(desk: Client, edition: Edition) -> None:
    assert desk.get(LIST).context["asked"].status == "all"
    assert "Nobody stands here" in desk.get(LIST).text
    assert edition.places_taken == 0


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("?q=нуржан", [0]),
        ("?q=НҰРЖАН", [0]),
        ("?q=nurzhan", [0]),
        ("?q=p02@", [1]),
        ("?q=пример", [2]),
        ("?q=primer 07", [2]),
        ("?q=«пример-07»", [2]),
        ("?organisation=600140000018", [2]),
        ("?organisation=ulgi", [2]),
        ("?organisation=nobody", []),
        ("?region=KZ-71", [2]),
        ("?region=none", [0, 1, 3, 4]),
        ("?region=nowhere", []),
        ("?category=guest", []),
        ("?endorsed=yes", [3]),
        ("?endorsed=no", [0, 1, 2, 4]),
        ("?older=3", [0, 1, 2]),
        ("?older=99&category=none&sort=up&endorsed=x&status=no", [0, 1, 2, 3, 4]),
        ("?sort=newest", [4, 3, 2, 1, 0]),
        ("?sort=name", [1, 2, 3, 4, 0]),
    ],
)
def test_it_is_searched_and_filtered(
    desk: Client, varied: list[Registration], query: str, places: list[int]
) -> None:
    assert codes(desk, query) == [varied[place].code for place in places]


def test_a_code_is_found_however_it_is_typed(desk: Client, five: list[Registration]) -> None:
    assert codes(desk, f"?q={five[4].code.lower()}") == [five[4].code]


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00&organisation=%00&region=%00&batch=%00",
        "?page=99999999999999999999999",
        "?page=-1",
        "?q=" + "a " * 5000,
        "?q=((((%5B%5C",
    ],
)
def test_odd_addresses_are_answered(desk: Client, five: list[Registration], query: str) -> None:
    assert len(five) == 5
    assert desk.get(LIST + query).status_code == 200


def test_another_editions_registrations_are_not_shown(
    desk: Client, five: list[Registration]
) -> None:
    there = Edition.objects.create(
        slug="91", year=2099, starts_on=dt.date(2099, 1, 1), ends_on=dt.date(2099, 1, 1)
    )
    Registration.objects.filter(pk=five[0].pk).update(edition=there)
    assert codes(desk, "?status=all&sort=oldest") == [one.code for one in five[1:]]


def test_the_places_that_are_free_stand_beside_who_needs_one(
    desk: Client, five: list[Registration], edition: Edition, body: Organisation
) -> None:
    Registration.objects.filter(pk=five[2].pk).update(organisation=body, region=body.region)
    astana = Region.objects.get(code="KZ-71")
    Quota.objects.create(edition=edition, category="ngo", region=astana, places=1)
    Quota.objects.create(edition=edition, organisation=body, places=1)
    Quota.objects.create(edition=edition, category="ngo", places=5)
    Quota.objects.create(edition=edition, category="media", places=0)
    rows = desk.get(LIST).context["rows"]
    assert [(row.limit.name, row.limit.free, row.limit.places) for row in rows[1:3]] == [
        ("the whole forum", 2, 2),
        (str(body), 1, 1),
    ]


@pytest.mark.parametrize("count", [1, 60])
def test_it_asks_the_database_as_often_for_many(
    desk: Client, edition: Edition, body: Organisation, now: dt.datetime, count: int
) -> None:
    people = User.objects.bulk_create(
        User(email=f"m{number}@example.org", password="!") for number in range(count)
    )
    Registration.objects.bulk_create(
        Registration(
            edition=edition,
            person=person,
            code=f"M{person.pk}",
            organisation=body,
            region=body.region,
            category="ngo",
            approval_asked_at=now,
        )
        for person in people
    )
    Quota.objects.create(edition=edition, organisation=body, places=3)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(LIST).status_code == 200
    assert len(asked) == 8
