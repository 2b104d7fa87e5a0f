"""The desk's list as a workbook: those that were asked for, in order, and never with needs."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Region, User
from accounts.organisations.models import Organisation
from forum.approval import exports
from forum.models import Registration

from .conftest import LIST

pytestmark = pytest.mark.django_db
BOOK = f"{LIST}list.xlsx"


def cells(client: Client, query: str = "") -> list[tuple[object, ...]]:
    answer = client.get(BOOK + query)
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return list(sheet.iter_rows(values_only=True))  # type: ignore[union-attr]


def test_the_rows_are_those_of_the_list_in_its_order(
    desk: Client, five: list[Registration], body: Organisation
) -> None:
    shymkent = Region.objects.get(code="KZ-79")
    Registration.objects.filter(pk=five[0].pk).update(organisation=body, region=shymkent)
    head, *rows = cells(desk, "?status=awaiting&sort=newest&q=улги")
    assert head[:3] == ("Number", "Edition", "Status")
    assert [row[0] for row in rows] == [one.code for one in reversed(five)]
    assert dict(zip(head, rows[-1], strict=True))["Region"] == str(shymkent)


def test_needs_are_never_in_it_whoever_asks(desk: Client, five: list[Registration]) -> None:
    Registration.objects.update(needs=["wheelchair"], needs_note="Пандус")
    User.objects.filter(email="organiser@example.org").update(is_superuser=True)
    told = str(cells(desk, "?status=all"))
    assert five[0].code in told
    assert ("Пандус" in told, "wheelchair" in told) == (False, False)


def test_a_formula_is_text(desk: Client, five: list[Registration]) -> None:
    User.objects.filter(pk=five[0].person_id).update(given_name="=1+1")
    assert "'=1+1" in cells(desk, "?status=all&sort=oldest")[1]


def test_a_long_list_goes_out_in_parts(
    desk: Client, five: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "A_FILE", 2)
    assert desk.get(LIST).context["files"] == [(1, 1, 2), (2, 3, 4), (3, 5, 5)]
    found = [
        [row[0] for row in cells(desk, f"?status=all&sort=oldest&part={n}")[1:]] for n in "123"
    ]
    codes = [one.code for one in five]
    assert found == [codes[:2], codes[2:4], codes[4:]]
    assert len(cells(desk, "?part=\0")) == len(cells(desk, "?part=-1")) == 3


def test_each_row_asks_nothing_of_its_own(desk: Client, five: list[Registration]) -> None:
    assert len(five) == 5
    with CaptureQueriesContext(connection) as asked:
        cells(desk, "?status=all")
    assert len(asked) <= 6


def test_others_do_not_get_it(client: Client, five: list[Registration]) -> None:
    client.force_login(five[0].person)
    assert client.get(BOOK).status_code == 404
