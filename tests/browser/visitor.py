"""Somebody with a browser, whose console, network and Content-Security-Policy must stay silent."""

import functools
import itertools
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
)

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
WIDE, NARROW = (1280, 900), (360, 740)
_numbers = itertools.count(1)


class Visitor:
    """A context of its own, one page in it, and the faults that it met."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.faults: list[str] = []
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("requestfailed", self._on_failure)
        context.on("response", self._on_response)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)

    def _on_console(self, message: ConsoleMessage) -> None:
        # Chromium says so of every 4xx; which of them are faults, _on_response decides.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _on_failure(self, request: Request) -> None:
        # A search that is overtaken by the next letter is given up on purpose.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _on_response(self, response: Response) -> None:
        asked_for = response.request.resource_type == "document"
        if response.status >= (500 if asked_for else 400):
            self.faults.append(f"{response.status}: {response.url}")

    def open(self, path: str, *, status: int = 200) -> Page:
        """Go to `path`, which must answer with `status`."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status == status, f"{path}: {response.status}"
        return self.page


class Visitors:
    """Opens visitors for one test, and says at its end what went wrong for them."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.all: list[Visitor] = []

    def come(
        self,
        *,
        size: tuple[int, int] = WIDE,
        dark: bool = False,
        javascript: bool = True,
        **options: Any,
    ) -> Visitor:
        """Open a fresh context, with nobody signed in."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            reduced_motion="reduce",
            locale="kk-KZ",
            **options,
        )
        visitor = Visitor(context)
        self.all.append(visitor)
        return visitor

    def close(self) -> None:
        """Close every context; fails when one of them met a fault."""
        for visitor in self.all:
            # A page that asks each second may be in the middle of an answer that a test makes.
            visitor.page.unroute_all(behavior="ignoreErrors")
            visitor.context.close()
        faults = [fault for visitor in self.all for fault in visitor.faults]
        assert faults == [], "\n".join(faults)


def new_address(name: str) -> str:
    """Make an e-mail address that no other test uses."""
    return f"{name}{next(_numbers)}@example.org"


@functools.cache
def _axe() -> str:
    return AXE.read_text()


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe finds serious or critical on the page as it stands now, and twin landmarks.

    The script goes in by the debugger's protocol, which the page's policy does not hold up: no page
    is opened with a weaker policy than a visitor has.
    """
    page.evaluate(_axe())
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [
        f"{violation['id']}: {node['target']} {json.dumps(node['any'])[:300]}"
        for violation in found
        if violation["impact"] in ("serious", "critical") or violation["id"] == "landmark-unique"
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> list[str]:
    """Name what stands outside the page's width, if the page scrolls sideways; else nothing."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.body.querySelectorAll('*')]
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .map((one) => one.outerHTML.slice(0, 120)).slice(0, 5);
        }"""
    )
    return found
