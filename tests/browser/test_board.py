"""The timetable board: a day is built by pointer, by keys and by forms; two work at it at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from accounts.users.demo import ADMIN, ORGANISER_11

from .board import EDITION, Board, open_board
from .product import Product
from .steps import sign_in
from .visitor import NARROW, WIDE, Visitor, Visitors, accessibility_faults, overflow

FIRST = "2023-11-22"
HINT = """(one) => {
  const pen = document.createElement("canvas").getContext("2d"), style = getComputedStyle(one);
  pen.font = style.font;
  const { width } = pen.measureText(one.placeholder);
  return width + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
}"""
"""How wide a field must be for its placeholder."""


@pytest.fixture(autouse=True)
def codes(product: Product) -> list[str]:
    """Empty the draft, its history and lengths; return the codes of three sessions."""
    product.sql(
        "DELETE FROM sessions_app_placement USING sessions_app_session AS session, forum_edition"
        " WHERE session_id = session.id AND session.edition_id = forum_edition.id AND slug = %s",
        EDITION,
    )
    product.sql(
        "DELETE FROM sessions_app_draftchange USING forum_edition"
        " WHERE edition_id = forum_edition.id AND slug = %s",
        EDITION,
    )
    product.sql(
        "UPDATE sessions_app_session SET minutes = 60 FROM forum_edition"
        " WHERE edition_id = forum_edition.id AND slug = %s",
        EDITION,
    )
    rows = product.sql(
        "SELECT code FROM sessions_app_session AS session JOIN forum_edition"
        " ON forum_edition.id = edition_id WHERE slug = %s ORDER BY session.id LIMIT 3",
        EDITION,
    )
    return [code for (code,) in rows]


@pytest.fixture
def board(visitor: Visitor, codes: list[str]) -> Board:  # noqa: ARG001
    """Open the board on the emptied draft: nothing is read anew while a test drags."""
    return open_board(visitor, ORGANISER_11.email)


def stands(start: int, room: str = "A", minutes: int = 60) -> dict[str, object]:
    return {"room": room, "day": FIRST, "start": start, "minutes": minutes}


def test_a_session_is_dragged_from_the_tray_and_stays_after_a_reload(
    board: Board, codes: list[str]
) -> None:
    board.drag(codes[0], board.at(1, "10:00"))
    board.saved()
    assert board.place(codes[0]) == stands(600)
    board.reload()
    assert board.place(codes[0]) == stands(600)


def test_a_session_is_dragged_to_another_room_and_time(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.drag(codes[0], board.at(2, "12:30"))
    board.saved()
    assert board.place(codes[0]) == stands(750, "B")


def test_the_lower_edge_changes_the_length(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.stretch(codes[0], board.at(1, "11:30")[1])
    board.saved()
    assert board.place(codes[0]) == stands(600, minutes=90)


def test_a_session_is_dragged_back_to_the_tray(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    box = board.tray.bounding_box()
    assert box
    board.drag(codes[0], (box["x"] + 60, box["y"] + 20))
    board.saved()
    assert board.place(codes[0]) is None


def test_two_of_equal_length_change_places(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.put(codes[1], room=2, clock="12:00")
    board.drag(codes[0], board.at(2, "12:20"))
    board.saved()
    assert [board.place(code) for code in codes[:2]] == [stands(720, "B"), stands(600)]


def test_several_that_are_chosen_move_together(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.put(codes[1], room=2, clock="11:00")
    board.block(codes[0]).click()
    board.block(codes[1]).click(modifiers=["Control"])
    board.drag(codes[0], board.at(0, "12:00"))
    board.saved()
    assert [board.place(code) for code in codes[:2]] == [stands(720, "MAIN"), stands(780)]


def test_escape_while_dragging_leaves_it_where_it_was(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.drag(codes[0], board.at(2, "12:30"), drop=False)
    board.page.keyboard.press("Escape")
    board.page.mouse.up()
    board.saved()
    assert board.place(codes[0]) == stands(600)


def test_where_it_cannot_stand_is_drawn_and_said(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.drag(codes[1], board.at(1, "10:30"), drop=False)
    expect(board.page.locator(".board-hint.is-blocks_release").first).to_be_attached()
    expect(board.status).to_have_attribute("data-level", "blocks_release")
    expect(board.status).to_contain_text("22.11.2023 10:00–11:00")
    board.page.mouse.up()
    board.saved()


def test_a_clash_is_marked_on_both_and_told_with_links(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.put(codes[1], room=1, clock="10:30")
    for code in codes[:2]:
        expect(board.block(code)).to_have_class("block is-placed is-blocks_release")
    finding = board.page.locator(".finding.is-blocks_release")
    expect(finding).to_have_count(1)
    finding.locator("button").nth(1).click()
    expect(board.block(codes[1])).to_be_focused()


def test_a_day_is_built_by_keys_alone(board: Board, codes: list[str]) -> None:
    page = board.page
    board.block(codes[0]).focus()
    for key in ("Enter", "ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    board.saved()
    assert board.place(codes[0]) == stands(510, minutes=75)
    expect(board.block(codes[0])).to_be_focused()
    expect(page.locator("[data-board-live]")).to_contain_text("08:30–09:45")
    page.keyboard.press("Delete")
    board.saved()
    assert board.place(codes[0]) is None
    expect(board.block(codes[0])).to_be_focused()


def test_what_is_in_the_hand_is_put_back_by_escape(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.block(codes[0]).focus()
    for key in ("m", "ArrowDown", "ArrowLeft", "Escape"):
        board.page.keyboard.press(key)
    assert board.place(codes[0]) == stands(600)


def test_arrows_go_from_block_to_block(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.put(codes[1], room=1, clock="12:00")
    board.put(codes[2], room=2, clock="11:45")
    board.block(codes[0]).focus()
    for key, code in (("ArrowDown", codes[1]), ("ArrowRight", codes[2]), ("ArrowLeft", codes[1])):
        board.page.keyboard.press(key)
        expect(board.block(code)).to_be_focused()


def test_a_session_is_placed_by_its_dialog(board: Board, codes: list[str]) -> None:
    board.block(codes[0]).focus()
    board.page.keyboard.press("e")
    dialog = board.page.locator("[data-board-dialog]")
    dialog.locator("[name=room]").select_option("B")
    dialog.locator("[name=time]").fill("14:05")
    dialog.locator("[name=minutes]").fill("40")
    dialog.locator("[type=submit]").click()
    board.saved()
    assert board.place(codes[0]) == stands(845, "B", 40)


def test_what_the_server_refuses_goes_back_with_its_sentence(
    board: Board, codes: list[str]
) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.block(codes[0]).focus()
    board.page.keyboard.press("e")
    board.page.locator("[data-board-dialog] [name=time]").fill("23:45")
    board.page.locator("[data-board-dialog] [name=minutes]").fill("1440")
    board.page.locator("[data-board-dialog] [name=day]").select_option("2023-11-23")
    board.page.locator("[data-board-dialog] [type=submit]").click()
    expect(board.notes.get_by_role("alert")).to_contain_text("форум күндерінен тыс")
    expect(board.status).to_contain_text("форум күндерінен тыс")
    assert board.place(codes[0]) == stands(600)
    board.forgive("422: ")


def test_undo_and_redo_by_keys_and_by_buttons(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    page = board.page
    page.keyboard.press("Control+z")
    expect(board.tray.locator(f'[data-code="{codes[0]}"]')).to_be_visible()
    page.keyboard.press("Control+Shift+z")
    expect(board.body.locator(f'[data-code="{codes[0]}"]')).to_be_visible()
    page.locator("[data-bar-undo]").click()
    expect(board.tray.locator(f'[data-code="{codes[0]}"]')).to_be_visible()
    expect(page.locator("[data-bar-undo]")).to_be_disabled()
    page.locator("[data-bar-redo]").click()
    expect(board.body.locator(f'[data-code="{codes[0]}"]')).to_be_visible()


def test_an_undo_is_said_in_the_status_line_and_aloud(board: Board, codes: list[str]) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.block(codes[0]).focus()
    for key in ("m", "Delete"):
        board.page.keyboard.press(key)
    expect(board.status).to_contain_text("кестеден алынды")
    board.saved()
    board.page.keyboard.press("Control+z")
    for place in (board.status, board.page.locator("[data-board-live]")):
        expect(place).to_have_text("Соңғы өзгерісіңіз қайтарылды.")
    board.page.locator("[data-bar-redo]").click()
    expect(board.status).to_have_text("Қайтарған өзгерісіңіз қайта жасалды.")


def test_the_status_line_covers_no_rooms_name(board: Board) -> None:
    assert board.page.viewport_size == {"width": WIDE[0], "height": WIDE[1]}
    for down in (0, 200, 400):
        board.page.evaluate("(down) => window.scrollTo(0, down)", down)
        status, heads = (
            board.page.locator(f"[data-board-{name}]").bounding_box()
            for name in ("status", "heads")
        )
        assert status
        assert heads
        assert 0 < status["y"] <= WIDE[1] - status["height"] + 1
        assert heads["y"] + heads["height"] <= status["y"]


def test_all_days_stand_side_by_side(board: Board, codes: list[str]) -> None:
    board.page.locator("[data-view=all]").click()
    expect(board.page.locator(".board-day")).to_have_count(2)
    rooms = board.page.locator(".board-room").count()
    board.drag(codes[0], board.at(rooms - 3, "10:00"))
    board.saved()
    assert board.place(codes[0]) == stands(600) | {"day": "2023-11-23"}


def test_the_tray_is_searched(board: Board, codes: list[str]) -> None:
    title = board.block(codes[1]).locator(".block-title").inner_text()
    board.page.locator("[data-tray-search]").fill(title.lower()[:12])
    expect(board.tray.locator(".block")).to_have_count(1)
    expect(board.block(codes[1])).to_be_visible()


def test_what_another_moves_appears_with_who_did_it(visitors: Visitors, codes: list[str]) -> None:
    mine = open_board(visitors.come(), ORGANISER_11.email)
    other = open_board(visitors.come(), ADMIN.email)
    other.put(codes[0], room=1, clock="10:00")
    expect(mine.body.locator(f'[data-code="{codes[0]}"]')).to_be_visible(timeout=5000)
    expect(mine.notes).to_contain_text("Әкімші")
    assert mine.place(codes[0]) == stands(600)


def test_a_stale_move_is_refused_and_shows_what_happened(
    visitors: Visitors, codes: list[str]
) -> None:
    mine = open_board(visitors.come(), ORGANISER_11.email)
    other = open_board(visitors.come(), ADMIN.email)
    mine.page.route("**/changes.json*", lambda route: route.abort())
    other.put(codes[0], room=1, clock="10:00")
    mine.put(codes[0], room=2, clock="15:00")
    expect(mine.notes.get_by_role("alert")).to_contain_text("Әкімші")
    expect(mine.notes.get_by_text("Әкімші")).to_have_count(1)
    expect(mine.status).to_contain_text("ештеңе өзгертілген жоқ")
    assert mine.place(codes[0]) == stands(600)
    mine.forgive("409: ", "changes.json")


def by_keys(mine: Board, code: str) -> None:
    mine.block(code).focus()
    mine.page.keyboard.press("m")


def by_form(mine: Board, code: str) -> None:
    mine.block(code).focus()
    mine.page.keyboard.press("e")
    mine.page.locator("[data-board-dialog] [name=time]").fill("15:00")


@pytest.mark.parametrize(("take", "drop"), [(by_keys, "ArrowDown Enter"), (by_form, "Enter")])
@pytest.mark.parametrize("who", [ADMIN.email, ORGANISER_11.email])
def test_what_was_taken_up_before_another_moved_it_does_not_overwrite_that(
    visitors: Visitors,
    codes: list[str],
    take: Callable[[Board, str], None],
    drop: str,
    who: str,
) -> None:
    mine = open_board(visitors.come(), ORGANISER_11.email)
    mine.put(codes[0], room=1, clock="10:00")
    other = open_board(visitors.come(), who)
    take(mine, codes[0])
    other.put(codes[0], room=2, clock="12:00")
    mine.hears(codes[0], 720)
    for key in drop.split():
        mine.page.keyboard.press(key)
    expect(mine.notes.get_by_role("alert")).to_be_visible()
    assert mine.place(codes[0]) == stands(720, "B")
    mine.forgive("409: ")


def test_what_another_writer_holds_goes_back_with_the_servers_sentence(
    board: Board, codes: list[str]
) -> None:
    board.put(codes[0], room=1, clock="10:00")
    board.page.route(
        "**/moves/*", lambda route: route.fulfill(status=503, json={"error": "Кейін көріңіз."})
    )
    board.block(codes[0]).focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        board.page.keyboard.press(key)
    expect(board.notes.get_by_role("alert")).to_contain_text("Кейін көріңіз.")
    expect(board.page.locator("[data-board-banner]")).to_be_hidden()
    assert board.place(codes[0]) == stands(600)
    board.forgive("503: ")


def test_without_a_connection_the_board_says_so_and_comes_back(board: Board) -> None:
    banner = board.page.locator("[data-board-banner]")
    board.page.route("**/changes.json*", lambda route: route.abort())
    expect(banner).to_be_visible(timeout=10_000)
    board.page.unroute("**/changes.json*")
    board.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(banner).to_be_hidden()
    board.forgive("changes.json")


def test_a_finger_rests_on_a_block_and_then_carries_it(
    visitors: Visitors, codes: list[str]
) -> None:
    board = open_board(visitors.come(has_touch=True), ORGANISER_11.email)
    board.put(codes[0], room=1, clock="10:00")
    start, end = board.at(1, "10:10"), board.at(2, "12:10")
    board.touch(start, end)
    board.saved()
    assert board.place(codes[0]) == stands(720, "B")


@pytest.mark.parametrize(
    ("size", "dark"), [(WIDE, False), (WIDE, True), (NARROW, False), (NARROW, True)]
)
def test_axe_finds_nothing_serious(
    visitors: Visitors, codes: list[str], size: tuple[int, int], dark: bool
) -> None:
    board = open_board(visitors.come(size=size, dark=dark), ORGANISER_11.email)
    board.put(codes[0], room=1, clock="10:00")
    board.put(codes[1], room=1, clock="10:30")
    board.page.locator(".finding").first.wait_for()
    assert accessibility_faults(board.page) == []
    assert overflow(board.page) == []
    board.block(codes[0]).focus()
    board.page.keyboard.press("e")
    assert accessibility_faults(board.page) == []


def test_axe_finds_nothing_serious_in_what_stands_without_a_script(board: Board) -> None:
    board.page.route("**/state.json*", lambda route: route.abort())
    board.page.reload()
    expect(board.page.locator("#id_session")).to_be_visible()
    assert accessibility_faults(board.page) == []
    board.forgive("state.json")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_on_a_phone_the_menu_begins_where_one_is_and_the_searchs_hint_is_whole(
    visitors: Visitors, language: str
) -> None:
    board = open_board(visitors.come(size=NARROW), ORGANISER_11.email, language=language)
    for path in ("timetable", "releases", "speakers"):
        board.visitor.open(f"/{language}/{EDITION}/desk/{path}/")
        here = board.page.locator(".desk-nav [aria-current]")
        expect(here).to_be_in_viewport(ratio=0.99)
    board.visitor.open(f"/{language}/{EDITION}/desk/timetable/")
    search = board.page.locator("[data-tray-search]")
    search.wait_for()
    for size in (NARROW, WIDE):
        board.page.set_viewport_size({"width": size[0], "height": size[1]})
        assert search.evaluate(HINT) <= search.evaluate("(one) => one.clientWidth")


def test_without_a_script_a_form_places_a_session(visitors: Visitors, codes: list[str]) -> None:
    visitor = visitors.come(javascript=False)
    path = f"/kk/{EDITION}/desk/timetable/"
    page = visitor.page
    sign_in(page, ORGANISER_11.email, to=path)
    expect(page.locator("[data-board]")).to_be_hidden()
    page.locator("#id_session").select_option(codes[0])
    page.locator("#id_room").select_option("B")
    page.locator("#id_time").fill("14:05")
    page.locator("#id_minutes").fill("40")
    page.locator("form.form-column button[type=submit]").click()
    expect(page.locator(".note-success").first).to_be_visible()
    expect(page.locator("td.nums")).to_have_text("14:05–14:45")
