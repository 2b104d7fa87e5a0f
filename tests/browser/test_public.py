"""The public pages in Chromium: read, filtered, searched, in three languages, at any width."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Response, expect

from .product import Product
from .test_accessibility import LOOKS, faults, look_at
from .visitor import NARROW, Visitor, Visitors

FIRST_LOAD_LIMIT = 100_000
"""Bytes over the wire for the programme of the 12th, fonts apart (issue 2)."""
PAGES = ("", "editions/", "12/", "11/", "12/programme/", "12/speakers/", "12/programme/?q=%00")


def codes(product: Product) -> tuple[str, str]:
    """Return the codes of a session and of a speaker of it."""
    row = product.sql(
        "SELECT session.code, speaker.code FROM sessions_app_appearance AS appearance "
        "JOIN sessions_app_session AS session ON session.id = appearance.session_id "
        "JOIN sessions_app_speaker AS speaker ON speaker.id = appearance.speaker_id "
        "JOIN forum_edition AS edition ON edition.id = session.edition_id "
        "WHERE edition.slug = '12' AND speaker.family_name_kk = 'Нұрғазиева' LIMIT 1"
    )[0]
    return str(row[0]), str(row[1])


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    visitors: Visitors, product: Product, size: tuple[int, int], dark: bool
) -> None:
    session, speaker = codes(product)
    paths = (*PAGES, f"12/programme/{session}/", f"12/speakers/{speaker}/")
    assert look_at(visitors.come(size=size, dark=dark), "kk", paths) == {}


@pytest.fixture
def english_titles(product: Product) -> Iterator[None]:
    """Let the sessions of the 11th have titles in English alone, as an imported programme may."""
    number = product.sql("SELECT id FROM forum_edition WHERE slug = '11'")[0][0]
    before = product.sql(
        "SELECT title_kk, title_ru, title_en, id FROM sessions_app_session WHERE edition_id = %s",
        number,
    )
    product.sql(
        "UPDATE sessions_app_session SET title_kk = '', title_ru = '', title_en = 'The title' "
        "WHERE edition_id = %s",
        number,
    )
    yield
    for row in before:
        product.sql(
            "UPDATE sessions_app_session SET title_kk = %s, title_ru = %s, title_en = %s "
            "WHERE id = %s",
            *row,
        )


@pytest.mark.usefixtures("english_titles")
@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_axe_finds_nothing_where_the_titles_are_in_another_language(
    visitors: Visitors, size: tuple[int, int], dark: bool
) -> None:
    visitor = visitors.come(size=size, dark=dark)
    found = look_at(visitor, "ru", ("11/programme/", "11/"))
    visitor.open("/ru/11/programme/")
    assert visitor.page.locator("[data-kind=plenary] .tongue").count() > 0
    assert found == {}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_axe_finds_nothing_in_the_other_languages(
    visitor: Visitor, product: Product, language: str
) -> None:
    session, speaker = codes(product)
    paths = ("", "12/programme/", f"12/programme/{session}/", f"12/speakers/{speaker}/")
    assert look_at(visitor, language, paths) == {}


def test_the_root_leads_to_the_readers_language(visitors: Visitors) -> None:
    page = visitors.come().page
    page.goto("/")
    expect(page).to_have_url(re.compile("/kk/$"))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_name_is_found_by_its_russian_spelling(visitors: Visitors, javascript: bool) -> None:
    page = visitors.come(javascript=javascript).open("/kk/12/programme/")
    everything = page.locator(".slot").count()
    page.locator("#filter-q").fill("Нургазиева")
    page.locator("#filter-q").press("Enter")
    page.wait_for_url(f"**?*q={quote('Нургазиева')}*")
    found = page.locator(".slot")
    assert 0 < found.count() < everything
    found.first.locator("a").first.click()
    expect(page.locator("main")).to_contain_text("Нұрғазиева")


def test_a_day_and_a_track_are_chosen_and_cleared(visitor: Visitor) -> None:
    page = visitor.open("/kk/12/programme/")
    everything = page.locator(".slot").count()
    page.locator("#filter-day").select_option("2025-10-16")
    page.locator(".filter-buttons button").click()
    page.wait_for_url("**day=2025-10-16**")
    expect(page.locator(".day")).to_have_count(1)
    one_day = page.locator(".slot").count()
    page.locator(".chip").filter(has_text="Инклюзия").click()
    page.wait_for_url("**track=INC**")
    assert 0 < page.locator(".slot").count() < one_day < everything
    page.locator(".filter-clear").click()
    expect(page.locator(".slot")).to_have_count(everything)


def test_nothing_found_says_so_and_shows_a_way_on(visitor: Visitor) -> None:
    page = visitor.open("/kk/12/programme/?q=zzzzzz")
    expect(page.locator(".slot")).to_have_count(0)
    page.locator(".empty a").click()
    expect(page.locator(".slot").first).to_be_visible()


def test_the_language_changes_and_the_page_and_its_query_stay(visitor: Visitor) -> None:
    page = visitor.open("/kk/12/programme/?track=ECO&q=климат")
    page.locator(".languages a[hreflang=ru]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    address = urlsplit(page.url)
    assert address.path == "/ru/12/programme/"
    assert parse_qs(address.query) == {"track": ["ECO"], "q": ["климат"]}
    expect(page.locator("#filter-q")).to_have_value("климат")


def test_on_a_phone_the_programme_is_a_list(visitors: Visitors) -> None:
    page = visitors.come(size=NARROW).open("/kk/12/programme/")
    boxes = [slot.bounding_box() for slot in page.locator(".slot").all()[:6]]
    tops = [box["y"] for box in boxes if box]
    assert len(tops) == 6
    assert tops == sorted(set(tops))


def test_what_is_touched_is_large_enough(visitors: Visitors) -> None:
    page = visitors.come(size=NARROW, has_touch=True).open("/kk/12/programme/")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
             'main button, main select, main input:not([type=hidden]), .chip, .day-bar a, nav a')]
          .filter((one) => one.checkVisibility())
          .map((one) => [one.outerHTML.slice(0, 100), one.getBoundingClientRect()])
          .filter(([_, box]) => box.height < 24 || box.width < 24).map(([name]) => name)"""
    )
    assert small == []


def test_a_session_tells_astanas_time(visitor: Visitor, product: Product) -> None:
    product_session = product.sql(
        "SELECT session.code FROM sessions_app_slot AS slot "
        "JOIN sessions_app_session AS session ON session.id = slot.session_id "
        "JOIN forum_edition AS edition ON edition.id = session.edition_id "
        "WHERE edition.slug = '12' AND lower(slot.during) = '2025-10-16 05:00:00+00' LIMIT 1"
    )[0][0]
    page = visitor.open(f"/kk/12/programme/{product_session}/")
    expect(page.locator(".facts").first).to_contain_text("10:00")
    expect(page.locator(".facts").first).to_contain_text("12:30")


def test_the_programme_first_loads_under_100_kilobytes_without_its_fonts(
    visitors: Visitors,
) -> None:
    page = visitors.come().page
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108
    page.goto("/kk/12/programme/", wait_until="networkidle")
    sizes = {
        response.url: response.request.sizes()
        for response in loaded
        if response.request.resource_type != "font"
    }
    assert {response.header_value("content-encoding") for response in loaded[:2]} == {"br"}
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes.values())
    assert len(sizes) > 5
    assert total < FIRST_LOAD_LIMIT, sizes


@pytest.mark.parametrize("path", ["kk/99/", "kk/12/programme/NOSUCH/", "kk/12/speakers/NOSUCH/"])
def test_what_is_not_there_shows_a_way_on(visitor: Visitor, path: str) -> None:
    page = visitor.open(f"/{path}", status=404)
    assert faults(page) == {}
    page.locator(".actions a.btn-primary").click()
    expect(page.locator("main h1")).to_be_visible()
