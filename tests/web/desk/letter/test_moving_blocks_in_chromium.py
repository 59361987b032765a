"""Blocks carried by their handles, by mouse and by keys; a picture chosen and cropped by keys alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, expect

from digest.model import Block, BlockId, BlockKind, Spot
from tests.web.desk.desk_page import DeskPage, tab
from tests.web.desk.letter.test_imaging import a_picture
from tests.web.newsroom import Open

pytestmark = pytest.mark.chromium

BLOCKS = (
    Block(BlockId("a" * 16), BlockKind.NOTE, title="First"),
    Block(BlockId("b" * 16), BlockKind.NUMBER, title="Second"),
    Block(BlockId("c" * 16), BlockKind.QUOTATION, Spot.END, text="Third"),
)


@pytest.fixture
def with_blocks(opened: Open) -> Open:
    with opened.client() as client:
        for block in BLOCKS:
            client.edit("block-add", block=block.kind.value, spot=block.spot.value, section="")
    return opened


def ids(opened: Open) -> list[str]:
    return [one.id for one in opened.edition.blocks]


def handle(desk: DeskPage, block: str) -> Locator:
    return desk.page.locator(f"#block-handle-{block}")


def dragged(desk: DeskPage, block: str, target: Locator) -> None:
    """Carry a block by its handle to the upper edge of something."""
    mouse = desk.page.mouse
    start = handle(desk, block)
    start.scroll_into_view_if_needed()
    box, goal = start.bounding_box(), target.bounding_box()
    assert box
    assert goal
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + 20, box["y"] + 12)
    mouse.move(goal["x"] + 20, goal["y"] + 2, steps=5)
    expect(desk.page.locator(".mark")).to_have_count(1)
    mouse.up()


def test_a_block_is_dragged_before_another_and_escape_puts_it_back(
    chromium: Browser, with_blocks: Open
) -> None:
    first, second, third = ids(with_blocks)
    with tab(chromium, with_blocks, height=1400) as desk:
        desk.go()
        revision = with_blocks.edition.revision
        dragged(desk, second, desk.page.locator(f"#block-{first}"))
        desk.settled(revision + 1)
        assert ids(with_blocks) == [second, first, third]
        box = handle(desk, first).bounding_box()
        assert box
        desk.page.mouse.move(box["x"] + 5, box["y"] + 5)
        desk.page.mouse.down()
        desk.page.mouse.move(box["x"] + 5, box["y"] - 300, steps=3)
        desk.page.keyboard.press("Escape")
        desk.page.mouse.up()
        expect(desk.page.locator("#said")).to_have_text("Put back.")
        expect(desk.page.locator(".mark")).to_have_count(0)

    assert ids(with_blocks) == [second, first, third]


def test_arrow_keys_on_its_handle_carry_a_block_to_the_next_spot(
    chromium: Browser, with_blocks: Open
) -> None:
    _, second, _ = ids(with_blocks)
    with tab(chromium, with_blocks) as desk:
        desk.go()
        revision = with_blocks.edition.revision
        handle(desk, second).press("ArrowDown")
        desk.settled(revision + 1)
        expect(handle(desk, second)).to_be_focused()
        moved = next(one for one in with_blocks.edition.blocks if one.id == second)
        desk.page.keyboard.press("ArrowUp")
        desk.settled(revision + 2)

    assert moved.spot is Spot.LEAD
    assert [one.spot for one in with_blocks.edition.blocks if one.id == second] == [Spot.TOP]


def test_a_picture_is_brought_and_its_point_set_by_keys_alone(chromium: Browser, opened: Open) -> None:
    item = opened.edition.items[0]
    with tab(chromium, opened) as desk:
        page = desk.go().page
        page.locator(f"#handle-{item.article}").focus()
        page.keyboard.press("f")
        expect(page.locator("#picture-dialog[data-ready]")).to_be_visible()
        page.locator("#picture-file").set_input_files(
            {"name": "tall.png", "mimeType": "image/png", "buffer": a_picture("PNG", (800, 900))}
        )
        expect(page.locator("#picture-alt")).to_be_focused()
        page.keyboard.insert_text("A tall thing")
        point = page.locator("#picture-place")
        point.focus()
        for key in ("ArrowDown", "ArrowDown", "Shift+ArrowDown", "ArrowLeft"):
            page.keyboard.press(key)
        expect(page.locator("#picture-y")).to_have_value("42")
        expect(page.locator("#picture-x")).to_have_value("49")
        page.keyboard.press("Enter")
        expect(page.locator("#picture-dialog")).to_be_hidden()
        expect(desk.preview.locator("img[alt='A tall thing']")).to_have_count(1)

    picture = next(one for one in opened.edition.items if one.article == item.article).image
    assert picture is not None
    assert picture.focus == (0.49, 0.42)
