"""By keyboard alone: the way round is in the page's order, and one sees where one is."""

import pytest
from playwright.sync_api import Page, expect

from .visitor import Visitor

SHOWN = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
    || style.boxShadow !== 'none';
}"""
WHERE = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return [document.activeElement.tagName, box.top + scrollY, box.left, box.width, box.height];
}"""


def walk(page: Page, *, most: int = 80) -> list[tuple[str, float]]:
    """Press Tab through the whole page; return what was reached, and how far down it stands."""
    reached = []
    for _press in range(most):
        page.keyboard.press("Tab")
        tag, top, _left, width, height = page.evaluate(WHERE)
        if tag == "BODY":
            break
        assert page.evaluate(SHOWN), (
            f"the focus on {page.evaluate('document.activeElement.outerHTML')}"
        )
        assert width * height > 0
        reached.append((tag, top))
    return reached


def test_the_first_tab_skips_to_the_content(visitor: Visitor) -> None:
    page = visitor.open("/kk/accounts/signup/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("path", ["/kk/accounts/login/", "/kk/accounts/signup/"])
def test_every_stop_is_seen_and_they_go_down_the_page(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    reached = walk(page)
    fields = [top for tag, top in reached if tag in ("INPUT", "SELECT", "BUTTON")]
    assert len(fields) >= 2
    assert fields == sorted(fields)
