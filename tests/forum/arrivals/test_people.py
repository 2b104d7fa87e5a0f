"""The list of a device: little of everybody, in parts, kept up by differences."""

import json
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from forum.arrivals import listing
from forum.arrivals.actions import revoke, undo
from forum.arrivals.listing import HASH_SIGNS, hash_of
from forum.arrivals.models import Device
from forum.models import Edition, Registration
from forum.tickets.codes import ticket_hash, ticket_payload

from .conftest import SECOND, Confirm, Scanner, at

pytestmark = pytest.mark.django_db
ADDRESS = "/en/12/desk/check-in/people.json"


@pytest.fixture
def door(client: Client, helper: User) -> Client:
    client.force_login(helper)
    return client


def ask(door: Client, device: Device | None, query: str = "") -> HttpResponse:
    headers = {"X-Device": str(device.key)} if device else {}
    return door.get(f"{ADDRESS}{query}", headers=headers)  # type: ignore[return-value]


def told(door: Client, device: Device, query: str = "") -> dict[str, Any]:
    response = ask(door, device, query)
    assert response.status_code == 200
    return json.loads(response.content)


def test_a_row_holds_digests_a_short_name_category_state_days_and_no_code(
    door: Client, device: Device, delegate: Registration
) -> None:
    Registration.objects.update(days=[SECOND])
    response = ask(door, device)
    digest = ticket_hash(ticket_payload(delegate))[:HASH_SIGNS]
    assert json.loads(response.content)["rows"] == [
        [[digest], [], "Образец-01 У.", "ngo", "", [1], []]
    ]
    for secret in (delegate.code, delegate.person.email, ticket_payload(delegate)[-16:]):
        assert secret.encode() not in response.content


def test_who_has_no_place_is_listed_with_the_reason(
    door: Client, device: Device, confirm: Confirm
) -> None:
    before = at(8)
    confirm(1, confirmed_at=None, registered_at=None)
    confirm(2, confirmed_at=None, waiting_since=before)
    confirm(3, cancelled_at=before)
    confirm(4, declined_at=before)
    confirm(5, confirmed_at=None, approval_asked_at=before)
    with time_machine.travel(at(9), tick=False):
        rows = told(door, device)["rows"]
    assert [row[4] for row in rows] == ["waiting", "cancelled", "declined", "awaiting"]


def test_earlier_tickets_are_listed_as_replaced(
    door: Client, device: Device, edition: Edition, delegate: Registration
) -> None:
    old = hash_of(edition, delegate)
    Registration.objects.update(ticket_number=2)
    delegate.refresh_from_db()
    [row] = told(door, device)["rows"]
    assert row[:2] == [[hash_of(edition, delegate)], [old]]


def test_who_is_in_is_listed_with_when_and_where(
    door: Client, device: Device, delegate: Registration, scan: Scanner
) -> None:
    scan(delegate)
    [row] = told(door, device)["rows"]
    assert row[6] == [[0, int(at(9).timestamp()), "Entrance 1"]]


def test_the_list_comes_in_parts(
    door: Client, device: Device, confirm: Confirm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.arrivals.listing.CHUNK", 2)
    monkeypatch.setattr("forum.arrivals.views.CHUNK", 2)
    for number in range(1, 4):
        confirm(number)
    first = told(door, device)
    second = told(door, device, f"?from={first['next']}")
    assert (len(first["rows"]), first["next"], first["total"]) == (2, 2, 3)
    assert (len(second["rows"]), second["next"]) == (1, None)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that is written be old enough for the mark to pass it."""
    later = timezone.now() + 2 * listing.SETTLED
    monkeypatch.setattr("forum.arrivals.views.timezone.now", lambda: later)


@pytest.mark.usefixtures("settled")
def test_after_the_list_only_what_changed_is_sent(
    door: Client, device: Device, confirm: Confirm
) -> None:
    confirm(1)
    other = confirm(2)
    mark = told(door, device)["mark"]
    assert told(door, device, f"?since={mark}")["rows"] == []
    other.cancelled_at = at(8)
    other.save()
    rows = told(door, device, f"?since={mark}")["rows"]
    assert [(row[2], row[4]) for row in rows] == [("Образец-02 У.", "cancelled")]


@pytest.mark.usefixtures("settled")
def test_who_is_let_in_on_the_second_day_or_put_back_is_sent_too(
    door: Client, device: Device, delegate: Registration, scan: Scanner
) -> None:
    scan(delegate)
    mark = told(door, device)["mark"]
    second = scan(delegate, now=at(9, day=SECOND))
    [row] = told(door, device, f"?since={mark}")["rows"]
    assert [inside[0] for inside in row[6]] == [0, 1]
    undo(second, by=second.by, reason="the wrong person", now=timezone.now())
    [row] = told(door, device, f"?since={mark}")["rows"]
    assert [inside[0] for inside in row[6]] == [0]


@pytest.mark.usefixtures("delegate")
def test_what_is_not_settled_is_told_again(door: Client, device: Device) -> None:
    mark = told(door, device)["mark"]
    rows = told(door, device, f"?since={mark}")["rows"]
    assert len(rows) == 1


@pytest.mark.usefixtures("delegate")
@pytest.mark.parametrize(
    "query", ["?since=", "?since=x", "?since=1", "?from=x", "?from=-1", "?gate=x", "?since=9.9.9"]
)
def test_nonsense_gets_the_whole_list(door: Client, device: Device, query: str) -> None:
    assert told(door, device, query)["total"] == 1


@pytest.mark.usefixtures("delegate")
def test_beyond_the_end_there_is_nothing(door: Client, device: Device) -> None:
    assert told(door, device, "?from=999999999")["rows"] == []


def test_a_barred_device_gets_no_list(door: Client, device: Device, organiser: User) -> None:
    revoke(device, by=organiser, now=timezone.now())
    assert ask(door, device).status_code == 410


def test_an_unknown_device_gets_no_list(door: Client) -> None:
    assert ask(door, None).status_code == 409


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    door: Client, device: Device, confirm: Confirm, scan: Scanner
) -> None:
    scan(confirm(1))
    ask(door, device)
    with CaptureQueriesContext(connection) as one:
        ask(door, device)
    for number in (2, 3):
        scan(confirm(number))
    with CaptureQueriesContext(connection) as three:
        ask(door, device)
    assert len(three) == len(one) == 9
