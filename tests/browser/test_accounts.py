"""Signing up and in, as people do it: by the letter's code, by a password, in three languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.users.demo import DELEGATE, DEMO_PASSWORD

from .product import Mailbox, Product, code_in
from .steps import sign_in, sign_up
from .visitor import Visitor, Visitors, new_address

LANGUAGES = ["kk", "ru", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_signs_up_is_led_to_what_they_wanted(
    visitor: Visitor, mailbox: Mailbox, language: str
) -> None:
    visitor.open(f"/{language}/12/register/")
    expect(visitor.page).to_have_url(re.compile(f"/{language}/accounts/signup/"))
    sign_up(visitor.page, mailbox, new_address("visitor"))
    expect(visitor.page).to_have_url(re.compile(f"/{language}/12/register/$"))
    expect(visitor.page.locator("#id_category")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_from_the_letter_signs_in(
    visitor: Visitor, mailbox: Mailbox, product: Product, language: str
) -> None:
    address = new_address("coder")
    product.sql(
        "INSERT INTO accounts_user (email, password, family_name, given_name, patronymic, "
        "latin_name, language, phone, is_staff, is_superuser, is_active, date_joined) VALUES "
        "(%s, '!', '', 'Sample', '', '', %s, '', false, false, true, now())",
        address,
        language,
    )
    page = visitor.open(f"/{language}/accounts/login/?next=/{language}/12/me/")
    page.locator("#id_login").fill(address.upper())
    page.locator("#id_login").press("Enter")
    page.locator("#id_code").fill(code_in(mailbox.wait(address)))
    page.locator("#id_code").press("Enter")
    expect(page).to_have_url(re.compile(f"/{language}/12/me/$"))
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_a_wrong_code_gets_a_sentence_and_another_try(visitor: Visitor, mailbox: Mailbox) -> None:
    page = visitor.open("/kk/accounts/signup/?next=/kk/12/me/")
    address = new_address("visitor")
    sign_up(page, mailbox, address, code="000000")
    expect(page.locator("#id_code")).to_have_attribute("aria-invalid", "true")
    page.locator("#id_code").fill(code_in(mailbox.wait(address)))
    page.locator("#id_code").press("Enter")
    expect(page.locator(".account-name")).to_be_visible()


def test_a_demo_person_signs_in_by_password_and_out_again(page: Page) -> None:
    sign_in(page, DELEGATE.email)
    expect(page.locator(".account-name")).to_contain_text(DELEGATE.given_name)
    with page.expect_navigation():
        page.locator(".account form button").click()
    page.goto("/kk/12/me/")
    expect(page).to_have_url(re.compile("/kk/accounts/login/"))


def test_without_javascript_one_signs_up_and_in_just_so(
    visitors: Visitors, mailbox: Mailbox
) -> None:
    visitor = visitors.come(javascript=False)
    visitor.open("/ru/12/register/")
    sign_up(visitor.page, mailbox, new_address("plain"))
    expect(visitor.page).to_have_url(re.compile("/ru/12/register/$"))
    other = visitors.come(javascript=False)
    other.open("/kk/accounts/login/?next=/kk/12/me/")
    other.page.locator("summary").click()
    other.page.locator("#id_login").fill(DELEGATE.email)
    other.page.locator("#id_password").fill(DEMO_PASSWORD)
    other.page.locator("#id_password").press("Enter")
    expect(other.page).to_have_url(re.compile("/kk/12/me/$"))
