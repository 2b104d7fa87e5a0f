"""The desk for registrations in a browser: by keys, in place, on a phone, without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.users.demo import ORGANISER

from .product import Product
from .steps import sign_in
from .visitor import NARROW, WIDE, Visitors, accessibility_faults, overflow

DESK = "/kk/12/desk/registrations/"
WHOM = "^p1[2-5]@example.org$"
FOUR = f"{DESK}?q=p1&status=awaiting"


@pytest.fixture
def awaiting(product: Product) -> Iterator[None]:
    """Let four of the demo's delegates await approval."""
    product.sql(
        "UPDATE forum_registration SET confirmed_at = NULL, approval_asked_at = registered_at "
        "WHERE person_id IN (SELECT id FROM accounts_user WHERE email ~ %s)",
        WHOM,
    )
    yield
    product.sql(
        "UPDATE forum_registration SET confirmed_at = registered_at, approval_asked_at = NULL, "
        "approved_at = NULL, approved_by_id = NULL, waiting_since = NULL, declined_at = NULL, "
        "declined_by_id = NULL, decline_reason = '' "
        "WHERE person_id IN (SELECT id FROM accounts_user WHERE email ~ %s)",
        WHOM,
    )


def faults(page: Page) -> list[str]:
    return accessibility_faults(page) + [f"too wide: {one}" for one in overflow(page)]


def current_tab(page: Page) -> str:
    return page.locator(".chips [aria-current]").inner_text()


@pytest.mark.usefixtures("awaiting")
def test_two_are_approved_by_keys_and_taken_back(visitors: Visitors) -> None:
    page = visitors.come().page
    sign_in(page, ORGANISER.email, to=DESK)
    page.goto(FOUR)
    assert faults(page) == []
    for key in "jxjxa":
        page.keyboard.press(key)
    story = page.locator("#story")
    expect(story).to_contain_text("2")
    assert current_tab(page).endswith("2")
    assert faults(page) == []
    page.keyboard.press("u")
    page.wait_for_url("**batch=**")
    expect(page.locator(".chips [aria-current]")).to_contain_text("4")


@pytest.mark.usefixtures("awaiting")
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_list_is_put_anew_in_place_and_the_address_keeps_it(
    visitors: Visitors, size: tuple[int, int]
) -> None:
    page = visitors.come(size=size).page
    sign_in(page, ORGANISER.email, to=DESK)
    page.evaluate("window.sameDocument = true")
    page.locator(".chip", has_text="Расталған").click()
    page.wait_for_url("**status=confirmed**")
    expect(page.locator(".chips [aria-current]")).to_contain_text("Расталған")
    page.locator("#q").fill("p16@")
    page.locator("#q").press("Enter")
    page.wait_for_url("**q=p16**")
    expect(page.locator("[data-row]")).to_have_count(1)
    assert page.evaluate("window.sameDocument")
    assert faults(page) == []
    page.locator("[data-row] th a").click()
    page.wait_for_url(f"**{DESK}*/")
    assert faults(page) == []


@pytest.mark.usefixtures("awaiting")
def test_without_javascript_it_is_declined_with_a_reason(visitors: Visitors) -> None:
    # Signing in needs none either, but the steps of this folder press a summary.
    with_script = visitors.come()
    sign_in(with_script.page, ORGANISER.email, to=DESK)
    plain = visitors.come(
        javascript=False, size=NARROW, storage_state=with_script.context.storage_state()
    )
    page = plain.open(FOUR)
    page.locator("input[name=registration]").first.check()
    page.locator("button[value=decline]").click()
    page.locator("textarea").first.fill("Орын жоқ")
    page.locator("main .btn-danger").click()
    expect(page.locator("#story")).to_contain_text("1 тіркелу қабылданбады")
    page.locator("[data-undo]").click()
    expect(page.locator(".chips [aria-current]")).to_contain_text("4")


@pytest.mark.parametrize("dark", [False, True])
def test_the_other_pages_have_no_faults(visitors: Visitors, dark: bool) -> None:
    visitor = visitors.come(size=NARROW, dark=dark)
    sign_in(visitor.page, ORGANISER.email, to=DESK)
    found = {path: faults(visitor.open(DESK + path)) for path in ("waiting/", "new/")}
    assert found == {"waiting/": [], "new/": []}
