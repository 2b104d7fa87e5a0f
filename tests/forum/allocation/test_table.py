"""The table of places: what it shows, what it saves, and what it refuses at the field."""

import datetime as dt
import re
from collections.abc import Callable, Mapping

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, Region, User
from forum.models import Approval, Category, Edition, Quota
from forum.quotas.actions import Wish, set_many
from forum.quotas.cells import EVERYBODY, Cell
from forum.quotas.rules import RuleWish, set_rule
from tests.forum.quotas.conftest import Comer

pytestmark = pytest.mark.django_db
TABLE = "/en/12/desk/quotas/"


Setter = Callable[[Mapping[Cell, int | None]], None]


@pytest.fixture
def put(edition: Edition, organiser: User, now: dt.datetime) -> Setter:
    """Give cells their places, whatever stood there."""

    def put(places: Mapping[Cell, int | None]) -> None:
        wishes = {cell: Wish(number) for cell, number in places.items()}
        set_many(edition, wishes, by=organiser, now=now)

    return put


def field(client: Client, key: str, path: str = TABLE) -> str:
    """Return a field of the table as its text, with the value before it."""
    page = client.get(path).content.decode()
    return told(page, key)


def told(page: str, key: str) -> str:
    cell = re.search(rf'<td[^>]*data-cell="{re.escape(key)}">(.*?)</td>', page, re.DOTALL)
    assert cell is not None
    value = re.search(r'name="p\.[^"]*" value="([^"]*)"', cell[1])
    assert value is not None
    return f"{value[1]}|" + " ".join(re.sub(r"<[^>]+>", " ", cell[1]).split())


def post(client: Client, path: str = TABLE, **fields: str):
    """Send fields as key=typed/seen, a key with "_" for "." and "__" for "-"."""
    sent = {}
    for name, both in fields.items():
        key = name.replace("__", "-").replace("_", ".", 1)
        sent[f"p.{key}"], _, sent[f"s.{key}"] = both.partition("/")
    return client.post(path, sent)


def test_a_field_shows_its_places_and_who_holds_or_wants_them(
    desk: Client, put: Setter, akmola: Region, come: Comer
) -> None:
    put({Cell("ngo", akmola.pk): 3})
    come(2, region=akmola)
    come(1, "offered", region=akmola)
    come(4, "awaiting", region=akmola)
    come(5, "waiting", region=akmola)
    assert field(desk, "ngo.KZ-11") == (
        "3|NGO of a region ✓ confirmed 2 → offered 1 ? awaiting approval 4 … waiting 5 full"
    )


def test_rows_and_columns_add_up(
    desk: Client, put: Setter, akmola: Region, astana: Region, come: Comer
) -> None:
    put({Cell("ngo", akmola.pk): 3, Cell("ngo", astana.pk): 4, Cell("state", akmola.pk): 2})
    come(1, region=akmola)
    come(2, region=astana)
    come(1, category="state", region=akmola)
    come(1)
    assert field(desk, "ngo.all") == "|NGO of a region Σ sum 7 ✓ confirmed 4"
    assert field(desk, "all.KZ-11") == "|All categories Σ sum 5 ✓ confirmed 2"
    assert field(desk, "all.all") == "10|All categories Σ sum 9 ✓ confirmed 5"


def test_who_comes_from_no_region_has_a_row_without_fields(desk: Client, come: Comer) -> None:
    come(2, category="republican")
    page = desk.get(TABLE).content.decode()
    row = page[page.index("No region") :]
    row = row[: row.index("</tr>")]
    assert "<input" not in row
    assert " ".join(re.sub(r"<[^>]+>", " ", row).split()) == (
        "No region All categories ✓ confirmed 2 NGO of a region Republican NGO ✓ confirmed 2 "
        "State body Public council Business Media International organisation Guest"
    )


def test_one_field_is_saved_and_the_others_stay(
    desk: Client, edition: Edition, akmola: Region
) -> None:
    response = post(desk, ngo_KZ__11="25/", ngo_all="/")
    assert (response.status_code, response["Location"]) == (302, TABLE)
    rows = Quota.objects.values_list("edition", "category", "region", "places")
    assert list(rows) == [(edition.pk, "ngo", akmola.pk, 25)]
    assert "1 number of places is saved." in desk.get(TABLE).content.decode()


def test_an_emptied_field_has_no_limit(desk: Client, edition: Edition) -> None:
    post(desk, ngo_all="5/")
    post(desk, ngo_all="/5")
    assert Quota.objects.get(edition=edition).places is None


def test_the_corner_is_the_edition_itself(desk: Client, edition: Edition) -> None:
    post(desk, all_all="700/10")
    edition.refresh_from_db()
    assert edition.capacity == 700


def test_thousands_may_be_grouped_by_blanks(desk: Client, edition: Edition) -> None:
    post(desk, all_all="1\u00a0 200/10")
    edition.refresh_from_db()
    assert edition.capacity == 1200


@pytest.mark.parametrize(
    "typed", ["-1", "many", "2.5", "1e3", "２５", "٢٥", "1" * 40, "1000001", "5\0", "=5", "<b>"]
)
def test_what_is_no_number_is_refused_at_its_field(desk: Client, typed: str) -> None:
    response = post(desk, ngo_all=f"{typed}/", state_all="5/")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write the number of places in digits, from 0 to 1000000" in told(page, "ngo.all")
    assert told(page, "state.all") == "5|State body"
    assert not Quota.objects.exists()


def test_below_what_is_taken_is_refused_at_its_field(desk: Client, come: Comer) -> None:
    come(3)
    response = post(desk, ngo_all="2/", state_all="5/")
    page = response.content.decode()
    assert response.status_code == 422
    assert told(page, "ngo.all").startswith(
        "2|NGO of a region NGO of a region: places taken already: 3. Cancel registrations first"
    )
    assert not Quota.objects.exists()


def test_what_somebody_else_wrote_meanwhile_is_shown_and_replaced_on_the_second_try(
    desk: Client, edition: Edition
) -> None:
    post(desk, ngo_all="5/")
    response = post(desk, ngo_all="7/")
    page = response.content.decode()
    assert response.status_code == 409
    assert "7|NGO of a region NGO of a region: somebody else wrote 5 meanwhile." in told(
        page, "ngo.all"
    )
    assert '<input type="hidden" name="s.ngo.all" value="5">' in page
    assert Quota.objects.get(edition=edition).places == 5
    post(desk, ngo_all="7/5")
    assert Quota.objects.get(edition=edition).places == 7


@pytest.mark.parametrize(
    "sent",
    [
        {"p.ngo.KZ-99": "5", "s.ngo.KZ-99": ""},
        {"p.clowns.all": "5"},
        {"p.ngo.all": "5", "s.ngo.all": "seen?"},
        {"undoes": "nothing", "p.": "7"},
        {},
    ],
)
def test_a_form_that_is_not_ours_writes_nothing(desk: Client, sent: dict[str, str]) -> None:
    assert desk.post(TABLE, sent).status_code in (302, 409)
    assert not Quota.objects.exists()


def test_what_was_saved_is_undone_step_by_step(desk: Client) -> None:
    post(desk, ngo_all="5/", state_all="3/")
    post(desk, ngo_all="8/5")
    for left in ({"ngo": 5, "state": 3}, {"ngo": None, "state": None}):
        page = desk.get(TABLE).content.decode()
        form = page[page.index('class="quota-undo"') :]
        form = form[: form.index("</form>")]
        fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
        assert desk.post(TABLE, fields).status_code == 302
        assert dict(Quota.objects.values_list("category", "places")) == left
    assert 'class="quota-undo"' not in desk.get(TABLE).content.decode()


def test_what_another_changed_since_is_not_undone(
    desk: Client, edition: Edition, now: dt.datetime
) -> None:
    post(desk, ngo_all="5/")
    set_many(edition, {Cell("ngo", None): Wish(6)}, by=None, now=now)
    response = post(desk, ngo_all="/5")
    assert response.status_code == 409
    assert Quota.objects.get(edition=edition).places == 6


def test_a_colleagues_saving_is_not_mine_to_undo(
    desk: Client, edition: Edition, now: dt.datetime
) -> None:
    other = User.objects.create_user("other@example.org")
    set_many(edition, {Cell("ngo", None): Wish(6)}, by=other, now=now)
    assert 'class="quota-undo"' not in desk.get(TABLE).content.decode()


def test_the_heads_say_which_categories_are_closed_or_need_approval(
    desk: Client, edition: Edition, organiser: User, now: dt.datetime
) -> None:
    wish = RuleWish(Approval.ORGANISERS, closed=True)
    set_rule(edition, Category.MEDIA, wish, by=organiser, now=now)
    page = desk.get(TABLE).content.decode()
    head = page[page.index("<thead>") : page.index("</thead>")]
    assert " ".join(re.sub(r"<[^>]+>", " ", head).split()) == (
        "Region All categories NGO of a region Republican NGO State body Public council Business "
        "Media Closed With approval International organisation Guest"
    )


def test_one_category_can_be_looked_at_alone(desk: Client) -> None:
    page = desk.get(f"{TABLE}?category=media").content.decode()
    keys = set(re.findall(r'data-cell="([a-z]+)\.', page))
    assert keys == {"media"}
    assert post(desk, f"{TABLE}?category=media", media_all="5/")["Location"] == (
        f"{TABLE}?category=media"
    )


def test_an_unknown_category_shows_all(desk: Client) -> None:
    page = desk.get(f"{TABLE}?category=%00clowns").content.decode()
    assert len(set(re.findall(r'data-cell="([a-z]+)\.', page))) == 9


def warnings(client: Client) -> list[str]:
    page = client.get(TABLE).content.decode()
    part = page[page.index('id="findings"') :]
    return re.findall(r'<li><a href="#q-[^"]+">([^<]+)</a></li>', part)


def test_sums_that_exceed_the_whole_are_warned_of_and_not_refused(
    desk: Client, put: Setter, akmola: Region
) -> None:
    put({Cell("ngo", akmola.pk): 9, Cell("ngo", None): 8, Cell("", akmola.pk): 7})
    put({Cell("state", None): 5})
    assert warnings(desk) == [
        "The whole edition: the places of the categories add up to 13, more than there are: 10.",
        "NGO of a region: the places of the regions add up to 9, more than there are: 8.",
        "Akmola: the places of the categories add up to 9, more than there are: 7.",
    ]


def test_regions_that_exceed_the_edition_are_warned_of(
    desk: Client, put: Setter, akmola: Region
) -> None:
    put({Cell("", akmola.pk): 11})
    assert warnings(desk) == [
        "The whole edition: the places of the regions add up to 11, more than there are: 10."
    ]


def test_a_full_field_is_warned_of_when_people_wait(
    desk: Client, put: Setter, akmola: Region, come: Comer
) -> None:
    put({Cell("ngo", akmola.pk): 1, Cell("state", None): 1})
    come(1, region=akmola)
    come(2, "waiting", region=akmola)
    come(1, category="state")
    assert warnings(desk) == [
        "NGO of a region · Akmola: every place is taken, and so many wait: 2."
    ]


def test_numbers_that_fit_are_not_warned_of(desk: Client, put: Setter) -> None:
    put({EVERYBODY: 10, Cell("ngo", None): 10})
    assert warnings(desk) == []


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.usefixtures("_open_ended")
def test_the_page_asks_as_often_for_many_as_for_one(
    desk: Client,
    bodies: list[Organisation],
    come: Comer,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for category in list(Category)[: 1 if count == 1 else None]:
        post(desk, **{f"{category}_all": "900/"})
        come(count, category=category, organisation=bodies[0])
    desk.get(TABLE)
    with django_assert_num_queries(8):
        desk.get(TABLE)


@pytest.fixture
def _open_ended(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(capacity=None)
