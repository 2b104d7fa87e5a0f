"""The door's page on a phone in Kazakh: a hundred tickets are read while the network is away."""

import re

from playwright.sync_api import Page, expect

from forum.editions.models import Edition
from forum.registrations.models import Registration
from forum.tickets.codes import ticket_payload

from .product import Product
from .steps import sign_in
from .visitor import NARROW, Visitors, accessibility_faults, overflow

TICKETS = 100
WITHOUT_A_NETWORK = "ERR_INTERNET_DISCONNECTED"
NONE_WAITS = re.compile(r": 0$")


def tickets(product: Product, count: int) -> list[str]:
    """Return what the QR codes of the first confirmed delegates of the demo say."""
    codes = product.sql(
        "SELECT code FROM forum_registration WHERE edition_id = (SELECT id FROM forum_edition "
        "WHERE slug = '12') AND holds AND arrived_at IS NULL ORDER BY id LIMIT %s",
        count,
    )
    edition = Edition(slug="12")
    return [ticket_payload(Registration(edition=edition, code=code)) for (code,) in codes]


def scan(page: Page, ticket: str) -> None:
    """Do what a hardware scanner does: it types, and ends with Enter."""
    page.locator("#scanned").fill(ticket)
    page.locator("#scanned").press("Enter")


def arrived(product: Product) -> int:
    return int(
        product.sql("SELECT count(*) FROM forum_registration WHERE arrived_at IS NOT NULL")[0][0]
    )


def test_100_scans_without_a_network_are_merged_when_it_returns(
    visitors: Visitors, product: Product
) -> None:
    before, read = arrived(product), tickets(product, TICKETS)
    door = visitors.come(size=NARROW, has_touch=True)
    page = door.page
    sign_in(page, "door@example.org", to="/kk/12/desk/check-in/")
    page.locator("#device-name").fill("1-есік")
    page.locator("[data-setup] button").click()
    answer, waiting = page.locator("[data-answer]"), page.locator("[data-waiting]")
    scan(page, read[0])
    expect(answer).to_contain_text("Қош келдіңіз")
    expect(waiting).to_have_text(NONE_WAITS)

    door.context.set_offline(True)
    for ticket in read[1:]:
        scan(page, ticket)
        expect(answer).to_contain_text("Қош келдіңіз")
    expect(waiting).to_contain_text(str(TICKETS - 1))
    scan(page, read[5])
    expect(answer).to_contain_text("Кіріп қойған")
    assert arrived(product) == before + 1

    page.reload()
    expect(waiting).to_contain_text(str(TICKETS))
    door.context.set_offline(False)
    expect(waiting).to_have_text(NONE_WAITS, timeout=60_000)
    assert arrived(product) == before + TICKETS
    again = product.sql("SELECT verdict, count(*) FROM forum_scan GROUP BY 1 ORDER BY 1")
    assert sorted(count for _verdict, count in again) == [1, TICKETS]
    assert overflow(page) == []
    assert accessibility_faults(page) == []
    # A browser tells of each request that it could not make: that is what was tried.
    door.faults = [fault for fault in door.faults if WITHOUT_A_NETWORK not in fault]
