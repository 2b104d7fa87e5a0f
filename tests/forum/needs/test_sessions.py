"""The counts by session: whom it does not serve."""

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from forum.needs import figures
from forum.needs.gatherings import Gathering, Source, Tally
from forum.templatetags.content import Wording

from .conftest import FIRST, SECOND, Comes, browser_of

pytestmark = pytest.mark.django_db
PAGE = "/en/13/desk/needs/sessions/"
SEVEN = [Tally(count=7, languages=frozenset({"ru"}), needs=frozenset({"wheelchair"}))]


def gathering(title: str, **more: Any) -> Gathering:
    told: dict[str, Any] = {
        "title": Wording(title),
        "address": "/en/13/programme/ABC/",
        "day": FIRST,
        "starts_at": dt.datetime(2036, 10, 15, 5, tzinfo=dt.UTC),
        "place": Wording("Hall"),
        "working_languages": frozenset({"kk"}),
        "interpretation": frozenset(),
        "sign_language": False,
        "hearing_loop": False,
    }
    return Gathering(**(told | more))


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> list[Gathering]:
    found: list[Gathering] = []
    source = Source(lambda _edition: found, lambda _edition, groups: dict.fromkeys(groups, SEVEN))
    monkeypatch.setattr(figures, "sources", [source])
    return found


def lines(person: User) -> list[Any]:
    context: Any = browser_of(person).get(PAGE).context
    return list(context["lines"])


def test_who_understands_no_working_language_and_who_is_not_served(
    comes: Comes, preparer: User, known: list[Gathering]
) -> None:
    known.append(gathering("Plenary", interpretation=frozenset({"ru"})))
    for languages in (["kk"], ["ru"], ["en", "ru"], ["en"], []):
        comes(languages=languages)
    comes(languages=["en"], days=[SECOND])
    (line,) = lines(preparer)
    assert (str(line.expected), str(line.not_understanding), str(line.not_served)) == (
        "5",
        "3",
        "1",
    )
    assert line.wanted == ["English: 1"]
    page = browser_of(preparer).get(PAGE).content.decode()
    assert "without interpretation: 1" in page


def test_what_is_needed_and_not_there_is_marked(
    comes: Comes, preparer: User, known: list[Gathering]
) -> None:
    known += [gathering("Without"), gathering("With", sign_language=True, hearing_loop=True)]
    comes("sign", "loop", "wheelchair")
    told = {
        str(one.title): (one.lacks_sign, one.lacks_loop, str(one.wheelchair))
        for one in lines(preparer)
    }
    assert told == {"Without": (True, True, "1"), "With": (False, False, "1")}


def test_who_sees_counts_alone_learns_of_no_single_person(
    comes: Comes, organiser: User, known: list[Gathering]
) -> None:
    known.append(gathering("Plenary"))
    comes("sign", languages=["en"])
    (line,) = lines(organiser)
    assert (line.lacks_sign, line.lacks_interpretation, line.wanted) == (False, False, [])
    assert str(line.sign) == "fewer than 3"
    page = browser_of(organiser).get(PAGE).content.decode()
    assert "not there" not in page


def test_a_session_with_seats_counts_its_own_people(
    comes: Comes, preparer: User, known: list[Gathering]
) -> None:
    comes("sign")
    known.append(gathering("Breakout", group=9))
    (line,) = lines(preparer)
    assert (str(line.expected), str(line.wheelchair), str(line.sign)) == ("7", "7", "0")


def test_without_a_programme_the_page_says_so(preparer: User) -> None:
    assert "No session is known yet" in browser_of(preparer).get(PAGE).content.decode()
