"""axe finds nothing serious on any page: in each language, light and dark, on phone and screen."""

import pytest
from playwright.sync_api import Page

from accounts.users.demo import ADMIN, DELEGATE, NEWCOMER, ORGANISER

from .steps import sign_in
from .visitor import NARROW, WIDE, Visitor, Visitors, accessibility_faults, overflow

FOR_STRANGERS = (
    "accounts/login/",
    "accounts/signup/",
    "accounts/password/reset/",
    "nowhere/to/be/found/",
)
LOOKS = [
    pytest.param(WIDE, False, id="wide-light"),
    pytest.param(WIDE, True, id="wide-dark"),
    pytest.param(NARROW, False, id="narrow-light"),
    pytest.param(NARROW, True, id="narrow-dark"),
]


def faults(page: Page) -> dict[str, list[str]]:
    """Return what is wrong with the page, by its address; a page without a fault is left out."""
    found = accessibility_faults(page) + [f"too wide: {one}" for one in overflow(page)]
    return {page.url: found} if found else {}


def look_at(visitor: Visitor, language: str, paths: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in paths:
        visitor.open(f"/{language}/{path}", status=404 if path.startswith("nowhere") else 200)
        found |= faults(visitor.page)
    return found


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_the_pages_for_strangers(visitors: Visitors, size: tuple[int, int], dark: bool) -> None:
    assert look_at(visitors.come(size=size, dark=dark), "kk", FOR_STRANGERS) == {}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_pages_for_strangers_in_other_languages(visitor: Visitor, language: str) -> None:
    assert look_at(visitor, language, FOR_STRANGERS) == {}


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_the_pages_of_a_delegate(visitors: Visitors, size: tuple[int, int], dark: bool) -> None:
    visitor = visitors.come(size=size, dark=dark)
    sign_in(visitor.page, DELEGATE.email)
    mine = ("12/me/", "12/me/change/", "12/me/cancel/", "12/me/calendar/", "12/me/ticket/")
    paths = (*mine, "12/register/", "accounts/consents/", "accounts/letters/")
    assert look_at(visitor, "kk", paths) == {}


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_the_releases_and_their_desk(visitors: Visitors, size: tuple[int, int], dark: bool) -> None:
    visitor = visitors.come(size=size, dark=dark)
    sign_in(visitor.page, ORGANISER.email)
    public = ("12/programme/releases/", "12/programme/releases/1/changes/")
    assert look_at(visitor, "kk", (*public, "12/desk/release/", "12/desk/releases/")) == {}


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_the_form_of_a_newcomer_as_it_is_and_refused(
    visitors: Visitors, size: tuple[int, int], dark: bool
) -> None:
    visitor = visitors.come(size=size, dark=dark)
    sign_in(visitor.page, NEWCOMER.email, to="/kk/12/register/")
    found = faults(visitor.page)
    visitor.page.locator("#organisation_new").check()
    visitor.page.locator("main form .actions button.btn-primary").click()
    visitor.page.locator("[role=alert]").first.wait_for()
    assert found | faults(visitor.page) == {}


def test_a_list_of_organisations_that_is_open(visitor: Visitor) -> None:
    sign_in(visitor.page, NEWCOMER.email, to="/kk/12/register/")
    visitor.page.locator("#organisation_search").press_sequentially("қор")
    visitor.page.locator("[role=option]").first.wait_for()
    visitor.page.keyboard.press("ArrowDown")
    assert faults(visitor.page) == {}


@pytest.mark.parametrize("path", ["accounts/email/", "accounts/password/change/", "accounts/mfa/"])
def test_the_pages_of_a_persons_account(visitor: Visitor, path: str) -> None:
    sign_in(visitor.page, ORGANISER.email)
    assert look_at(visitor, "kk", (path,)) == {}


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_the_desk(visitors: Visitors, size: tuple[int, int], dark: bool) -> None:
    visitor = visitors.come(size=size, dark=dark)
    sign_in(visitor.page, ORGANISER.email, to="/kk/12/desk/")
    assert faults(visitor.page) == {}


@pytest.mark.parametrize("path", ["exchange/", "paper/"])
def test_the_desks_files_and_papers(visitors: Visitors, path: str) -> None:
    visitor = visitors.come(size=NARROW)
    sign_in(visitor.page, ORGANISER.email, to=f"/kk/12/desk/{path}")
    assert faults(visitor.page) == {}


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_the_desks_pages_of_needs(visitors: Visitors, size: tuple[int, int], dark: bool) -> None:
    visitor = visitors.come(size=size, dark=dark)
    sign_in(visitor.page, ORGANISER.email)
    parts = ("", "sessions/", "people/", "meals/", "erase/")
    assert look_at(visitor, "kk", tuple(f"12/desk/needs/{part}" for part in parts)) == {}


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_the_desks_badges_and_documents(
    visitors: Visitors, size: tuple[int, int], dark: bool
) -> None:
    visitor = visitors.come(size=size, dark=dark)
    sign_in(visitor.page, ORGANISER.email)
    assert look_at(visitor, "kk", ("12/desk/badges/?q=үлгі", "12/desk/documents/")) == {}


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_the_check_of_a_document(visitors: Visitors, size: tuple[int, int], dark: bool) -> None:
    visitor = visitors.come(size=size, dark=dark)
    found = look_at(visitor, "kk", ("12/verify/",))
    visitor.open("/kk/12/verify/ABCDEFGHJKMN/", status=404)
    assert found | faults(visitor.page) == {}


@pytest.mark.parametrize("path", ["", "forum/registration/", "forum/letter/"])
def test_the_admin(visitor: Visitor, path: str) -> None:
    sign_in(visitor.page, ADMIN.email)
    visitor.open(f"/admin/{path}")
    assert accessibility_faults(visitor.page) == []


def test_a_person_is_added_without_a_breach_of_the_policy(visitor: Visitor) -> None:
    # Not through axe, which styles password fields itself, and the policy forbids that.
    sign_in(visitor.page, ADMIN.email)
    visitor.open("/admin/accounts/user/add/")
    assert visitor.page.locator("#id_email").count() == 1
