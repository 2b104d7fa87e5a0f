"""My forum on a phone in Kazakh: the days and the ticket open at the door without a network."""

import re
import time

from playwright.sync_api import Page, expect

from .steps import sign_in
from .visitor import NARROW, Visitors, accessibility_faults, overflow

ME, TICKET = "/kk/12/me/", "/kk/12/me/ticket/"
WITHOUT_A_NETWORK = "ERR_INTERNET_DISCONNECTED"
KEPT = re.compile("Желі жауап бермейді")
ON_THE_SHELF = """async () => {
  if (!await caches.has("my-forum")) return [];
  const shelf = await caches.open("my-forum");
  const paths = (await shelf.keys()).map(({ url }) => new URL(url).pathname);
  return paths.filter((path) => !path.startsWith("/static/"));
}"""


def kept(page: Page, *, wanted: list[str]) -> list[str]:
    """Return which pages this browser keeps, as soon as they are those `wanted`, or after 15 s."""
    deadline = time.monotonic() + 15
    while (found := sorted(page.evaluate(ON_THE_SHELF))) != wanted and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    return found


def test_my_forum_and_the_ticket_open_without_a_network(visitors: Visitors) -> None:
    phone = visitors.come(size=NARROW, has_touch=True)
    page = phone.page
    sign_in(page, "delegate@example.org", to=ME)
    note = page.locator("[data-kept]")
    assert kept(page, wanted=[ME, TICKET]) == [ME, TICKET]
    expect(note).to_be_hidden()
    days = page.locator("section[aria-labelledby=my-days]").inner_text()

    phone.context.set_offline(True)
    page.reload()
    expect(note).to_have_text(KEPT)
    assert page.locator("section[aria-labelledby=my-days]").inner_text() == days
    assert accessibility_faults(page) == []
    assert overflow(page) == []
    page.get_by_role("link", name="Менің билетім").click()
    page.wait_for_url(f"**{TICKET}")
    expect(note).to_have_text(KEPT)
    expect(page.locator(".ticket-code svg")).to_be_visible()

    phone.context.set_offline(False)
    page.goto(ME)
    expect(note).to_be_hidden()
    with page.expect_navigation():
        page.locator("form[data-sign-out] button").click()
    assert kept(page, wanted=[]) == []
    # A browser tells of each request that it could not make: that is what was tried.
    phone.faults = [fault for fault in phone.faults if WITHOUT_A_NETWORK not in fault]


def test_the_pages_of_who_was_signed_out_elsewhere_are_forgotten(visitors: Visitors) -> None:
    phone = visitors.come(size=NARROW)
    page = phone.page
    sign_in(page, "delegate@example.org", to=ME)
    assert kept(page, wanted=[ME, TICKET]) == [ME, TICKET]
    phone.context.clear_cookies()
    page.goto(ME)
    page.wait_for_url("**/accounts/login/**")
    assert kept(page, wanted=[]) == []
