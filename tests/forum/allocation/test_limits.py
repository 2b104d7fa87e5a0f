"""The pages of organisations' places and of categories' rules."""

import datetime as dt
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from forum.models import Approval, Category, CategoryRule, Edition, Quota
from forum.quotas.organisations import give_exception, set_organisation_cap
from forum.quotas.rules import RuleWish, set_rule
from tests.forum.quotas.conftest import Comer

pytestmark = pytest.mark.django_db
ORGANISATIONS = "/en/12/desk/quotas/organisations/"
CAP = f"{ORGANISATIONS}cap/"
EXCEPTION = f"{ORGANISATIONS}exception/"
CATEGORIES = "/en/12/desk/quotas/categories/"


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]).split())


def test_every_organisation_gets_so_many_places(
    desk: Client, edition: Edition, bodies: list[Organisation], come: Comer
) -> None:
    come(2, organisation=bodies[0])
    response = desk.post(CAP, {"cap": "3", "seen": ""})
    assert (response.status_code, response["Location"]) == (302, ORGANISATIONS)
    edition.refresh_from_db()
    assert edition.organisation_cap == 3
    assert list(Quota.objects.values_list("organisation", "places", "taken")) == [
        (bodies[0].pk, 3, 2)
    ]
    assert 'value="3"' in desk.get(ORGANISATIONS).content.decode()


def test_a_cap_below_what_is_held_names_who_holds_more(
    desk: Client, edition: Edition, bodies: list[Organisation], come: Comer
) -> None:
    come(2, organisation=bodies[0])
    response = desk.post(CAP, {"cap": "1", "seen": ""})
    assert response.status_code == 422
    assert "hold more places than 1: «Үлгі-1» ҚҚ." in words(response.content.decode())
    edition.refresh_from_db()
    assert edition.organisation_cap is None


def test_a_cap_that_somebody_changed_meanwhile_is_not_overwritten(
    desk: Client, edition: Edition, organiser: User, now: dt.datetime
) -> None:
    set_organisation_cap(edition, 5, by=organiser, now=now)
    response = desk.post(CAP, {"cap": "4", "seen": ""})
    assert response.status_code == 409
    assert 'name="seen" value="5"' in response.content.decode()
    edition.refresh_from_db()
    assert edition.organisation_cap == 5


@pytest.mark.parametrize("cap", ["-1", "0", "three", "３", "3\0", "9" * 30, "2.5"])
def test_what_is_no_cap_is_refused(desk: Client, edition: Edition, cap: str) -> None:
    response = desk.post(CAP, {"cap": cap, "seen": ""})
    assert response.status_code == 422
    assert "Write " in words(response.content.decode())
    edition.refresh_from_db()
    assert edition.organisation_cap is None


def test_an_organisation_is_found_in_any_spelling(desk: Client, bodies: list[Organisation]) -> None:
    page = desk.get(f"{ORGANISATIONS}?q=улги-2").content.decode()
    assert re.findall(r'name="organisation" id="o-\d+" value="(\d+)"', page) == [str(bodies[1].pk)]


@pytest.mark.parametrize("typed", ["%00", "%00%00x", "%D2", "-", "x" * 400])
def test_a_search_for_nonsense_finds_nothing(desk: Client, typed: str) -> None:
    response = desk.get(f"{ORGANISATIONS}?q={typed}")
    assert response.status_code == 200


def test_an_exception_is_given_and_shown_with_its_reason_and_author(
    desk: Client, bodies: list[Organisation]
) -> None:
    sent = {"organisation": bodies[0].pk, "places": "7", "reason": "Hosts the fair"}
    response = desk.post(EXCEPTION, sent)
    assert (response.status_code, response["Location"]) == (302, ORGANISATIONS)
    page = words(desk.get(ORGANISATIONS).content.decode())
    assert "Places of «Үлгі-1» ҚҚ: 7." in page
    assert re.search(r"«Үлгі-1» ҚҚ Akmola 7 0 Hosts the fair Organiser, \d", page)


def test_an_exception_is_ended(
    desk: Client, edition: Edition, organiser: User, now: dt.datetime, bodies: list[Organisation]
) -> None:
    give_exception(edition, bodies[0], places=7, reason="Hosts", by=organiser, now=now)
    for said in ("The exception for «Үлгі-1» ҚҚ is ended.", None):
        response = desk.post(f"{EXCEPTION}end/", {"organisation": bodies[0].pk})
        if said:
            assert said in words(desk.get(response["Location"]).content.decode())
        else:
            assert response.status_code == 404
    assert not Quota.objects.exists()


@pytest.mark.parametrize("organisation", ["", "x", "\0", "9" * 40, "-1", "１"])
def test_ending_what_nobody_has_is_a_404(desk: Client, organisation: str) -> None:
    response = desk.post(f"{EXCEPTION}end/", {"organisation": organisation})
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"places": "x"}, "Write the number of places in digits, from 0 to 1000000"),
        ({"places": ""}, "Write the number of places in digits."),
        ({"reason": " "}, "Say why this organisation gets other places than the rest."),
        ({"reason": "x" * 301}, "at most 300 characters"),
        ({"reason": "a\0b"}, "Null characters are not allowed."),
        ({"organisation": ""}, "Find the organisation first, and choose it."),
        ({"organisation": "9" * 30}, "This organisation is no longer in the list."),
        ({"organisation": "\0"}, "Null characters are not allowed."),
        ({"places": "1"}, "«Үлгі-1» ҚҚ: places held already: 2."),
    ],
)
def test_an_exception_that_cannot_be_is_refused_with_a_sentence(
    desk: Client, bodies: list[Organisation], come: Comer, wrong: dict[str, str], sentence: str
) -> None:
    come(2, organisation=bodies[0])
    sent = {"organisation": str(bodies[0].pk), "places": "7", "reason": "Hosts"}
    response = desk.post(EXCEPTION, sent | wrong)
    assert response.status_code == 422
    assert sentence in words(response.content.decode())
    assert not Quota.objects.exists()


def test_who_is_full_while_people_wait_is_named(
    desk: Client, edition: Edition, organiser: User, now: dt.datetime, bodies: list[Organisation]
) -> None:
    give_exception(edition, bodies[0], places=0, reason="None", by=organiser, now=now)
    edition.registrations.create(
        person=organiser,
        code="W1",
        category="ngo",
        organisation=bodies[0],
        registered_at=now,
        waiting_since=now,
    )
    page = words(desk.get(ORGANISATIONS).content.decode())
    assert "All places taken, and people wait «Үлгі-1» ҚҚ: places 0, waiting 1" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_organisations_asks_as_often_for_many_as_for_one(
    desk: Client,
    edition: Edition,
    organiser: User,
    bodies: list[Organisation],
    django_assert_num_queries: DjangoAssertNumQueries,
    *,
    count: int,
) -> None:
    for body in bodies[:count]:
        told = {"places": 5, "reason": "Hosts", "by": organiser, "now": edition.published_at}
        give_exception(edition, body, **told)  # type: ignore[arg-type]
    with django_assert_num_queries(8):
        desk.get(f"{ORGANISATIONS}?q=улги")


def rules(**changed: str) -> dict[str, str]:
    """What the page of rules sends when nothing is changed, but for `changed`."""
    sent: dict[str, str] = {}
    for category in Category.values:
        sent |= {f"{category}.approval": "nobody", f"{category}.seen": "nobody.0"}
    return sent | {name.replace("_", "."): value for name, value in changed.items()}


def test_a_category_is_closed_and_asks_for_approval(desk: Client, edition: Edition) -> None:
    response = desk.post(CATEGORIES, rules(media_approval="organisers", media_closed="on"))
    assert (response.status_code, response["Location"]) == (302, CATEGORIES)
    rule = CategoryRule.objects.get(edition=edition)
    assert (rule.category, rule.approval, rule.closed_at is None) == (
        "media",
        Approval.ORGANISERS,
        False,
    )
    page = desk.get(CATEGORIES).content.decode()
    assert 'name="media.seen" value="organisers.1"' in page


def test_rules_that_nobody_changed_write_nothing(desk: Client) -> None:
    assert desk.post(CATEGORIES, rules()).status_code == 302
    assert not CategoryRule.objects.exists()


def test_a_rule_that_somebody_changed_meanwhile_is_shown_and_not_overwritten(
    desk: Client, edition: Edition, organiser: User, now: dt.datetime
) -> None:
    wish = RuleWish(Approval.CONTACT, closed=False)
    set_rule(edition, Category.MEDIA, wish, by=organiser, now=now)
    response = desk.post(CATEGORIES, rules(media_approval="organisers", state_closed="on"))
    assert response.status_code == 409
    assert "Somebody else has changed this meanwhile" in words(response.content.decode())
    assert 'name="media.seen" value="contact.0"' in response.content.decode()
    assert list(CategoryRule.objects.values_list("category", "approval")) == [("media", "contact")]


@pytest.mark.parametrize(
    "wrong", [{"media_approval": "clowns"}, {"media_approval": ""}, {"media_seen": "\0"}]
)
def test_what_is_no_rule_is_refused(desk: Client, wrong: dict[str, str]) -> None:
    assert desk.post(CATEGORIES, rules(**wrong)).status_code == 422
    assert not CategoryRule.objects.exists()
