"""The waiting list at the desk: by quota, in order, who is next and why some are passed over."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Region, User
from accounts.organisations.models import Organisation
from forum.models import Edition, Quota, Registration
from forum.registrations import actions, decisions

from .conftest import DECIDE, LIST, Enrol

pytestmark = pytest.mark.django_db
WAITING = f"{LIST}waiting/"


@pytest.fixture
def astana() -> Region:
    return Region.objects.get(code="KZ-71")


@pytest.fixture
def line(
    people: list[User], enrol: Enrol, edition: Edition, astana: Region, body: Organisation
) -> list[Registration]:
    """Guests of a full forum; the second waits for Astana too, the third for an organisation's."""
    late: dict[str, object] = {"category": "guest"}
    Edition.objects.update(capacity=1)
    Quota.objects.create(edition=edition, region=astana, places=0)
    Quota.objects.create(edition=edition, organisation=body, places=0)
    told = [late, late, late | {"region": astana}, late | {"organisation": body}, late]
    return [enrol(person, **fields) for person, fields in zip(people, told, strict=True)]


def turns(client: Client, query: str = "") -> list[tuple[int, str, bool, list[str]]]:
    found = client.get(WAITING + query).context["turns"]
    return [
        (one.number, one.registration.code, one.is_next, [limit.name for limit in one.others])
        for one in found
    ]


def test_each_line_has_its_length_and_who_is_next(
    desk: Client, line: list[Registration], body: Organisation
) -> None:
    lines = desk.get(WAITING).context["lines"]
    found = [(one.key, one.waiting, one.next_up and one.next_up.code) for one in lines]
    assert found == [
        ("all", 4, line[1].code),
        (".KZ-71", 2, None),
        (f"org.{body.code}", 1, None),
    ]


def test_who_waits_for_other_places_too_is_passed_over(
    desk: Client, line: list[Registration], body: Organisation
) -> None:
    assert turns(desk, "?line=all") == [
        (1, line[1].code, True, []),
        (2, line[2].code, False, ["Astana"]),
        (3, line[3].code, False, [str(body), "Astana"]),
        (4, line[4].code, False, []),
    ]
    assert [turn[:2] for turn in turns(desk, "?line=.KZ-71")] == [
        (1, line[2].code), (2, line[3].code),
    ]  # fmt: skip


def test_the_next_really_gets_the_place(
    desk: Client, line: list[Registration], people: list[User], now: dt.datetime
) -> None:
    next_up = next(one for one in desk.get(WAITING).context["lines"] if one.key == "all").next_up
    assert actions.cancel(line[0], by=people[0], reason="", now=now) == [next_up]


def test_moving_up_from_the_line_leads_back_to_it(desk: Client, line: list[Registration]) -> None:
    told = {"step": "move_up", "registration": line[4].code, "from": "waiting", "line": "all"}
    assert desk.post(DECIDE, told).status_code == 200
    answer = desk.post(DECIDE, told | {"confirmed": "1", "reason": "Себеп"})
    assert answer["Location"].startswith(f"{WAITING}?line=all&batch=")
    assert [turn[1] for turn in turns(desk, "?line=all")][:2] == [line[4].code, line[1].code]
    assert "Себеп" in desk.get(answer["Location"]).text


def test_places_that_are_kept_stand_above(
    desk: Client,
    line: list[Registration],
    people: list[User],
    edition: Edition,
) -> None:
    soon = edition.beginning_of(edition.starts_on) - dt.timedelta(hours=30)
    actions.cancel(line[0], by=people[0], reason="", now=soon)
    page = desk.get(WAITING)
    assert [one.code for one in page.context["offers"]] == [line[1].code]


def test_where_nothing_is_full_the_desk_gives(
    desk: Client, five: list[Registration], organiser: User, now: dt.datetime
) -> None:
    decisions.approve_all(five[0].edition, [one.pk for one in five], by=organiser, now=now)
    Edition.objects.update(capacity=9)
    assert "Nothing is full" in desk.get(WAITING).text


def test_an_empty_list_says_so(desk: Client) -> None:
    assert "Nobody waits" in desk.get(WAITING).text


@pytest.mark.parametrize("query", ["?line=%00", "?line=nothing&page=99999999999999", "?page=x"])
def test_odd_addresses_are_answered(desk: Client, line: list[Registration], query: str) -> None:
    assert len(line) == 5
    assert desk.get(WAITING + query).status_code == 200


def test_others_do_not_see_it(client: Client, line: list[Registration]) -> None:
    client.force_login(line[0].person)
    assert client.get(WAITING).status_code == 404


def test_it_asks_the_database_as_often_for_many(
    desk: Client, line: list[Registration], body: Organisation, now: dt.datetime
) -> None:
    with CaptureQueriesContext(connection) as few:
        desk.get(f"{WAITING}?line=all")
    people = User.objects.bulk_create(
        User(email=f"m{number}@example.org", password="!") for number in range(80)
    )
    Registration.objects.bulk_create(
        Registration(
            edition=line[0].edition,
            person=person,
            code=f"M{person.pk}",
            organisation=body if person.pk % 2 else None,
            category="guest",
            waiting_since=now,
        )
        for person in people
    )
    with CaptureQueriesContext(connection) as many:
        desk.get(f"{WAITING}?line=all")
    assert len(few) == len(many) == 8
