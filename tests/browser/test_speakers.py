"""A speaker is invited at the desk, and answers on a phone by the link in the letter."""

import io
import re
import secrets
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.users.demo import ORGANISER

from .product import Mailbox, Product, words
from .steps import sign_in
from .visitor import NARROW, Visitors, accessibility_faults, new_address, overflow

PAGES = ("", "decline/", "times/", "profile/", "photo/")


@pytest.fixture
def address(product: Product) -> Iterator[str]:
    """Move the 12th into the future, and let one of its speakers not be invited yet."""
    address = new_address("speaker")
    dates = product.sql("SELECT starts_on, ends_on FROM forum_edition WHERE slug = '12'")[0]
    days = ("2098-10-15", "2098-10-16")
    product.sql("UPDATE forum_edition SET starts_on = %s, ends_on = %s WHERE slug = '12'", *days)
    product.sql(
        "UPDATE sessions_app_speaker SET confirmed_at = NULL, declined_at = NULL, "
        "invited_at = NULL, language = 'kk', email = %s, link_secret = %s "
        "WHERE email = 's01@example.org' "
        "AND edition_id = (SELECT id FROM forum_edition WHERE slug = '12')",
        address,
        secrets.token_urlsafe(32),
    )
    yield address
    product.sql(
        "UPDATE sessions_app_speaker SET confirmed_at = now(), declined_at = NULL, photo = '', "
        "email = 's01@example.org' WHERE email = %s",
        address,
    )
    product.sql("UPDATE forum_edition SET starts_on = %s, ends_on = %s WHERE slug = '12'", *dates)


def faults(page: Page) -> list[str]:
    return accessibility_faults(page) + [f"too wide: {one}" for one in overflow(page)]


def invited(visitors: Visitors, mailbox: Mailbox, address: str) -> str:
    """Invite the one who is not invited yet; return the link in the letter."""
    page = visitors.come().page
    sign_in(page, ORGANISER.email, to="/kk/12/desk/speakers/")
    assert faults(page) == []
    page.goto("/kk/12/desk/speakers/?show=not_invited")
    page.locator("tbody input[type=checkbox]").check()
    page.locator("main .actions .btn-primary").click()
    expect(page.locator("main .panel li")).to_contain_text(address)
    page.locator("main .actions .btn-primary").click()
    expect(page.locator(".note-success")).to_be_visible()
    found = re.search(r"http://\S+/kk/12/speaking/\S+/", words(mailbox.wait(address)))
    assert found
    return found[0]


def test_a_speaker_confirms_on_a_phone(
    visitors: Visitors, mailbox: Mailbox, product: Product, address: str
) -> None:
    link = invited(visitors, mailbox, address)
    page = visitors.come(size=NARROW, has_touch=True).page
    found = {}
    for end in PAGES:
        page.goto(link + end)
        found[end] = faults(page)
    assert found == {end: [] for end in PAGES}
    page.goto(link)
    page.locator("main form .btn-primary").click()
    expect(page.locator(".tag-good").first).to_be_visible()
    asked = "SELECT confirmed_at IS NOT NULL FROM sessions_app_speaker WHERE email = %s"
    assert product.sql(asked, address) == [(True,)]


def test_without_javascript_times_and_a_photo_are_given_and_it_is_declined(
    visitors: Visitors, mailbox: Mailbox, product: Product, address: str
) -> None:
    link = invited(visitors, mailbox, address)
    page = visitors.come(size=NARROW, javascript=False).page
    page.goto(f"{link}times/")
    page.locator("input[type=time]").nth(0).fill("09:00")
    page.locator("input[type=time]").nth(1).fill("12:30")
    page.locator("main form .btn-primary").click()
    expect(page.locator("main")).to_contain_text("09:00–12:30")
    taken = io.BytesIO()
    Image.new("RGB", (1200, 900), (10, 120, 140)).save(taken, "JPEG")
    page.goto(f"{link}photo/")
    page.locator("input[type=file]").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": taken.getvalue()}
    )
    page.locator("main form .btn-primary").click()
    expect(page.locator("img.portrait")).to_be_visible()
    page.goto(f"{link}decline/")
    page.locator("textarea").fill("Сапардамын")
    page.locator("main form .btn-danger").click()
    expect(page.locator(".tag-danger").first).to_be_visible()
    asked = "SELECT decline_reason FROM sessions_app_speaker WHERE email = %s"
    assert product.sql(asked, address) == [("Сапардамын",)]
