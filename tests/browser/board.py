"""The timetable's board as an organiser handles it: by pointer, by keys and by its form."""

from typing import Any

from playwright.sync_api import Locator, expect

from .steps import sign_in
from .visitor import Visitor

EDITION = "11"
"""The archived edition: the public reads its release, so that its draft may be emptied."""

# Only where it is out of sight: what is about to be dragged must stay in it.
BRING = """(label) => {
  const scroll = label.closest(".board-scroll"), frame = scroll.getBoundingClientRect();
  scroll.scrollIntoView({ block: "end" });
  const { top } = label.getBoundingClientRect(), head = document.querySelector(".board-heads");
  if (top < frame.top + head.offsetHeight || top > frame.bottom - 120) {
    scroll.scrollTop = label.offsetTop - 150;
  }
}"""


BELOW = 2
"""Pixels."""


class Board:
    """An open board, and what one does there."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, page = visitor, visitor.page
        self.page = page
        self.body = page.locator("[data-board-body]")
        self.tray = page.locator("[data-board-tray]")
        self.status = page.locator("[data-board-status]")
        self.notes = page.locator("[data-board-notes]")

    def block(self, code: str) -> Locator:
        return self.page.locator(f'[data-board] .block[data-code="{code}"]')

    def place(self, code: str) -> dict[str, Any] | None:
        """Tell where the block is shown; None for the tray."""
        found: dict[str, Any] | None = self.block(code).evaluate("(one) => one.session.place")
        return found

    def hears(self, code: str, start: int) -> None:
        """Wait until the board knows that the session starts at that minute of its day."""
        for _try in range(80):
            known = self.block(code).evaluate("(one) => one.session.known")
            if known and known["start"] == start:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"The board does not hear that {code} was moved.")

    def at(self, room: int, clock: str) -> tuple[float, float]:
        """Return a point of the window just below the line at which that time begins in the room.

        On the line itself it would be chance, and the fonts', which of two cells is pointed at:
        the mouse knows whole pixels only.
        """
        hour, minute = map(int, clock.split(":"))
        label = self.page.locator(".board-time", has_text=f"{hour:02}:00")
        label.evaluate(BRING)
        times = label.bounding_box()
        head = self.page.locator(".board-room").nth(room).bounding_box()
        height = self.body.evaluate(
            "(one) => parseFloat(getComputedStyle(one).getPropertyValue('--hour'))"
        )
        top = self.body.bounding_box()
        assert times
        assert head
        assert top
        down = label.evaluate("(one) => parseFloat(one.style.top)")
        return head["x"] + head["width"] / 2, top["y"] + down + minute * height / 60 + BELOW

    def drag(
        self, code: str, to: tuple[float, float], *, grip: float = 4, drop: bool = True
    ) -> None:
        """Drag a block, held `grip` pixels below its upper edge, to a point of the window."""
        box = self.block(code).bounding_box()
        assert box
        self.page.mouse.move(box["x"] + 20, box["y"] + grip)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + 30, box["y"] + grip + 10)
        self.page.mouse.move(to[0], to[1], steps=4)
        if drop:
            self.page.mouse.up()

    def put(self, code: str, *, room: int, clock: str) -> None:
        """Place a session by its dialog, and wait until the server has answered."""
        self.block(code).focus()
        self.page.keyboard.press("e")
        dialog = self.page.locator("[data-board-dialog]")
        dialog.locator("[name=room]").select_option(index=room + 1)
        dialog.locator("[name=time]").fill(clock)
        dialog.locator("[type=submit]").click()
        self.saved()

    def stretch(self, code: str, y: float) -> None:
        """Drag the block's lower edge to a height of the window."""
        box = self.block(code).bounding_box()
        assert box
        x = box["x"] + 20
        self.page.mouse.move(x, box["y"] + box["height"] - 3)
        self.page.mouse.down()
        self.page.mouse.move(x, y - 10)
        self.page.mouse.move(x, y)
        self.page.mouse.up()

    def touch(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Rest a finger on a point, then draw it to another."""
        finger = self.page.context.new_cdp_session(self.page)

        def send(kind: str, *points: tuple[float, float]) -> None:
            touches = [{"x": x, "y": y} for x, y in points]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

        send("touchStart", start)
        self.page.wait_for_timeout(500)
        for part in (0.3, 0.6, 0.9, 1):
            x, y = (one + (other - one) * part for one, other in zip(start, end, strict=True))
            send("touchMove", (x, y))
        send("touchEnd")

    def reload(self) -> None:
        """Read everything again."""
        self.page.reload()
        self.page.locator("[data-board][data-ready]").wait_for()

    def forgive(self, *texts: str) -> None:
        """Take back the faults that a test brought about: those that hold one of `texts`."""
        faults = self.visitor.faults
        faults[:] = [one for one in faults if not any(text in one for text in texts)]

    def saved(self) -> None:
        """Wait until the server has answered all that was sent."""
        expect(self.page.locator(".block.is-pending")).to_have_count(0)


def open_board(visitor: Visitor, address: str, *, language: str = "kk") -> Board:
    """Sign in as an organiser, open the board, and wait until it is drawn."""
    path = f"/{language}/{EDITION}/desk/timetable/"
    sign_in(visitor.page, address, to=f"/kk/{EDITION}/desk/")
    visitor.open(path)
    visitor.page.locator("[data-board][data-ready]").wait_for()
    return Board(visitor)
