"""What visitors do in more than one test."""

from playwright.sync_api import Page

from accounts.users.demo import DEMO_PASSWORD

from .product import Mailbox, code_in


def sign_up(page: Page, mailbox: Mailbox, address: str, *, code: str = "") -> None:
    """Fill the sign-up form that is open, and type `code`, by default the letter's."""
    page.locator("#id_email").fill(address)
    page.locator("#id_family_name").fill("Қатысушы")
    page.locator("#id_given_name").fill("Үлгі")
    page.locator("input[name=consents]").check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/confirm-email/**")
    page.locator("#id_code").fill(code or code_in(mailbox.wait(address)))
    with page.expect_navigation():
        page.locator("#id_code").press("Enter")


def sign_in(page: Page, address: str, *, to: str = "/kk/12/me/") -> None:
    """Sign a demo person in by the password, and go to `to`."""
    page.goto(f"/kk/accounts/login/?next={to}")
    page.locator("#id_login").fill(address)
    page.locator("summary").click()
    page.locator("#id_password").fill(DEMO_PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url(f"**{to}")
