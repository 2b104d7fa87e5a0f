"""The table as a workbook: the numbers of the page, and no formula."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import Region
from forum.models import Edition, Quota
from tests.forum.quotas.conftest import Comer

pytestmark = pytest.mark.django_db


def sheets(client: Client) -> dict[str, list[tuple[object, ...]]]:
    response = client.get("/en/12/desk/quotas/quotas.xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="12-quotas.xlsx"'
    book = load_workbook(io.BytesIO(response.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_it_holds_the_places_as_the_page_shows_them(
    desk: Client, edition: Edition, akmola: Region
) -> None:
    Quota.objects.create(edition=edition, category="ngo", region=akmola, places=5)
    rows = sheets(desk)["Places"]
    assert rows[0][:3] == ("Region", "All categories", "NGO of a region")
    assert rows[1] == ("All regions", 10, *[None] * 8)
    assert rows[3] == ("Akmola", None, 5, *[None] * 7)
    assert len(rows) == 22


def test_it_holds_who_comes(desk: Client, akmola: Region, come: Comer) -> None:
    come(2, region=akmola)
    come(1, "waiting")
    rows = sheets(desk)["Who comes"]
    assert ("Akmola", "NGO of a region", None, 2, 0, 0, 0) in rows
    assert ("No region", "NGO of a region", None, 0, 0, 0, 1) in rows
    assert rows[1] == ("All regions", "All categories", 10, 2, 0, 0, 1)


def test_a_name_is_no_formula(desk: Client, akmola: Region) -> None:
    Region.objects.filter(pk=akmola.pk).update(name_en="=1+1")
    assert sheets(desk)["Places"][3][0] == "'=1+1"
