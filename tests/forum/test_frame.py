"""The frame: the same page in every language, the way round, the edition's days."""

import datetime as dt

import pytest
from django.template import Context
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from forum.editions.models import Edition
from forum.templatetags.frame import dates_line, grouped, language_links, path_in_language

DAY = dt.date(2025, 10, 15)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/kk/12/programme/", "/ru/12/programme/"),
        ("/en/", "/ru/"),
        ("/kk", "/ru/"),
        ("/12/schedule.xml", "/ru/"),
        ("//evil.example/kk/", "/ru/"),
    ],
)
def test_a_page_has_the_same_address_in_another_language(path: str, expected: str) -> None:
    assert path_in_language(path, "ru") == expected


def test_the_query_stays_when_the_language_changes() -> None:
    request = RequestFactory().get("/kk/12/programme/?track=ECO&q=%D2%B1")
    with translation.override("kk"):
        links = language_links(Context({"request": request}))
    assert [link["href"] for link in links] == [
        f"/{code}/12/programme/?track=ECO&q=%D2%B1" for code in ("kk", "ru", "en")
    ]
    assert [link["code"] for link in links if link["is_current"]] == ["kk"]


def test_without_a_request_every_language_leads_home() -> None:
    assert [link["href"] for link in language_links(Context({}))] == ["/kk/", "/ru/", "/en/"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (dt.date(2025, 10, 15), dt.date(2025, 10, 16), "15–16 October 2025"),
        (dt.date(2025, 10, 15), dt.date(2025, 10, 15), "15 October 2025"),
        (dt.date(2023, 9, 30), dt.date(2023, 10, 1), "30 September – 1 October 2023"),
    ],
)
def test_an_editions_days_stand_in_one_line(first: dt.date, last: dt.date, expected: str) -> None:
    with translation.override("en"):
        assert dates_line(Edition(starts_on=first, ends_on=last)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("kk", "1\xa0007"), ("ru", "1\xa0007"), ("en", "1,007")],
)
def test_a_count_is_grouped_and_does_not_break(language: str, expected: str) -> None:
    with translation.override(language):
        assert (grouped(1007), grouped(26)) == (expected, "26")


def test_a_list_counts_with_groups() -> None:
    given = {"programme": {"filters": None, "total": 1007}, "edition": Edition(starts_on=DAY)}
    with translation.override("ru"):
        words = render_to_string("sessions_app/timetable/_counts.html", given)
    assert words.startswith("1\xa0007 заседаний.")
