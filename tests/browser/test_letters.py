"""Every letter as mail programs show it: on a phone and on a screen, by day and by night.

The pictures are left in var/letters/ for people to look at.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.product import ROOT, Product

PICTURES = ROOT / "var/letters"
WIDTHS = (360, 700)
SCHEMES = ("light", "dark")
LANGUAGES = ("kk", "ru", "en")
CONTRAST = 4.5
"""What WCAG asks for text of a letter's size."""

TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((part) => part.getBoundingClientRect().right > innerWidth + 0.5)
  .map((part) => part.outerHTML.slice(0, 200))"""

PALE = """(least) => {
  const numbers = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = numbers(colour).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (part) => {
    for (let one = part; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (numbers(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const pale = [];
  while (words.nextNode()) {
    const part = words.currentNode.parentElement;
    const seen = words.currentNode.data.replace(/[\\s\\u00a0\\u034f\\u200c]/g, "");
    if (!seen || !part.offsetParent) continue;
    const [one, other] = [getComputedStyle(part).color, ground(part)].map(luminance);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < least) pale.push(`${ratio.toFixed(2)}: ${words.currentNode.data.trim()}`);
  }
  return pale;
}"""


@pytest.fixture(scope="module")
def letters(product: Product) -> list[Path]:
    """Write the examples anew, and return the files of HTML."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.iterdir():
        old.unlink()
    product.manage("show_letters", str(PICTURES))
    return sorted(PICTURES.glob("*.html"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_fits_its_window_and_can_be_read(
    letters: list[Path], page: Page, language: str, width: int, scheme: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    found = [path for path in letters if path.stem.endswith(f"-{language}")]
    assert found
    faults = {}
    for path in found:
        page.goto(path.as_uri())
        if scheme == "light" or width == WIDTHS[0]:
            page.screenshot(path=path.with_suffix(f".{width}.{scheme}.png"), full_page=True)
        if wrong := page.evaluate(TOO_WIDE) + page.evaluate(PALE, CONTRAST):
            faults[path.stem] = wrong
    assert faults == {}
    assert [url for url in asked if not url.startswith("file:")] == []


def test_a_letter_is_no_wider_than_six_hundred(letters: list[Path], page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(letters[0].as_uri())
    box = page.locator("table.sheet").bounding_box()
    assert box
    assert (box["width"], box["x"]) == (600, 340)
