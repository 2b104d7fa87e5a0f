"""The list of who needs what: found by search, written down at every look."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from accounts.models import Organisation, User
from forum.needs.models import NeedsView, Seen

from .conftest import FIRST, Comes, browser_of, organiser_of

pytestmark = pytest.mark.django_db
PAGE = "/en/13/desk/needs/people/"


def found(person: User, query: str = "") -> list[str]:
    context: Any = browser_of(person).get(f"{PAGE}{query}").context
    return [row.code for row in context["rows"]]


def test_it_names_who_needs_something_and_nobody_else(
    comes: Comes, preparer: User, now: dt.datetime
) -> None:
    wheelchair, noted = comes("wheelchair"), comes(needs_note="Тұтқа керек")
    comes()
    comes("halal", cancelled_at=now)
    comes("halal", confirmed_at=None, waiting_since=now)
    assert found(preparer) == [wheelchair.code, noted.code]
    page = browser_of(preparer).get(PAGE).content.decode()
    assert "Образец-" in page
    assert "Тұтқа керек" in page


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("?need=halal", [0, 2]),
        ("?need=nonsense", [0, 1, 2]),
        ("?q=участников", [0, 1, 2]),
        ("?q=p03@example", [1]),
        ("?q=%00", [0, 1, 2]),
        (f"?q={'x' * 5000}", []),
        ("?page=99999999999999999999", [0, 1, 2]),
        ("?page=-1", [0, 1, 2]),
    ],
)
def test_it_is_searched(comes: Comes, preparer: User, query: str, places: list[int]) -> None:
    people = [comes("halal", "sign"), comes("loop"), comes("halal")]
    assert found(preparer, query) == [people[place].code for place in places]


def test_a_code_finds_its_person(comes: Comes, preparer: User) -> None:
    one, _other = comes("halal"), comes("halal")
    assert found(preparer, f"?q={one.code.lower()}") == [one.code]


def test_other_editions_stay_out(comes: Comes, preparer: User) -> None:
    from .conftest import make_edition

    comes("halal", edition=make_edition("14"))
    assert found(preparer) == []


def test_every_look_is_written_down(comes: Comes, preparer: User) -> None:
    comes("halal")
    comes("sign")
    client = browser_of(preparer)
    client.get(f"{PAGE}?q=образец&need=sign")
    client.get("/en/13/desk/needs/people.xlsx")
    assert list(
        NeedsView.objects.order_by("pk").values_list(
            "person", "edition__slug", "seen", "asked", "people"
        )
    ) == [
        (preparer.pk, "13", Seen.LIST, "образец sign", 1),
        (preparer.pk, "13", Seen.FILE, "", 2),
    ]


def test_counts_are_not_written_down_and_nor_is_who_was_refused(
    comes: Comes, preparer: User, organiser: User
) -> None:
    comes("halal")
    for page in ("", "sessions/", "meals/"):
        browser_of(preparer).get(f"/en/13/desk/needs/{page}")
    browser_of(organiser).get(PAGE)
    assert not NeedsView.objects.exists()


def test_the_list_goes_out_as_a_workbook_without_formulas(comes: Comes, preparer: User) -> None:
    body = Organisation.objects.create(name_en="=1+1", name_kk="=1+1")
    one = comes("halal", "sign", needs_note="=HYPERLINK(1)", organisation=body, days=[FIRST])
    response = browser_of(preparer).get("/en/13/desk/needs/people.xlsx?need=halal")
    assert response["Content-Disposition"] == 'attachment; filename="13-needs.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    assert list(sheet.values) == [
        ("Number", "Name", "Organisation", "Status", "Days", "Needs", "More about needs"),
        (
            *(one.code, one.person.full_name, "'=1+1", "Confirmed", "15.10.2036"),
            *("Halal food, Sign-language interpreter", "'=HYPERLINK(1)"),
        ),
    ]


def test_what_was_typed_is_shown_as_text(comes: Comes, preparer: User) -> None:
    comes("halal", needs_note="<script>x</script>")
    page = browser_of(preparer).get(f"{PAGE}?q=%3Cb%3E").content.decode()
    assert "<b>" not in page
    assert "<script>x" not in browser_of(preparer).get(PAGE).content.decode()


def test_the_list_is_in_pages(comes: Comes, preparer: User) -> None:
    for _number in range(51):
        comes("halal")
    assert (len(found(preparer)), len(found(preparer, "?page=2"))) == (50, 1)


def test_it_is_read_and_not_posted(preparer: User) -> None:
    assert browser_of(preparer).post(PAGE).status_code == 405


def test_nobody_is_an_answer_too(preparer: User) -> None:
    assert "Nobody has told a need" in browser_of(preparer).get(PAGE).content.decode()
    assert "Nobody matches" in browser_of(preparer).get(f"{PAGE}?q=x").content.decode()


def test_taking_the_right_away_closes_the_list(edition: Any) -> None:
    person = organiser_of(edition, sees=True)
    client = browser_of(person)
    assert client.get(PAGE).status_code == 200
    edition.team.update(sees_needs_since=None)
    assert client.get(PAGE).status_code == 404
