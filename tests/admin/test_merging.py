"""The page that shows organisations side by side, and the list of those that may be doubles."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import LikelyDouble, Organisation, Region, User
from accounts.organisations.doubles import find_doubles
from accounts.organisations.merge_page import address
from forum.models import Edition, Quota

from .conftest import enrol

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
LIST = "/admin/accounts/organisation/"
DOUBLES = "/admin/accounts/likelydouble/"


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


@pytest.fixture
def bodies() -> list[Organisation]:
    region = Region.objects.get(code="KZ-71")
    return [
        Organisation.objects.create(name_ru="ОФ «Пример»", bin="600140000018", region=region),
        Organisation.objects.create(name_ru="Пример", name_en="Example", region=region),
    ]


def page_of(bodies: list[Organisation]) -> str:
    return address([one.code for one in bodies])


def choose(client: Client, bodies: list[Organisation]):
    chosen = [one.pk for one in bodies]
    return client.post(LIST, {"action": "merge", "_selected_action": chosen, "index": 0})


def test_choosing_two_leads_to_the_page(clerk: Client, bodies: list[Organisation]) -> None:
    response = choose(clerk, bodies)
    assert (response.status_code, response["Location"]) == (302, page_of(bodies))


def test_one_or_too_many_are_no_choice(clerk: Client, bodies: list[Organisation]) -> None:
    many = [Organisation.objects.create(name_kk=str(number)) for number in range(11)]
    for chosen in (bodies[:1], many):
        response = choose(clerk, chosen)
        page = clerk.get(response["Location"]).content.decode()
        assert "Choose from 2 to 10 organisations" in page


def test_the_page_counts_what_each_has(
    clerk: Client, edition: Edition, bodies: list[Organisation], now: dt.datetime
) -> None:
    for number in (1, 2):
        enrol(edition, number, now, organisation=bodies[1])
    Quota.objects.create(edition=edition, organisation=bodies[1], places=5)
    with CaptureQueriesContext(connection) as queries:
        response = clerk.get(page_of(bodies))
    lines = {line.label: line.cells for line in response.context["lines"]}
    assert (lines["Registrations"], lines["Quotas"], lines["Contacts"]) == ([0, 2], [0, 1], [0, 0])
    assert len(queries) <= 14


def test_it_merges_into_the_one_that_was_chosen(
    clerk: Client,
    edition: Edition,
    bodies: list[Organisation],
    registrar: User,
    now: dt.datetime,
) -> None:
    mine = enrol(edition, 1, now, organisation=bodies[1])
    sent = {"keep": bodies[0].code, "reason": "Entered twice"}
    response = clerk.post(page_of(bodies), sent)
    assert response.status_code == 302
    assert "All of it belongs to" in clerk.get(response["Location"]).content.decode()
    mine.refresh_from_db()
    gone = Organisation.objects.get(pk=bodies[1].pk)
    assert (mine.organisation, gone.merged_into, gone.merged_by, gone.merge_reason) == (
        bodies[0],
        bodies[0],
        registrar,
        "Entered twice",
    )


@pytest.mark.parametrize("sent", [{}, {"keep": "NOBODY", "reason": "x"}, {"reason": "x"}])
def test_without_a_choice_and_a_reason_nothing_happens(
    clerk: Client, bodies: list[Organisation], sent: dict[str, str]
) -> None:
    assert clerk.post(page_of(bodies), sent).status_code == 422
    assert clerk.post(page_of(bodies), {"keep": bodies[0].code}).status_code == 422
    assert Organisation.objects.listed().count() == 2


def test_what_was_merged_meanwhile_leads_back_to_the_list(
    clerk: Client, bodies: list[Organisation]
) -> None:
    sent = {"keep": bodies[0].code, "reason": "Entered twice"}
    clerk.post(page_of(bodies), sent)
    response = clerk.post(page_of(bodies), sent)
    assert (response.status_code, response["Location"]) == (302, LIST)


def test_different_bins_are_warned_of(clerk: Client, bodies: list[Organisation]) -> None:
    assert "Their BINs differ" not in clerk.get(page_of(bodies)).content.decode()
    Organisation.objects.filter(pk=bodies[1].pk).update(bin="600140000206")
    assert "Their BINs differ" in clerk.get(page_of(bodies)).content.decode()


def test_only_who_may_merge_gets_there(
    clerk: Client, registrar: User, bodies: list[Organisation]
) -> None:
    registrar.groups.get().permissions.remove(Permission.objects.get(codename="merge_organisation"))
    sent = {"keep": bodies[0].code, "reason": "x"}
    assert clerk.post(page_of(bodies), sent).status_code == 403
    assert clerk.get(DOUBLES).status_code == 403
    assert Organisation.objects.listed().count() == 2


def test_a_merged_one_is_hidden_read_only_and_stays(
    boss: Client, bodies: list[Organisation]
) -> None:
    boss.post(page_of(bodies), {"keep": bodies[0].code, "reason": "Twice"})
    assert list(boss.get(LIST).context["cl"].result_list) == [bodies[0]]
    assert list(boss.get(f"{LIST}?merged=yes").context["cl"].result_list) == [bodies[1]]
    offered = boss.get(
        "/admin/autocomplete/?app_label=forum&model_name=registration&field_name=organisation"
    )
    assert offered.json()["results"] == [
        {"id": str(bodies[0].pk), "text": "Example, Astana, 600140000018"}
    ]
    for one in bodies:
        assert boss.post(f"{LIST}{one.pk}/delete/", {"post": "yes"}).status_code == 403
    assert boss.post(f"{LIST}{bodies[1].pk}/change/", {"name_ru": "x"}).status_code == 403
    assert "Twice" in boss.get(f"{LIST}{bodies[1].pk}/change/").content.decode()


def test_likely_doubles_lead_to_merging_or_are_set_aside(
    clerk: Client, bodies: list[Organisation], registrar: User, now: dt.datetime
) -> None:
    find_doubles(now=now)
    page = clerk.get(DOUBLES).content.decode()
    assert page_of(bodies).replace("&", "&amp;") in page
    pair = LikelyDouble.objects.get()
    sent = {"action": "two_bodies", "_selected_action": [pair.pk], "index": 0}
    assert clerk.post(DOUBLES, sent).status_code == 302
    pair.refresh_from_db()
    assert pair.dismissed_by == registrar
    assert list(clerk.get(DOUBLES).context["cl"].result_list) == []
    assert list(clerk.get(f"{DOUBLES}?looked=two").context["cl"].result_list) == [pair]


def test_many_pairs_need_no_more_queries(clerk: Client, now: dt.datetime) -> None:
    counts = []
    for more in (1, 3):
        for number in range(more):
            Organisation.objects.create(name_ru=f"Пример {more} {number}")
            Organisation.objects.create(name_en=f"Primer {more} {number}")
        find_doubles(now=now)
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(DOUBLES).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def add(client: Client, **fields: str):
    sent = {"kind": "ngo", "register_status": "unknown", **fields}
    return client.post(f"{LIST}add/", sent)


def test_staff_who_add_another_spelling_are_shown_it(
    clerk: Client, bodies: list[Organisation]
) -> None:
    response = add(clerk, name_kk="«ПРИМЕР» қоғамдық қоры")
    page = response.content.decode()
    assert response.status_code == 200
    assert "The list holds nearly the same name: " in page
    assert bodies[0].described in page
    assert add(clerk, name_kk="«ПРИМЕР» қоғамдық қоры", another="on").status_code == 302
    assert Organisation.objects.count() == 3


def test_whose_bin_it_is_is_said(clerk: Client, bodies: list[Organisation]) -> None:
    response = add(clerk, name_kk="Өзге", bin="600140000018")
    assert response.status_code == 200
    assert f"This BIN belongs to: {bodies[0]}." in response.content.decode()
