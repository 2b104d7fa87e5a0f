"""Dates and numbers as a person reads and types them, in each language."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.utils import formats, translation
from django.utils.dates import MONTHS
from django.utils.formats import date_format, localize

DAY = dt.date(2025, 10, 16)
MOMENT = dt.datetime(2025, 10, 16, 17, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("language", "long", "short", "moment"),
    [
        ("kk", "2025 ж. 16 қазан", "16.10.2025", "2025 ж. 16 қазан, 17:05"),
        ("ru", "16 октября 2025 г.", "16.10.2025", "16 октября 2025 г., 17:05"),
        ("en", "16 October 2025", "16.10.2025", "16 October 2025, 17:05"),
    ],
)
def test_dates_as_they_are_read(language: str, long: str, short: str, moment: str) -> None:
    with translation.override(language):
        assert date_format(DAY) == long
        assert date_format(DAY, "SHORT_DATE_FORMAT") == short
        assert date_format(MOMENT, "DATETIME_FORMAT") == moment
        assert formats.time_format(MOMENT.time()) == "17:05"


def test_every_kazakh_month_in_a_date() -> None:
    shown = [date_format(dt.date(2025, month, 1), "MONTH_DAY_FORMAT") for month in MONTHS]
    assert shown == [
        "1 қаңтар",
        "1 ақпан",
        "1 наурыз",
        "1 сәуір",
        "1 мамыр",
        "1 маусым",
        "1 шілде",
        "1 тамыз",
        "1 қыркүйек",
        "1 қазан",
        "1 қараша",
        "1 желтоқсан",
    ]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("kk", "18\xa0000,5"),
        ("ru", "18\xa0000,5"),
        ("en", "18,000.5"),
    ],
)
def test_numbers_as_they_are_read(language: str, shown: str) -> None:
    with translation.override(language):
        assert formats.number_format(Decimal("18000.5"), force_grouping=True) == shown


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_week_begins_on_monday(language: str) -> None:
    with translation.override(language):
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("typed", ["16.10.2025", "2025-10-16"])
def test_dates_as_they_are_typed(language: str, typed: str) -> None:
    with translation.override(language):
        assert forms.DateField(localize=True).clean(typed) == DAY


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_slashes_are_refused_rather_than_guessed(language: str) -> None:
    with translation.override(language), pytest.raises(forms.ValidationError):
        forms.DateField().clean("05/10/2025")


def test_what_is_shown_can_be_typed_again() -> None:
    assert forms.DecimalField(localize=True).clean(localize(Decimal("1.5"))) == Decimal("1.5")
