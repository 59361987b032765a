"""Browsers that keep nothing, whose clock runs back, or whose store holds junk; and words on pictures."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.web.desk.desk_page import WAIT_MS, DeskPage
from tests.web.desk.keeping.typed_text import EDITS, browser, log_in, stored, type_into, wait, waits_for
from tests.web.desk.letter.test_imaging import a_picture
from tests.web.newsroom import Open

pytestmark = pytest.mark.chromium

KEEPS_NOTHING = """
    const get = () => { throw new DOMException("denied", "SecurityError"); };
    for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get });
    indexedDB.open = get;
"""
IS_FULL = """
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
"""
RUNS_BACK = "const start = Date.now(); let ticks = 0; Date.now = () => start - 60_000 * ticks++;"
JUNK = """
    const junk = { a: "{", b: "null", c: '{"id":"c","edition":"morning"}', d: "7" };
    for (const [name, text] of Object.entries(junk)) {
        localStorage.setItem(`desk-journal:${name}`, text);
        localStorage.setItem(`desk-form:${name}`, text);
    }
"""


def leaves(page: Page, url: str) -> list[str]:
    """Go elsewhere, whatever is asked; return what was."""
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.goto(url)
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.remove_listener("dialog", accept)
    return asked


@pytest.mark.parametrize("script", [KEEPS_NOTHING, IS_FULL], ids=["denied", "full"])
def test_a_browser_that_keeps_nothing_says_so_and_stores_all_the_same(
    chromium: Browser, opened: Open, script: str
) -> None:
    with browser(chromium, opened) as context:
        context.add_init_script(script)
        page = DeskPage(context.new_page(), opened).go().page
        page.route(EDITS, wait)
        type_into(page, "subject", "Only in this tab")
        expect(page.locator("#waits")).to_contain_text("kept in this tab only: do not close it")
        assert leaves(page, opened.url + "/desk") == ["beforeunload"]
        again = DeskPage(context.new_page(), opened).go().page
        type_into(again, "subject", "Stored without a journal")
        expect(again.locator("#saved")).to_contain_text("Version 2")
        expect(again.locator("body.saving, body.unsaved")).to_have_count(0)
        assert leaves(again, opened.url + "/desk") == []

    assert opened.edition.subject == "Stored without a journal"


def test_a_clock_that_runs_back_and_junk_in_the_store_turn_no_order_round(
    chromium: Browser, opened: Open
) -> None:
    with browser(chromium, opened) as context:
        context.add_init_script(RUNS_BACK)
        page = DeskPage(context.new_page(), opened).go().page
        page.evaluate(JUNK)
        page.route(EDITS, wait)
        for count, (field, text) in enumerate(
            (("subject", "First"), ("preheader", "Second, of some length"), ("subject", "Third")), start=1
        ):
            type_into(page, field, text)
            waits_for(page, count)
        expect(page.locator("#waits")).to_contain_text("not saved yet", timeout=WAIT_MS)
        page.close(run_before_unload=False)
        again = DeskPage(context.new_page(), opened).go().page
        stored(again, opened, subject="Third", preheader="Second, of some length")


def test_a_picture_is_brought_after_the_log_in_that_came_between(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        page.locator(".item [data-do=picture]").first.click()
        expect(page.locator("#picture-dialog[data-ready]")).to_be_visible()
        context.clear_cookies()
        page.locator("#picture-file").set_input_files(
            {"name": "bread.png", "mimeType": "image/png", "buffer": a_picture("PNG", (800, 900))}
        )
        log_in(page)
        expect(page.locator("#picture-alt")).to_be_focused()
        page.locator("#picture-alt").fill("A loaf of millet bread")
        page.route(EDITS, lambda route: route.fulfill(status=413, body="too large"))
        page.locator("#picture-use").click()
        kept = page.locator("#undecided")
        expect(kept).to_contain_text("A loaf of millet bread")
        page.unroute(EDITS)
        kept.get_by_role("button", name="Try again").click()
        expect(page.locator("#saved")).to_contain_text("Version 2")
        waits_for(page, 0)

    assert any(item.image and item.image.alt == "A loaf of millet bread" for item in opened.edition.items)
