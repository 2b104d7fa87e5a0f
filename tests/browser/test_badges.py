"""Badges at the desk: the page follows the worker by itself, and a reload loses nothing."""

from playwright.sync_api import expect

from accounts.users.demo import ORGANISER

from .steps import sign_in
from .visitor import Visitor

DESK = "/en/12/desk/badges/"
A_WORKER_TAKES = 90_000


def test_the_page_follows_the_worker_to_the_file(visitor: Visitor) -> None:
    page = visitor.page
    sign_in(page, ORGANISER.email, to=DESK)
    page.locator("#id_wanted").select_option("all")
    with page.expect_navigation():
        page.get_by_role("button", name="Make the badges").click()
    page.reload()
    file = page.get_by_role("link", name="Open the PDF").first
    expect(file).to_be_visible(timeout=A_WORKER_TAKES)
    expect(page.locator(".figures li").nth(1)).to_have_text("0 not printed yet")
    answer = page.request.get(file.get_attribute("href") or "")
    assert (answer.headers["content-type"], answer.body()[:5]) == ("application/pdf", b"%PDF-")
