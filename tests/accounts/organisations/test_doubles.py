"""What is found of organisations that may be listed twice, and what is not."""

import datetime as dt

import pytest

from accounts.models import LikelyDouble, Organisation, Region, User
from accounts.organisations.doubles import find_doubles, say_two_bodies
from accounts.organisations.merging import merge

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 7, tzinfo=dt.UTC)
NAME, SIMILAR, BIN = LikelyDouble.Reason


def add(name: str, region: str | None = "KZ-71", number: str | None = None) -> Organisation:
    place = Region.objects.get(code=region) if region else None
    return Organisation.objects.create(name_ru=name, region=place, bin=number)


def found() -> list[tuple[int, int, str]]:
    find_doubles(now=NOW)
    return list(LikelyDouble.objects.order_by("pk").values_list("first", "second", "reason"))


def test_one_name_with_and_without_its_legal_form_is_one(example: Organisation) -> None:
    other = add("Общественный фонд Улги-07", region=None)
    assert found() == [(example.pk, other.pk, NAME)]


def test_a_name_in_another_language_column_counts() -> None:
    one = Organisation.objects.create(name_kk="Жастар одағы")
    other = Organisation.objects.create(name_ru="«Жастар одағы»")
    assert found() == [(one.pk, other.pk, NAME)]


def test_nearly_the_same_name_counts_in_one_region_alone() -> None:
    one, other = add("Центр поддержки молодёжи"), add("Центр подержки молодежи")
    add("Центр поддержки молодёжи города", region="KZ-75")
    assert found() == [(one.pk, other.pk, SIMILAR)]


@pytest.mark.parametrize(
    "names",
    [
        ("Школьный совет 5", "Школьный совет 7"),
        ("Жастар", "Жастар одағы"),
        ("Общественный фонд", "Общественный фонд"),
        ("Қамқорлық", "Үміт"),
    ],
)
def test_what_is_another_body_is_not_found(names: tuple[str, str]) -> None:
    for name in names:
        add(name)
    assert found() == []


def test_two_that_have_bins_are_two() -> None:
    add("Үміт", number="600140000018")
    add("Үміт", number="600140000206")
    assert found() == []


@pytest.mark.parametrize("number", ["600140000028", "600140000108", "600140001008"])
def test_a_slip_in_the_bin_makes_similar_names_one(number: str) -> None:
    one = add("Үміт сәулесі", number="600140000018", region="KZ-10")
    other = Organisation.objects.create(name_ru="ОФ Умит сауле", bin=number)
    assert found() == ([] if number == "600140001008" else [(one.pk, other.pk, BIN)])


def test_what_staff_said_to_be_two_stays_so_and_the_rest_is_found_anew(
    example: Organisation,
) -> None:
    other, third = add("Улги-07", region=None), add("ОО «Улги 07»", region=None)
    staff = User.objects.create_user("staff@example.org", is_staff=True)
    find_doubles(now=NOW)
    say_two_bodies(LikelyDouble.objects.get(first=example, second=other), by=staff, now=NOW)
    assert set(found()) == {
        (example.pk, other.pk, NAME),
        (example.pk, third.pk, NAME),
        (other.pk, third.pk, NAME),
    }
    kept = LikelyDouble.objects.get(first=example, second=other)
    assert (kept.dismissed_at, kept.dismissed_by) == (NOW, staff)


def test_a_merge_takes_its_pairs_away(example: Organisation) -> None:
    other, third = add("Улги-07", region=None), add("ОО «Улги 07»", region=None)
    staff = User.objects.create_user("staff@example.org", is_staff=True)
    find_doubles(now=NOW)
    merge(example, gone=[other], by=staff, reason="Twice", now=NOW)
    assert list(LikelyDouble.objects.values_list("first", "second")) == [(example.pk, third.pk)]
    assert found() == [(example.pk, third.pk, NAME)]
