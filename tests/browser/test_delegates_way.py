"""The ways of delegates on a phone in Kazakh: from sign-up to the ticket, and a contact's five."""

import re

import pytest
from playwright.sync_api import Frame, expect

from .product import Mailbox, Product
from .steps import sign_in, sign_up
from .visitor import NARROW, Visitors, new_address, overflow

MOST_PAGES = 4


def test_from_sign_up_to_the_ticket_are_four_pages(visitors: Visitors, mailbox: Mailbox) -> None:
    page = visitors.come(size=NARROW, has_touch=True).page
    seen: list[str] = []

    def note(frame: Frame) -> None:
        if frame == page.main_frame and not frame.url.startswith("about:"):
            seen.append(frame.url)

    page.on("framenavigated", note)
    page.goto("/kk/12/register/")
    sign_up(page, mailbox, new_address("way"))
    page.locator("#id_category").select_option("guest")
    page.locator("input[name=languages][value=kk]").check()
    page.locator("#organisation_none").check()
    for box in page.locator("input[name=consents]").all():
        box.check()
    page.locator("main form .actions button.btn-primary").click()
    expect(page).to_have_url(re.compile("/kk/12/me/$"))
    expect(page.locator("main svg").first).to_be_visible()
    assert len(seen) == MOST_PAGES
    assert overflow(page) == []


@pytest.fixture
def room(product: Product) -> None:
    """Keep enough places for five more of each region: the demo's are nearly all taken."""
    product.sql("UPDATE forum_quota SET places = places + 5 WHERE region_id IS NOT NULL")


@pytest.mark.usefixtures("room")
def test_a_contact_registers_a_delegation_of_five(
    visitors: Visitors, product: Product, mailbox: Mailbox
) -> None:
    page = visitors.come(size=NARROW, has_touch=True).page
    sign_in(page, "contact@example.org", to="/kk/12/me/")
    page.goto("/kk/12/delegation/")
    page.get_by_role("link", name="Бірнеше адамды тіркеу").click()
    emails = [new_address("five") for _ in range(5)]
    for number, email in enumerate(emails, start=1):
        page.locator(f"#id_d{number}-email").fill(email)
        page.locator(f"#id_d{number}-family_name").fill(f"Қатысушы {number}")
        page.locator(f"#id_d{number}-given_name").fill("Үлгі")
    assert overflow(page) == []
    page.locator("#id_declared").check()
    page.get_by_role("button", name="Тіркеу", exact=True).click()
    expect(page).to_have_url(re.compile(r"/kk/12/delegation/\w+/$"))
    found = product.sql(
        "SELECT count(*) FROM forum_registration JOIN accounts_user AS person ON person.id = "
        "person_id WHERE holds AND endorsed_at IS NOT NULL AND person.email = ANY(%s)",
        emails,
    )
    assert found == [(5,)]
    assert overflow(page) == []
    for email in emails:
        mailbox.wait(email)
