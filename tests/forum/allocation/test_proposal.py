"""A proposal beside today's numbers, saved whole, refused whole, or dropped."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, Region
from forum.models import Edition, Quota
from tests.forum.quotas.conftest import Comer

pytestmark = pytest.mark.django_db
PROPOSAL = "/en/12/desk/quotas/proposal/"


def ask(**told: str) -> str:
    return f"{PROPOSAL}?{urlencode(told)}"


def proposed(page: str) -> dict[str, tuple[str, str]]:
    """Return, by region, the number that would be saved and the one that was seen."""
    places = dict(re.findall(r'name="p\.ngo\.([^"]+)" value="(\d*)"', page))
    seen = dict(re.findall(r'name="s\.ngo\.([^"]+)" value="(\d*)"', page))
    return {code: (number, seen[code]) for code, number in places.items()}


def fields(page: str) -> dict[str, str]:
    form = page[page.index('id="apply"') :]
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")]))


def row(page: str, region: str) -> str:
    body = page[page.index(f'<th scope="row">{region}</th>') :]
    return " ".join(re.sub(r"<[^>]+>", " ", body[: body.index("</tr>")]).split())


def test_equal_shares_go_to_the_first_regions_where_they_do_not_divide(desk: Client) -> None:
    shares = proposed(desk.get(ask(total="42")).content.decode())
    assert list(shares.values()) == [("3", "")] * 2 + [("2", "")] * 18


def test_by_organisations_in_our_list(desk: Client, bodies: list[Organisation]) -> None:
    Organisation.objects.create(name_kk="Ұйым", region=Region.objects.get(code="KZ-71"))
    Organisation.objects.create(name_kk="Орган", kind="state", region=bodies[0].region)
    page = desk.get(ask(total="8", method="organisations")).content.decode()
    shares = {code: number for code, (number, _seen) in proposed(page).items() if number != "0"}
    assert shares == {"KZ-11": "6", "KZ-71": "2"}


def test_by_numbers_that_were_typed(desk: Client, bodies: list[Organisation]) -> None:
    assert len(bodies) == 3
    told = {"total": "8", "method": "organisations", "n.KZ-71": "9"}
    page = desk.get(ask(**told)).content.decode()
    shares = {code: number for code, (number, _seen) in proposed(page).items() if number != "0"}
    assert shares == {"KZ-11": "2", "KZ-71": "6"}


def test_no_region_falls_below_what_is_taken_and_it_is_said(
    desk: Client, edition: Edition, akmola: Region, come: Comer
) -> None:
    Quota.objects.create(edition=edition, category="ngo", region=akmola, places=6)
    come(4, region=akmola)
    page = desk.get(ask(total="20")).content.decode()
    assert row(page, "Akmola") == "Akmola 4 6 4 −2 raised to the least"


def test_a_least_number_that_is_too_high_is_said(desk: Client) -> None:
    response = desk.get(ask(total="42", least="3"))
    assert response.status_code == 422
    assert "the least number for each region need 60 together." in " ".join(
        response.content.decode().split()
    )
    assert 'id="apply"' not in response.content.decode()


def test_without_a_question_todays_places_are_shared_alike(desk: Client, edition: Edition) -> None:
    Quota.objects.create(edition=edition, category="ngo", places=40)
    shares = proposed(desk.get(PROPOSAL).content.decode())
    assert set(shares.values()) == {("2", "")}


def test_a_proposal_is_saved_whole(desk: Client, edition: Edition) -> None:
    page = desk.get(ask(total="42")).content.decode()
    response = desk.post(ask(total="42"), fields(page))
    assert (response.status_code, response["Location"]) == (302, "/en/12/desk/quotas/")
    quotas = Quota.objects.filter(edition=edition, category="ngo")
    assert sum(quota.places or 0 for quota in quotas) == 42
    again = desk.get(ask(total="42")).content.decode()
    assert "These are today's numbers." in again.replace("&#x27;", "'")


def test_a_proposal_is_refused_whole_where_a_number_changed_meanwhile(
    desk: Client, edition: Edition, akmola: Region
) -> None:
    page = desk.get(ask(total="40")).content.decode()
    Quota.objects.create(edition=edition, category="ngo", region=akmola, places=6)
    response = desk.post(ask(total="40"), fields(page))
    assert response.status_code == 409
    answer = response.content.decode()
    assert "NGO of a region · Akmola: somebody else wrote 6 meanwhile." in answer
    assert proposed(answer)["KZ-11"] == ("2", "6")
    assert Quota.objects.get().places == 6


def test_a_proposal_is_refused_whole_where_more_is_taken_by_now(
    desk: Client, akmola: Region, come: Comer
) -> None:
    page = desk.get(ask(total="40")).content.decode()
    come(3, region=akmola)
    response = desk.post(ask(total="40"), fields(page))
    assert response.status_code == 422
    assert "NGO of a region · Akmola: places taken already: 3." in response.content.decode()
    assert not Quota.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"total": "-1"},
        {"total": ""},
        {"total": "４２"},
        {"total": "42\0"},
        {"total": "9" * 30},
        {"least": "x"},
        {"method": "luck"},
        {"n.KZ-11": "many"},
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_sentence(
    desk: Client, wrong: dict[str, str]
) -> None:
    response = desk.get(ask(**({"total": "42"} | wrong)))
    assert response.status_code == 422
    assert 'class="note note-error" role="alert"' in response.content.decode()


def test_a_category_that_is_none_is_the_first(desk: Client) -> None:
    page = desk.get(ask(category="clowns", total="20")).content.decode()
    assert "There is no such category." in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_often_for_many_as_for_one(
    desk: Client, come: Comer, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    come(count)
    with django_assert_num_queries(7):
        desk.get(ask(total="42"))
