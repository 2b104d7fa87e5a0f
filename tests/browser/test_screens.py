"""What runs now in Chromium: a display that moves on by its own clock, and outlives its network."""

import datetime as dt
from email.utils import format_datetime

import pytest
from playwright.sync_api import Page, Route, expect

from .test_accessibility import LOOKS, faults, look_at
from .visitor import NARROW, WIDE, Visitor, Visitors

ASTANA = dt.timezone(dt.timedelta(hours=5))
OPENING = dt.datetime(2025, 10, 15, 9, 50, tzinfo=ASTANA)
"""Ten minutes before the plenary and the first breakouts of the demo's first day."""
SCREEN = "/kk/12/now/screen/"


def held_at(page: Page, moment: dt.datetime, *, server: dt.datetime | None = None) -> None:
    """Let the browser's clock stand at `moment`; the server tells no time, or that of `server`."""

    def answer(route: Route) -> None:
        response = route.fetch()
        headers = {name: value for name, value in response.headers.items() if name != "date"}
        if server:
            headers["date"] = format_datetime(server.astimezone(dt.UTC), usegmt=True)
        route.fulfill(response=response, headers=headers)

    page.clock.install(time=moment)
    page.route("**/screen.json", answer)


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_axe_finds_nothing(visitors: Visitors, size: tuple[int, int], dark: bool) -> None:
    paths = ("12/now/", "12/now/screen/", "12/now/screen/?room=main")
    assert look_at(visitors.come(size=size, dark=dark), "kk", paths) == {}


def test_links_of_the_page_lie_apart_on_a_phone(visitors: Visitors) -> None:
    page = visitors.come(size=NARROW).open("/kk/12/now/")
    first, second = (link.bounding_box() for link in page.locator(".programme-ways a").all())
    assert first
    assert second
    assert min(first["height"], second["height"]) >= 24
    apart = (second["x"] - first["x"] - first["width"], second["y"] - first["y"] - first["height"])
    assert max(apart) >= 4


def test_axe_finds_nothing_while_something_runs(visitors: Visitors) -> None:
    visitor = visitors.come(size=WIDE)
    held_at(visitor.page, OPENING)
    visitor.open(SCREEN)
    visitor.page.locator(".screen-row").first.wait_for()
    assert faults(visitor.page) == {}


def test_display_moves_on_by_its_own_clock_and_turns_languages(visitor: Visitor) -> None:
    page = visitor.page
    held_at(page, OPENING)
    visitor.open(SCREEN)
    expect(page.locator("[data-clock]")).to_have_text("09:50")
    before = page.locator(".screen-title").first.inner_text()
    page.clock.run_for(15_000)
    assert page.evaluate("document.documentElement.lang") in {"kk", "ru", "en"}
    languages = set()
    for _turn in range(3):
        languages.add(page.evaluate("document.documentElement.lang"))
        page.clock.run_for(15_000)
    assert languages == {"kk", "ru", "en"}
    page.clock.fast_forward(15 * 60_000)
    page.clock.run_for(2_000)
    expect(page.locator("[data-clock]")).to_have_text("10:06")
    assert page.locator(".screen-title").first.inner_text() != before


def test_clock_of_a_display_that_is_wrong_is_set_by_the_server(visitor: Visitor) -> None:
    held_at(visitor.page, OPENING, server=OPENING + dt.timedelta(hours=1))
    visitor.open(SCREEN)
    expect(visitor.page.locator("[data-clock]")).to_have_text("10:50")


def test_nothing_of_a_display_lies_below_its_edge(visitors: Visitors) -> None:
    visitor = visitors.come(size=WIDE)
    held_at(visitor.page, OPENING)
    visitor.open(SCREEN)
    visitor.page.locator(".screen-row").first.wait_for()
    below = "document.documentElement.scrollHeight - innerHeight"
    assert visitor.page.evaluate(below) <= 0


def test_display_without_a_network_shows_on_and_says_how_old_it_is(visitor: Visitor) -> None:
    page = visitor.page
    held_at(page, OPENING)
    visitor.open(SCREEN)
    page.locator(".screen-row").first.wait_for()
    page.route("**/screen.json", lambda route: route.abort("internetdisconnected"))
    visitor.context.set_offline(True)
    page.clock.run_for(5 * 60_000)
    expect(page.locator("[data-stale]")).to_be_visible()
    expect(page.locator("[data-stale]")).to_contain_text("09:50")
    page.clock.run_for(6 * 60_000)
    expect(page.locator("[data-clock]")).to_have_text("10:01")
    assert page.locator(".screen-row").count() > 1
    visitor.context.set_offline(False)
    page.unroute("**/screen.json")
    held_at(page, OPENING)
    page.clock.run_for(31_000)
    expect(page.locator("[data-stale]")).to_be_hidden()
    visitor.faults = [one for one in visitor.faults if "screen.json" not in one]


def test_display_without_a_script_shows_the_present(visitors: Visitors) -> None:
    page = visitors.come(javascript=False).open(SCREEN)
    assert "Форум аяқталды" in page.locator("main").inner_text()
