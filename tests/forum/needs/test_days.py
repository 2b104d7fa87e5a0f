"""The counts by day: exact for who prepares it, hidden where they are small for others."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.editions.models import Edition

from .conftest import FIRST, SECOND, Comes, browser_of

pytestmark = pytest.mark.django_db
PAGE = "/en/13/desk/needs/"


def lines(person: User, of: str = "needs") -> dict[str, list[str]]:
    context: Any = browser_of(person).get(PAGE).context
    return {line.heading: [str(one) for one in line.figures] for line in context[of]}


def test_each_need_is_counted_on_each_day(comes: Comes, preparer: User) -> None:
    comes("sign", "halal")
    comes("halal", days=[FIRST])
    comes(days=[SECOND])
    comes("wheelchair", "assistant")
    told = lines(preparer)
    assert told["Delegates"] == ["3", "3"]
    assert told["Halal food"] == ["2", "1"]
    assert told["Sign-language interpreter"] == ["1", "1"]
    assert told["Pass for an assistant"] == ["1", "1"]
    assert told["Prayer room"] == ["0", "0"]


def test_only_who_holds_a_place_counts(comes: Comes, preparer: User, now: Any) -> None:
    comes("halal", confirmed_at=None, waiting_since=now)
    comes("halal", cancelled_at=now)
    comes("halal", arrived_at=now)
    assert lines(preparer)["Halal food"] == ["1", "1"]


@pytest.mark.parametrize(("people", "told"), [(0, "fewer than 3"), (2, "fewer than 3"), (3, "3")])
def test_small_numbers_are_hidden_from_other_organisers(
    comes: Comes, organiser: User, people: int, told: str
) -> None:
    for _number in range(people):
        comes("wheelchair", languages=["en"])
    assert lines(organiser)["Wheelchair place"] == [told, told]
    assert lines(organiser, "understood")["English"] == [told, told]


def test_languages_are_counted_and_who_understands_one_alone(comes: Comes, preparer: User) -> None:
    comes(languages=["kk"])
    comes(languages=["ru", "kk"])
    comes(languages=[])
    context: Any = browser_of(preparer).get(PAGE).context
    told = [(one.heading, str(one.figures[0]), one.is_part) for one in context["understood"]]
    alone = "no other than this one"
    assert told == [
        *(("Kazakh", "2", False), (alone, "1", True)),
        *(("Russian", "1", False), (alone, "0", True)),
        *(("English", "0", False), (alone, "0", True)),
    ]


def test_a_big_number_is_grouped_and_the_page_says_when_it_is_erased(preparer: User) -> None:
    page = browser_of(preparer).get(PAGE).content.decode()
    assert "erased by itself after this day: 30 October 2036." in page
    assert "Erase it now" not in page


def test_who_sees_counts_alone_is_told_so(organiser: User, preparer: User) -> None:
    sentence = "Numbers under 3 are hidden"
    assert sentence in browser_of(organiser).get(PAGE).content.decode()
    assert sentence not in browser_of(preparer).get(PAGE).content.decode()


@pytest.mark.parametrize("page", ["", "sessions/", "meals/", "people/"])
def test_as_many_queries_for_many_as_for_one(
    edition: Edition, comes: Comes, preparer: User, page: str
) -> None:
    client = browser_of(preparer)

    def asked(add: Callable[..., object]) -> int:
        add()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"{PAGE}{page}").status_code == 200
        return len(queries)

    one = asked(lambda: comes("halal"))
    many = asked(lambda: [comes("sign", needs_note=f"{edition}") for _number in range(5)])
    assert one == many
    assert one <= 10
