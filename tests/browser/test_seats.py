"""Choosing seats: on a phone in Kazakh without JavaScript, on its page, in the programme."""

import re

import pytest
from playwright.sync_api import Locator, expect

from accounts.users.demo import DELEGATE, ORGANISER

from .product import Product
from .steps import sign_in
from .test_accessibility import LOOKS, look_at
from .visitor import NARROW, Visitor, Visitors, overflow

TAKE, INSTEAD, BACK = "Орын алу", "Оның орнына осыны алу", "Орынды қайтару"


@pytest.fixture
def code(product: Product) -> str:
    """Name the last session in the largest room, where seats are free."""
    found = product.sql(
        "SELECT session.code FROM sessions_app_slot AS slot"
        " JOIN sessions_app_session AS session ON session.id = slot.session_id"
        " JOIN sessions_app_room AS room ON room.id = slot.room_id"
        " JOIN forum_edition AS edition ON edition.id = session.edition_id"
        " WHERE session.has_seats AND room.code = 'A' AND edition.slug = '12'"
        " ORDER BY lower(slot.during) DESC LIMIT 1"
    )
    return str(found[0][0])


def test_a_delegate_with_a_phone_chooses_without_javascript(visitors: Visitors, code: str) -> None:
    visitor = visitors.come(size=NARROW, javascript=False)
    page = visitor.page
    sign_in(page, DELEGATE.email)
    page.get_by_role("link", name="Орын таңдау").click()
    block = page.locator(".seat-block").last
    expect(block.locator(".is-mine")).to_have_count(0)
    block.locator(f"#s-{code}").get_by_role("button", name=re.compile(f"^{TAKE}")).click()
    expect(page.locator(".messages")).to_contain_text("отырысында орныңыз бар.")
    expect(page.locator(".seat-block").last.locator(".is-mine")).to_have_count(1)
    block = page.locator(".seat-block").last
    block.get_by_role("button", name=re.compile(f"^{INSTEAD}")).first.click()
    block = page.locator(".seat-block").last
    expect(block.locator(".is-mine")).to_have_count(1)
    expect(block.locator(f"#s-{code}.is-mine")).to_have_count(0)
    block.get_by_role("button", name=re.compile(f"^{BACK}")).click()
    expect(page.locator(".seat-block").last.locator(".is-mine")).to_have_count(0)


def test_a_seat_is_taken_and_given_back_on_the_sessions_page(visitor: Visitor, code: str) -> None:
    page = visitor.page
    sign_in(page, DELEGATE.email)
    visitor.open(f"/kk/12/programme/{code}/")
    own = page.locator("[data-seat]")
    own.get_by_role("button", name=re.compile(f"^{TAKE}")).click()
    expect(own.locator("[role=status]")).to_contain_text("отырысында орныңыз бар.")
    assert page.url.endswith(f"/kk/12/programme/{code}/")
    own.get_by_role("button", name=re.compile(f"^{BACK}")).click()
    expect(own.get_by_role("button", name=re.compile(f"^{TAKE}"))).to_be_visible()
    star = own.get_by_role("button", name="Көргім келеді")
    star.click()
    expect(own.locator(".star")).to_have_attribute("aria-pressed", "true")
    own.locator(".star").click()
    expect(own.locator(".star")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_stranger_who_wants_a_seat_is_led_to_signing_in(
    visitors: Visitors, code: str, javascript: bool
) -> None:
    page = visitors.come(size=NARROW, javascript=javascript).open(f"/kk/12/programme/{code}/")
    page.locator("[data-seat] a").click()
    page.wait_for_url("**/accounts/login/**")


def test_a_star_on_the_programme_stays(visitor: Visitor, code: str) -> None:
    page = visitor.page
    sign_in(page, DELEGATE.email)

    def star() -> Locator:
        visitor.open("/kk/12/programme/")
        slot = page.locator(f'.slot:has(a[href$="/{code}/"])')
        return slot.locator(".slot-star")

    found = star()
    expect(found).to_have_attribute("aria-pressed", "false")
    with page.expect_response("**/star/"):
        found.click()
    again = star()
    expect(again).to_have_attribute("aria-pressed", "true")
    again.focus()
    with page.expect_response("**/star/"):
        page.keyboard.press("Enter")
    expect(star()).to_have_attribute("aria-pressed", "false")


def test_a_stranger_sees_no_stars_on_the_programme(visitor: Visitor) -> None:
    with visitor.page.expect_response("**/marks/"):
        visitor.open("/kk/12/programme/")
    expect(visitor.page.locator(".slot-star")).to_have_count(0)


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_the_pages_are_accessible(
    visitors: Visitors, size: tuple[int, int], dark: bool, code: str
) -> None:
    visitor = visitors.come(size=size, dark=dark)
    sign_in(visitor.page, DELEGATE.email)
    assert look_at(visitor, "kk", ("12/me/seats/", f"12/me/seats/{code}/")) == {}
    visitor.open("/kk/12/programme/")
    visitor.page.locator(".slot-star").first.wait_for()
    assert overflow(visitor.page) == []


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_the_desks_pages_are_accessible(
    visitors: Visitors, size: tuple[int, int], dark: bool, code: str
) -> None:
    visitor = visitors.come(size=size, dark=dark)
    sign_in(visitor.page, ORGANISER.email)
    assert look_at(visitor, "kk", ("12/desk/seats/", f"12/desk/seats/{code}/")) == {}
