"""The check-in page and what belongs to it: setting up, search, counts, the worker."""

import json
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, Region, User
from forum.arrivals.listing import hash_of
from forum.arrivals.models import Device, Verdict
from forum.models import Edition, Registration
from forum.tickets.codes import ticket_payload

from .conftest import FIRST, Confirm, Scanner, at

pytestmark = pytest.mark.django_db
BASE = "/en/12/desk/check-in/"


@pytest.fixture(autouse=True)
def _on_the_first_morning() -> Any:
    with time_machine.travel(at(9, 30), tick=False):
        yield


@pytest.fixture
def door(client: Client, helper: User) -> Client:
    client.force_login(helper)
    return client


def setup_of(door: Client, language: str = "en") -> dict[str, Any]:
    page = door.get(f"/{language}/12/desk/check-in/").content.decode()
    found = re.search(r'<script id="check-in-setup" type="application/json">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


def test_a_helper_finds_no_way_to_the_desk(door: Client) -> None:
    assert "/en/12/desk/" not in re.findall(r'href="([^"]+)"', door.get(BASE).content.decode())


def test_an_organiser_does(client: Client, organiser: User) -> None:
    client.force_login(organiser)
    assert "/en/12/desk/" in re.findall(r'href="([^"]+)"', client.get(BASE).content.decode())


def test_the_door_of_an_unpublished_edition_opens_to_its_helpers(
    door: Client, edition: Edition
) -> None:
    edition.published_at = None
    edition.save()
    assert door.get(BASE).status_code == 200


def test_the_policy_allows_the_worker_and_nothing_inline(door: Client) -> None:
    policy = door.get(BASE)["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_page_brings_days_categories_and_an_answer_to_every_verdict(
    door: Client, edition: Edition, delegate: Registration
) -> None:
    setup = setup_of(door)
    assert [day[0] for day in setup["days"]] == [
        int(edition.beginning_of(day).timestamp() * 1000) for day in edition.days
    ]
    assert setup["end"] - setup["days"][1][0] == 24 * 3600 * 1000
    assert set(setup["answers"]) == set(Verdict.values)
    assert ticket_payload(delegate).startswith(setup["beginning"])
    assert setup["eraseAt"] == setup["end"] + 24 * 3600 * 1000


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_script_speaks_the_pages_language(door: Client, language: str) -> None:
    setup = setup_of(door, language)
    said = [
        *setup["words"].values(),
        *(text for pair in setup["answers"].values() for text in pair),
    ]
    latin = [
        text for text in said if re.search("[A-Za-z]{3}", re.sub(r"%\(\w+\)s|https", "", text))
    ]
    assert latin == []


def test_the_page_asks_few_queries(
    door: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        door.get(BASE)


def test_the_worker_rules_over_the_page_alone(client: Client) -> None:
    answer = client.get(f"{BASE}worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Service-Worker-Allowed" not in answer


def test_a_phone_learns_where_the_page_begins(client: Client) -> None:
    told = client.get("/ru/12/desk/check-in/manifest.webmanifest").json()
    assert (told["scope"], told["lang"]) == ("/ru/12/desk/check-in/", "ru")


def test_setting_up_gives_the_browser_a_key(door: Client, helper: User) -> None:
    told = door.post(f"{BASE}enrol/", {"name": "Entrance 3"}).json()
    device = Device.objects.get()
    assert told == {"key": str(device.key), "name": "Entrance 3"}
    assert device.enrolled_by == helper


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Say where the device stands."),
        ("x" * 61, "Ensure this value has at most 60 characters (it has 61)."),
        ("\0", "Null characters are not allowed."),
    ],
)
def test_a_bad_name_is_refused_with_a_sentence(door: Client, name: str, sentence: str) -> None:
    response = door.post(f"{BASE}enrol/", {"name": name})
    assert (response.status_code, response.json()) == (422, {"error": sentence})
    assert not Device.objects.exists()


def found(door: Client, asked: str) -> list[str]:
    told = door.get(f"{BASE}search.json", {"q": asked}).json()
    return [one["name"] for one in told["found"]]


@pytest.fixture
def people(confirm: Confirm) -> list[Registration]:
    first, second = confirm(1), confirm(2)
    User.objects.filter(pk=first.person_id).update(family_name="Нұрғазиева", given_name="Үлгі")
    User.objects.filter(pk=second.person_id).update(family_name="Нургазиев", given_name="Образец")
    return [first, second]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("нургаз", ["Нургазиев Образец", "Нұрғазиева Үлгі"]),
        ("ҮЛГІ нұрғ", ["Нұрғазиева Үлгі"]),
        ("code02", ["Нургазиев Образец"]),
        ("nobody", []),
        ("", []),
        ("\0", []),
        ("%", []),
        ("x" * 5000, []),
    ],
)
def test_people_are_found_in_any_spelling_or_by_code(
    door: Client, asked: str, names: list[str]
) -> None:
    assert found(door, asked) == names


def test_a_draft_is_not_found(door: Client, confirm: Confirm) -> None:
    confirm(1, registered_at=None, confirmed_at=None)
    assert found(door, "образец") == []


def test_who_was_found_comes_with_what_tells_namesakes_apart(
    door: Client, edition: Edition, delegate: Registration, scan: Scanner
) -> None:
    body = Organisation.objects.create(name_en="Sample-07")
    delegate.organisation = body
    delegate.save()
    scan(delegate)
    told = door.get(f"{BASE}search.json", {"q": "образец"}).json()
    assert told["found"] == [
        {
            "code": delegate.code,
            "hash": hash_of(edition, delegate),
            "name": "Образец-01 Участник",
            "organisation": "Sample-07",
            "category": "ngo",
            "state": "",
            "first": [int(at(9).timestamp() * 1000), "Entrance 1"],
        }
    ]


def test_a_search_takes_as_many_queries_for_three_as_for_one(
    door: Client, confirm: Confirm, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    confirm(1)
    with django_assert_num_queries(5):
        found(door, "образец")
    confirm(2)
    confirm(3)
    with django_assert_num_queries(5):
        found(door, "образец")


def test_counts_are_of_those_who_have_a_place(
    door: Client, confirm: Confirm, scan: Scanner
) -> None:
    region = Region.objects.get(code="KZ-71")
    scan(confirm(1, region=region))
    confirm(2, region=region)
    confirm(3, category="media")
    confirm(4, cancelled_at=at(8))
    page = " ".join(re.sub("<[^>]+>", " ", door.get(f"{BASE}counts/").content.decode()).split())
    assert page == (
        "1 / 3 · today: 1 By category NGO of a region 1 / 2 1 / 2 Media 0 / 1 0 / 1 "
        "By region Astana 1 / 2 1 / 2"
    )


def test_counts_are_sent_only_when_they_changed(
    door: Client, delegate: Registration, scan: Scanner
) -> None:
    etag = door.get(f"{BASE}counts/")["ETag"]
    assert door.get(f"{BASE}counts/", headers={"If-None-Match": etag}).status_code == 304
    scan(delegate)
    assert door.get(f"{BASE}counts/", headers={"If-None-Match": etag}).status_code == 200


def test_a_check_in_is_taken_back_with_a_reason(
    door: Client, delegate: Registration, scan: Scanner
) -> None:
    kept = scan(delegate)
    told = door.post(f"{BASE}undo/", {"nonce": str(kept.nonce), "reason": "a mistake"}).json()
    delegate.refresh_from_db()
    assert (told["undone"], delegate.arrived_at) == (True, None)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_without_a_reason_nothing_is_taken_back(
    door: Client, delegate: Registration, scan: Scanner, reason: str
) -> None:
    kept = scan(delegate)
    response = door.post(f"{BASE}undo/", {"nonce": str(kept.nonce), "reason": reason})
    assert response.status_code == 422
    assert response.json() == {"error": "Say why the check-in is taken back."}


@pytest.mark.parametrize("nonce", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_was_never_scanned_cannot_be_taken_back(door: Client, nonce: str) -> None:
    assert door.post(f"{BASE}undo/", {"nonce": nonce, "reason": "a"}).status_code == 404


def test_another_editions_check_in_is_not_taken_back(
    client: Client, organiser: User, delegate: Registration, scan: Scanner
) -> None:
    kept = scan(delegate)
    other = Edition.objects.create(year=2023, slug="11", starts_on=FIRST, ends_on=FIRST)
    other.team.create(person=organiser)
    client.force_login(organiser)
    sent = {"nonce": str(kept.nonce), "reason": "a"}
    assert client.post("/en/11/desk/check-in/undo/", sent).status_code == 404
