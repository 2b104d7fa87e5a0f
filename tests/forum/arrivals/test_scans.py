"""What a device sends is read without trust, answered one by one, and bounded."""

import datetime as dt
import json
import uuid
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from forum.arrivals.actions import revoke
from forum.arrivals.asking import MOST_SCANS
from forum.arrivals.listing import hash_of
from forum.arrivals.models import Device, Scan, Verdict
from forum.models import Edition, Registration
from forum.tickets.codes import ticket_payload

from .conftest import Confirm, at

pytestmark = pytest.mark.django_db
ADDRESS = "/en/12/desk/check-in/scans/"
NOW = at(9, 30)


@pytest.fixture(autouse=True)
def _on_the_first_morning() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def door(client: Client, helper: User) -> Client:
    client.force_login(helper)
    return client


def milliseconds(moment: dt.datetime) -> int:
    return int(moment.timestamp() * 1000)


def told(registration: Registration | None = None, **fields: object) -> dict[str, object]:
    one: dict[str, object] = {
        "nonce": str(uuid.uuid4()),
        "how": "camera",
        "at": milliseconds(NOW),
        "gate": "main",
        "told": "",
    }
    if registration:
        one["payload"] = ticket_payload(registration)
    return one | fields


def send(door: Client, device: Device | None, *scans: object, **more: object) -> HttpResponse:
    body = {"clock": milliseconds(NOW), "scans": list(scans)} | more
    return post(door, device, json.dumps(body))


def post(door: Client, device: Device | None, body: str | bytes) -> HttpResponse:
    headers = {"X-Device": str(device.key)} if device else {}
    answer = door.post(ADDRESS, body, content_type="application/json", headers=headers)
    return answer  # type: ignore[return-value]


def answers(response: HttpResponse) -> list[dict[str, Any]]:
    assert response.status_code == 200
    return json.loads(response.content)["answers"]


def test_who_is_let_in_is_told_with_what_the_desk_must_know(
    door: Client, device: Device, delegate: Registration
) -> None:
    scan = told(delegate)
    assert answers(send(door, device, scan)) == [
        {
            "nonce": scan["nonce"],
            "verdict": "welcome",
            "at": milliseconds(NOW),
            "undone": False,
            "name": "Образец-01 Участник",
            "organisation": "",
            "category": "ngo",
        }
    ]


def test_who_is_in_already_is_told_when_and_where(
    door: Client, device: Device, other_device: Device, delegate: Registration
) -> None:
    send(door, device, told(delegate))
    [answer] = answers(send(door, other_device, told(delegate)))
    assert answer["verdict"] == "already_in"
    assert answer["first"] == [milliseconds(NOW), "Entrance 1"]


def test_the_same_upload_twice_is_answered_alike_and_counted_once(
    door: Client, device: Device, delegate: Registration
) -> None:
    scans = [told(delegate), told(payload="something else")]
    first, second = (send(door, device, *scans) for _time in range(2))
    assert answers(first) == answers(second)
    assert Scan.objects.count() == 2


def test_a_clock_wrong_by_hours_is_measured_and_kept(
    door: Client, device: Device, delegate: Registration
) -> None:
    fast = dt.timedelta(hours=5)
    scan = told(delegate, at=milliseconds(at(9) + fast), told="welcome")
    send(door, device, scan, clock=milliseconds(NOW + fast))
    kept = Scan.objects.get()
    device.refresh_from_db()
    assert (kept.judged_at, kept.clock_offset, kept.clock_doubt) == (at(9), -5 * 3600, "")
    assert (device.clock_offset, device.seen_at) == (-5 * 3600, NOW)


def test_a_name_chosen_from_the_devices_list_is_found_by_its_digest(
    door: Client, device: Device, edition: Edition, delegate: Registration
) -> None:
    scan = told(hash=hash_of(edition, delegate), how="name", told="welcome")
    assert answers(send(door, device, scan))[0]["verdict"] == "welcome"


def test_a_name_chosen_by_an_older_digest_is_found_too(
    door: Client, device: Device, edition: Edition, delegate: Registration
) -> None:
    old = hash_of(edition, delegate)
    Registration.objects.update(ticket_number=3)
    assert answers(send(door, device, told(hash=old, how="name")))[0]["verdict"] == "welcome"


def test_an_unknown_digest_is_unknown(door: Client, device: Device) -> None:
    assert answers(send(door, device, told(hash="0" * 32, how="name")))[0]["verdict"] == "unknown"


JUNK: tuple[object, ...] = (
    None,
    [],
    "scan",
    {},
    told(),
    told(payload=7),
    told(payload="\ud800"),
    told(payload="x" * 501),
    told(payload="x", nonce="1"),
    told(payload="x", nonce=None),
    told(payload="x", how="guess"),
    told(payload="x", at="now"),
    told(payload="x", at=True),
    told(payload="x", at=10**30),
    told(payload="x", at=-(10**15)),
    told(payload="x", gate="nowhere:1"),
    told(payload="x", gate=[]),
    told(payload="x", told="forged"),
    told(payload="x", told={}),
    told(payload="x", offset="slow"),
    told(payload="x", offset=10**30),
    told(code="'; DROP"),
    told(hash={}, code=[]),
)


@pytest.mark.parametrize("place", range(len(JUNK)))
def test_one_scan_that_is_nonsense_is_said_so_and_holds_up_no_other(
    door: Client, device: Device, delegate: Registration, place: int
) -> None:
    bad, good = answers(send(door, device, JUNK[place], told(delegate)))
    assert bad == {"error": "The server could not read this. Reload the page."}
    assert good["verdict"] == "welcome"


def test_a_nul_is_no_ticket(door: Client, device: Device) -> None:
    assert answers(send(door, device, told(payload="\0")))[0]["verdict"] == "unknown"


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"null", b"[]", b"{}", b"{", b"\xff\xfe", b'{"clock": 1}', b'{"scans": []}'),
        b'{"clock": "now", "scans": []}',
        b'{"clock": 1, "scans": {}}',
        b'{"clock": 1e400, "scans": []}',
        b"[" * 100_000,
    ],
)
def test_junk_is_refused_with_a_sentence(door: Client, device: Device, body: bytes) -> None:
    response = post(door, device, body)
    assert response.status_code == 400
    assert json.loads(response.content)["error"].startswith("The server could not read this.")


def test_5000_scans_at_once_are_refused_with_a_sentence_and_nothing_is_kept(
    door: Client, device: Device
) -> None:
    response = send(door, device, *(told(payload="x") for _number in range(5000)))
    assert response.status_code == 413
    assert json.loads(response.content) == {
        "error": f"At most {MOST_SCANS} scans can be sent at once. Send them in parts."
    }
    assert not Scan.objects.exists()


def test_more_than_fits_is_refused_with_a_sentence(door: Client, device: Device) -> None:
    response = post(door, device, b" " * 3_000_000)
    assert response.status_code == 413
    assert "Send it in parts" in json.loads(response.content)["error"]


def test_a_barred_devices_scans_are_kept_and_let_nobody_in(
    door: Client, device: Device, organiser: User, delegate: Registration
) -> None:
    revoke(device, by=organiser, now=NOW)
    response = send(door, device, told(delegate, told="welcome"))
    assert json.loads(response.content)["revoked"] is True
    assert answers(response)[0]["verdict"] == "revoked"
    assert "name" not in answers(response)[0]
    assert Scan.objects.get().verdict == Verdict.REVOKED


def test_an_unknown_device_must_be_set_up(door: Client, other_edition_device: Device) -> None:
    for device in (None, other_edition_device):
        assert send(door, device, told(payload="x")).status_code == 409


@pytest.fixture
def other_edition_device(organiser: User) -> Device:
    day = dt.date(2023, 10, 15)
    other = Edition.objects.create(year=2023, slug="11", starts_on=day, ends_on=day)
    return Device.objects.create(edition=other, name="Elsewhere", enrolled_by=organiser)


def test_who_is_signed_out_is_told_so_and_nothing_is_kept(client: Client, device: Device) -> None:
    response = send(client, device, told(payload="x"))
    assert response.status_code == 403
    assert json.loads(response.content) == {"error": "You are signed out. Sign in again."}
    assert not Scan.objects.exists()


def test_who_may_not_check_in_gets_a_404(
    client: Client, device: Device, delegate: Registration
) -> None:
    client.force_login(delegate.person)
    assert send(client, device, told(delegate)).status_code == 404


def test_it_is_sent_and_not_looked_at(door: Client) -> None:
    assert door.get(ADDRESS).status_code == 405


@pytest.mark.usefixtures("edition")
def test_a_scan_takes_few_queries(
    door: Client,
    device: Device,
    confirm: Confirm,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    people = [confirm(number) for number in range(1, 5)]
    send(door, device, told(people[0]))
    with django_assert_num_queries(13) as one:
        send(door, device, told(people[1]))
    with django_assert_num_queries(len(one) + 8):
        send(door, device, told(people[2]), told(people[3]))
