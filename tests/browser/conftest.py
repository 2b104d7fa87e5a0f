"""One Chromium and one running product for all of the browser's tests; a fresh context for each.

The tests of this folder touch no model: Playwright's loop runs in this thread, and Django refuses
its database there. What a page cannot tell is asked by `product.sql`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.product import Mailbox, Product, running
from tests.browser.visitor import Visitor, Visitors

FOLDER = Path(__file__).parent
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that one may leave the browser's tests out."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = chromium.find()
    if found is None:
        reason = "There is no Chromium here; `python -m tests.browser.chromium` installs one."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def product(
    chromium_path: str,  # noqa: ARG001
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("product")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    with running(folder, worker=worker) as product:
        yield product


# Not for the session: while Playwright's loop runs, tests of models in this process would fail.
@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def mailbox(product: Product) -> Mailbox:
    return product.mailbox


@pytest.fixture
def visitors(browser: Browser, product: Product) -> Iterator[Visitors]:
    """Open as many visitors as a test needs; none of them may have met a fault."""
    visitors = Visitors(browser, product.address)
    yield visitors
    visitors.close()


@pytest.fixture
def visitor(visitors: Visitors) -> Visitor:
    return visitors.come()


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor.page
