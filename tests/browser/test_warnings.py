"""The desk's warnings, and the form of their levels, which works without JavaScript too."""

import pytest
from playwright.sync_api import expect

from accounts.users.demo import ORGANISER

from .steps import sign_in
from .visitor import NARROW, WIDE, Visitors, accessibility_faults, overflow

LEVELS = "/kk/12/desk/warnings/levels/"


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("dark", [False, True])
def test_both_pages_are_accessible(visitors: Visitors, size: tuple[int, int], dark: bool) -> None:
    visitor = visitors.come(size=size, dark=dark)
    sign_in(visitor.page, ORGANISER.email, to="/kk/12/desk/warnings/")
    found = accessibility_faults(visitor.page) + overflow(visitor.page)
    visitor.open(LEVELS)
    assert found + accessibility_faults(visitor.page) + overflow(visitor.page) == []


def test_a_level_is_chosen_without_javascript(visitors: Visitors) -> None:
    page = visitors.come(javascript=False).page
    sign_in(page, ORGANISER.email, to=LEVELS)
    for level in ("ignored", "warns"):
        page.locator("#id_track_twice").select_option(level)
        page.locator(".levels button.btn-primary").click()
        expect(page.locator(".messages .note-success")).to_have_count(1)
        page.goto(LEVELS)
        expect(page.locator("#id_track_twice")).to_have_value(level)
