"""Registering: the organisation found or added, a place or the waiting list, a change, an end."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .product import Mailbox, Product, words
from .steps import sign_up
from .visitor import NARROW, Visitor, Visitors, new_address, overflow

WRONG_BIN, RIGHT_BIN = "600140007770", "600140007779"
GREETINGS = {"kk": "Үлгі", "ru": "Здравствуйте", "en": "Hello"}


@pytest.fixture
def newcomer(visitor: Visitor, mailbox: Mailbox) -> Page:
    """Somebody who has just signed up and stands before the form."""
    visitor.open("/kk/12/register/")
    sign_up(visitor.page, mailbox, new_address("delegate"))
    return visitor.page


@pytest.fixture
def full(product: Product) -> Iterator[None]:
    """Let every place of the 12th be taken."""
    before = product.sql("SELECT capacity FROM forum_edition WHERE slug = '12'")[0][0]
    product.sql("UPDATE forum_edition SET capacity = places_taken WHERE slug = '12'")
    yield
    product.sql("UPDATE forum_edition SET capacity = %s WHERE slug = '12'", before)


def an_organisation(product: Product) -> str:
    """Name one from the demo, whose name no other has."""
    return str(product.sql("SELECT name_kk FROM accounts_organisation ORDER BY id LIMIT 1")[0][0])


def fill(page: Page, *, category: str = "ngo") -> None:
    page.locator("#id_category").select_option(category)
    page.locator("input[name=languages][value=kk]").check()
    for box in page.locator("input[name=consents]").all():
        box.check()


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form .actions button.btn-primary").click()


def test_an_organisation_is_chosen_by_the_keyboard(newcomer: Page, product: Product) -> None:
    name = an_organisation(product)
    fill(newcomer)
    field = newcomer.get_by_role("combobox").and_(newcomer.locator("#organisation_search"))
    field.press_sequentially(name)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(newcomer.locator("[role=option][aria-selected=true]")).to_have_count(1)
    field.press("Enter")
    expect(field).to_have_attribute("aria-expanded", "false")
    send(newcomer)
    expect(newcomer).to_have_url(re.compile("/kk/12/me/$"))
    expect(newcomer.locator(".facts").first).to_contain_text(name)


def test_an_organisation_is_chosen_by_the_mouse(newcomer: Page, product: Product) -> None:
    name = an_organisation(product)
    fill(newcomer)
    newcomer.locator("#organisation_search").press_sequentially(name)
    newcomer.locator("[role=option]").filter(has_text=name).first.click()
    send(newcomer)
    expect(newcomer).to_have_url(re.compile("/kk/12/me/$"))
    expect(newcomer.locator(".facts").first).to_contain_text(name)


def test_escape_closes_the_list_and_keeps_what_was_typed(newcomer: Page, product: Product) -> None:
    field = newcomer.locator("#organisation_search")
    field.press_sequentially(an_organisation(product)[:6])
    expect(newcomer.locator("[role=listbox]")).to_be_visible()
    field.press("Escape")
    expect(newcomer.locator("[role=listbox]")).to_be_hidden()
    expect(newcomer).to_have_url(re.compile("/kk/12/register/$"))


def test_a_new_organisation_with_a_wrong_bin_gets_a_sentence_then_is_added(
    newcomer: Page, product: Product
) -> None:
    fill(newcomer)
    newcomer.locator("#organisation_new").check()
    newcomer.locator("#id_new-name").fill("«Бірегей атау Xyzzy» қоғамдық қоры")
    newcomer.locator("#id_new-bin").fill(WRONG_BIN)
    send(newcomer)
    expect(newcomer.locator("#id_new-bin")).to_have_attribute("aria-invalid", "true")
    newcomer.locator("#id_new-bin").fill(RIGHT_BIN)
    send(newcomer)
    # The demo keeps the NGOs' places by region, and nobody has said from which this one is.
    expect(newcomer.locator("[role=alert]")).to_be_visible()
    expect(newcomer.locator("#id_new-bin")).to_have_value(RIGHT_BIN)
    newcomer.locator("#id_new-region").select_option(index=1)
    send(newcomer)
    expect(newcomer).to_have_url(re.compile("/kk/12/me/$"))
    found = product.sql("SELECT bin FROM accounts_organisation WHERE name_kk LIKE '%%Xyzzy%%'")
    assert found == [(RIGHT_BIN,)]


def test_who_comes_to_a_full_forum_waits_and_sees_the_place_in_the_queue(
    full: None,  # noqa: ARG001
    newcomer: Page,
) -> None:
    fill(newcomer, category="guest")
    newcomer.locator("#organisation_none").check()
    send(newcomer)
    expect(newcomer).to_have_url(re.compile("/kk/12/me/$"))
    expect(newcomer.locator(".tag-warn")).to_be_visible()


def test_a_registration_is_changed_and_cancelled(newcomer: Page) -> None:
    fill(newcomer, category="guest")
    newcomer.locator("#organisation_none").check()
    send(newcomer)
    newcomer.locator("a[href$='/me/change/']").click()
    newcomer.locator("#id_job_title").fill("Төраға")
    send(newcomer)
    expect(newcomer.locator(".facts").first).to_contain_text("Төраға")
    newcomer.locator("a[href$='/me/cancel/']").click()
    newcomer.locator("button.btn-danger").click()
    expect(newcomer).to_have_url(re.compile("/kk/12/me/$"))
    expect(newcomer.locator(".tag-quiet")).to_be_visible()
    expect(newcomer.locator("a.btn-primary[href$='/12/register/']")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "page"), [("kk", "kk"), ("ru", "kk"), ("en", "ru")], ids=["kk", "ru", "en"]
)
def test_the_confirmation_arrives_in_the_delegates_language_with_a_calendar_file(
    visitor: Visitor, mailbox: Mailbox, language: str, page: str
) -> None:
    address = new_address("delegate")
    visitor.open(f"/{page}/12/register/")
    visitor.page.locator("#id_language").select_option(language)
    sign_up(visitor.page, mailbox, address)
    fill(visitor.page, category="guest")
    visitor.page.locator("#organisation_none").check()
    send(visitor.page)
    letter = mailbox.wait(address, number=2)
    html = letter.get_body(("html",))
    assert html is not None
    assert f'<html lang="{language}" dir="ltr">' in html.get_content()
    assert GREETINGS[language] in words(letter)
    calendars = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert len(calendars) >= 1
    calendar = calendars[0].get_content()
    assert "BEGIN:VEVENT" in (calendar if isinstance(calendar, str) else calendar.decode())
    assert len(mailbox.to(address)) == 2


def test_without_javascript_an_organisation_is_found_by_the_button(
    visitors: Visitors, mailbox: Mailbox, product: Product
) -> None:
    page = visitors.come(javascript=False).open("/ru/12/register/")
    sign_up(page, mailbox, new_address("plain"))
    fill(page)
    name = an_organisation(product)
    page.locator("#organisation_search").fill(name)
    page.locator("button[name=find]").click()
    expect(page.locator("#id_category")).to_have_value("ngo")
    expect(page.locator("[data-organisation-results] input").first).to_be_in_viewport()
    page.locator("[data-organisation-results] input[type=radio]").first.check()
    send(page)
    expect(page).to_have_url(re.compile("/ru/12/me/$"))


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_not_found_is_said_and_the_way_on_is_not_covered(
    visitors: Visitors, mailbox: Mailbox, javascript: bool
) -> None:
    page = visitors.come(javascript=javascript).open("/ru/12/register/")
    sign_up(page, mailbox, new_address("unknown"))
    page.locator("#organisation_search").press_sequentially("Xyzzy Nowhere")
    if not javascript:
        page.locator("button[name=find]").click()
    expect(page.locator("#organisation .note-warning")).to_contain_text("Ничего не найдено")
    # Playwright clicks only where nothing lies over it.
    page.locator("#organisation_new").check()
    assert page.locator("#organisation_new").is_checked()


def test_without_javascript_what_is_wrong_has_the_focus_and_leads_to_its_field(
    visitors: Visitors, mailbox: Mailbox
) -> None:
    page = visitors.come(javascript=False).open("/ru/12/register/")
    sign_up(page, mailbox, new_address("hasty"))
    page.locator("main form .actions button.btn-primary").click()
    summary = page.locator(".note-error[role=alert]")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    summary.get_by_text("Найдите свою организацию").press("Enter")
    expect(page.locator("#organisation_search")).to_be_in_viewport()


def test_on_a_phone_nothing_stands_outside_the_screen(visitors: Visitors, mailbox: Mailbox) -> None:
    visitor = visitors.come(size=NARROW, has_touch=True)
    page = visitor.open("/kk/12/register/")
    assert overflow(page) == []
    sign_up(page, mailbox, new_address("phone"))
    assert overflow(page) == []
    fill(page, category="guest")
    page.locator("#organisation_none").check()
    send(page)
    expect(page).to_have_url(re.compile("/kk/12/me/$"))
    assert overflow(page) == []
