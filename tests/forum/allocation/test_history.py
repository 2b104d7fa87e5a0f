"""Who changed which number, and when."""

import datetime as dt
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Region, User
from forum.models import Edition
from forum.quotas.actions import Wish, set_many
from forum.quotas.cells import EVERYBODY, Cell

pytestmark = pytest.mark.django_db
HISTORY = "/en/12/desk/quotas/history/"


def told(client: Client, query: str = "") -> list[list[str]]:
    """Return who and what of each row."""
    page = client.get(f"{HISTORY}{query}").content.decode()
    rows = re.findall(r"<tr><td>.*?</td><td>(.*?)</td><td>(.*?)</td></tr>", page)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in rows]


@pytest.fixture
def _changed(
    edition: Edition, organiser: User, now: dt.datetime, akmola: Region, astana: Region
) -> None:
    other = User.objects.create_user("other@example.org", given_name="Other")
    for who, cell, places in (
        (organiser, Cell("ngo", akmola.pk), 5),
        (other, Cell("ngo", akmola.pk), None),
        (None, Cell("ngo", astana.pk), 7),
        (other, Cell("state", None), 8),
        (other, Cell("", akmola.pk), 9),
    ):
        set_many(edition, {cell: Wish(places)}, by=who, now=now)


@pytest.mark.usefixtures("_changed")
def test_of_a_field_its_changes_are_told_the_newest_first(desk: Client) -> None:
    assert told(desk, "?category=ngo&region=KZ-11") == [
        ["Other", "NGO of a region · Akmola: 5 → no limit"],
        ["Organiser", "NGO of a region · Akmola: no limit → 5"],
    ]


@pytest.mark.usefixtures("_changed")
def test_of_a_category_as_a_whole(desk: Client) -> None:
    assert told(desk, "?category=state&region=all") == [["Other", "State body: no limit → 8"]]


@pytest.mark.usefixtures("_changed")
def test_of_a_region_as_a_whole(desk: Client) -> None:
    assert told(desk, "?category=all&region=KZ-11") == [["Other", "Akmola: no limit → 9"]]


@pytest.mark.usefixtures("_changed")
def test_who_was_not_signed_in_is_the_system(desk: Client) -> None:
    assert told(desk, "?category=ngo&region=KZ-71") == [
        ["The system", "NGO of a region · Astana: no limit → 7"]
    ]


def test_the_editions_own_number_is_told_among_its_other_changes(
    desk: Client, edition: Edition, organiser: User, now: dt.datetime
) -> None:
    Edition.objects.filter(pk=edition.pk).update(venue="Elsewhere")
    set_many(edition, {EVERYBODY: Wish(12)}, by=organiser, now=now)
    assert told(desk) == [
        ["Organiser", "The whole edition: 10 → 12"],
        ["The system", "The whole edition: no limit → 10"],
    ]


def test_another_editions_changes_are_not_told(desk: Client, now: dt.datetime) -> None:
    day = dt.date(2023, 10, 1)
    other = Edition.objects.create(
        number=11, year=2023, slug="11", name_kk="XI", starts_on=day, ends_on=day
    )
    set_many(other, {EVERYBODY: Wish(77), Cell("ngo", None): Wish(33)}, by=None, now=now)
    assert told(desk) == [["The system", "The whole edition: no limit → 10"]]


@pytest.mark.parametrize("query", ["?category=%00", "?region=9", "?page=99999999999999999999"])
def test_what_cannot_be_understood_shows_all(desk: Client, query: str) -> None:
    assert told(desk, query) == [["The system", "The whole edition: no limit → 10"]]


@pytest.mark.usefixtures("_changed")
def test_it_is_paged(desk: Client, edition: Edition, now: dt.datetime) -> None:
    for places in range(100, 160):
        set_many(edition, {Cell("media", None): Wish(places)}, by=None, now=now)
    assert len(told(desk, "?category=media")) == 50
    assert len(told(desk, "?category=media&page=2")) == 10
    assert "category=media&amp;page=" in desk.get(f"{HISTORY}?category=media").content.decode()


@pytest.mark.usefixtures("_changed")
def test_it_asks_as_often_for_many_as_for_one(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for query in ("", "?category=state&region=all"):
        with django_assert_num_queries(7):
            desk.get(f"{HISTORY}{query}")
