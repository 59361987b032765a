"""A mail that is changed in the frame where it stands is the mail that a frame would load anew."""

from __future__ import annotations

from random import Random

import pytest
from playwright.sync_api import Browser, Page

from tests.web.desk.desk_page import DeskPage, tab
from tests.web.newsroom import Open

pytestmark = pytest.mark.chromium

CHANGES = 24

WORK = """([kind, number, text]) => {
    const among = (selector, all = document.querySelectorAll(selector)) => all[number % all.length];
    const isText = ["headline", "blurb", "subject"].includes(kind), field = `[data-field=${kind}]`;
    if (isText) {
        among(field).value = text;
        among(field).dispatchEvent(new Event("input", { bubbles: true }));
    } else among(kind === "undo" ? "#undo" : `.item [data-do=${kind}]:not(:disabled)`)?.click();
}"""
LOOKS = """((frame) => {
    const { contentDocument: page, contentWindow: view } = frame;
    const looks = [...page.querySelectorAll("body *")].map((one) => {
        const { fontSize, padding, color, fontWeight, display } = view.getComputedStyle(one);
        return [one.tagName, fontSize, padding, color, fontWeight, display].join(" ");
    });
    return [page.documentElement.outerHTML, ...looks].join(";");
})"""
"""The document, and how its elements look: what a policy refused stands in the first all the same."""
SHOWN = """() => {
    const frame = document.querySelector("iframe.shown");
    return [PAGE(frame), frame.contentWindow.performance.timeOrigin];
}""".replace("PAGE", LOOKS)
ANEW = """async () => {
    const { mode } = document.querySelector("#frames").dataset;
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-same-origin");
    frame.className = document.querySelector("iframe.shown").className;
    frame.src = `${document.getElementById("main").dataset.address}/preview?mode=${mode}`;
    await new Promise((done) => { frame.onload = done; document.getElementById("frames").append(frame); });
    const page = PAGE(frame);
    frame.remove();
    return page;
}""".replace("PAGE", LOOKS)


def same(page: Page) -> float:
    """Hold what is shown to what would be loaded; return when the frame was loaded last."""
    shown, since = page.evaluate(SHOWN)
    assert shown == page.evaluate(ANEW)
    return float(since)


@pytest.mark.parametrize("mode", ["desktop", "dark", "plain"])
def test_after_any_change_the_frame_holds_the_mail_that_it_would_load(
    chromium: Browser, opened: Open, mode: str
) -> None:
    dice = Random(f"in place {mode}")
    with tab(chromium, opened) as desk:
        desk.go()
        desk.page.locator(f"button[data-mode={mode}]").first.click()
        desk.page.wait_for_selector(f"iframe.shown[data-mode={mode}]")
        began = same(desk.page)
        for number in range(CHANGES):
            before = opened.edition.revision
            kind = dice.choice(("headline", "blurb", "subject", "up", "down", "drop", "undo", "undo"))
            if kind == "undo" and desk.page.locator("#undo").is_disabled():
                kind = "headline"
            text = f"Anew & <{number}> “for” the {dice.randrange(99)}th time\u00a0**so**"
            desk.page.evaluate(WORK, [kind, dice.randrange(1000), text])
            desk.settled(before + 1)
            assert same(desk.page) == began, "the frame was loaded again"


def test_a_frame_that_shows_an_error_is_loaded_and_not_changed_in_place(
    chromium: Browser, opened: Open
) -> None:
    with tab(chromium, opened) as desk:
        desk.page.route("**/preview?*", lambda route: route.fulfill(status=502, body="<p>Bad gateway</p>"))
        desk.go()
        desk.page.unroute("**/preview?*")
        headline(desk, "After the error")
        desk.settled(opened.edition.revision)
        same(desk.page)
        assert desk.preview.get_by_text("After the error").count()


def headline(desk: DeskPage, text: str) -> None:
    """Write the first story's headline and wait until it is stored."""
    before = desk.opened.edition.revision
    desk.page.locator("[data-field=headline]").first.fill(text)
    desk.settled(before + 1)
