"""Two browsers on one edition: whatever both do, all is there in the end or was shown as a conflict."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from random import Random

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.web.desk.desk_page import WAIT_MS, DeskPage, tab
from tests.web.newsroom import Open

pytestmark = pytest.mark.chromium

CHANGES = 100
SEEDS = range(20) if os.environ.get("DIGEST_TEST_SEEDS") == "all" else [17]
"""One in a usual run; `DIGEST_TEST_SEEDS=all` runs twenty."""


class Hand:
    """One editor at random work, who remembers what was typed and what was shown as a conflict."""

    def __init__(self, desk: DeskPage, name: str, dice: Random) -> None:
        self.desk, self.page, self.name, self.dice = desk, desk.page, name, dice
        self.typed: dict[str, str] = {}
        self.shown: set[str] = set()
        self.count = 0

    def work(self) -> None:
        """Make one change: mostly texts, which can be known again; some moves, pins, undos and reloads."""
        self.choose()
        self.count += 1
        kinds = ("headline", "blurb", "subject", "preheader", "pin", "down", "undo", "reload")
        kind = self.dice.choices(kinds, (12, 12, 3, 3, 3, 6, 3, 1))[0]
        if kind == "reload":
            self.desk.go()
            return
        text = f"{self.name} {self.count} wrote this {kind}"
        # Only what was really typed counts: a dialog may have come between.
        name = self.page.evaluate(WORK, [kind, self.dice.randrange(1000), text])
        if name:
            self.typed[name] = text

    def choose(self) -> None:
        """Decide whatever is shown as a conflict."""
        while True:
            text = self.page.evaluate(DECIDE, self.dice.choice(("use-mine", "use-theirs")))
            if text is None:
                return
            self.shown.add(text)

    def finish(self) -> None:
        """Wait until all is stored or shown, deciding what is shown."""
        latest = time.monotonic() + 6 * WAIT_MS / 1000
        while not self.page.evaluate(IS_DONE):
            assert time.monotonic() < latest, self.page.locator("#waits").inner_text()
            self.choose()
            self.page.wait_for_timeout(100)


WORK = """([kind, number, text]) => {
    if (document.querySelector("dialog[open]")) return null;
    const items = document.querySelectorAll(".item");
    const item = items[number % items.length];
    if (kind === "undo") { document.querySelector("#undo:not(:disabled)")?.click(); return null; }
    if (kind === "pin" || kind === "down") {
        item.querySelector(`[data-do=${kind}]:not(:disabled)`)?.click();
        return null;
    }
    const field = document.getElementById(kind) ?? item.querySelector(`[data-field=${kind}]`);
    field.focus();
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return field.id;
}"""

DECIDE = """choice => {
    if (!document.getElementById("conflict").open) return null;
    const text = document.getElementById("yours").textContent;
    document.getElementById(choice).click();
    return text;
}"""

IS_DONE = """async () => {
    if (document.querySelector("dialog[open], #undecided *, body.saving, body.unsaved")) return false;
    await new Promise(done => setTimeout(done, 300));
    const database = await new Promise(done => {
        const request = indexedDB.open("desk", 1);
        request.onsuccess = () => done(request.result);
    });
    const found = await new Promise(done => {
        const request = database.transaction("changes").objectStore("changes").count();
        request.onsuccess = () => done(request.result);
    });
    database.close();
    return found === 0;
}"""


def a_poor_line(dice: Random) -> Callable[[Route], None]:
    """Return a line that loses one request or one answer in eight."""

    def handle(route: Route) -> None:
        luck = dice.randrange(16)
        if luck == 0:
            route.abort()
        elif luck == 1:
            route.fetch()
            route.abort()
        else:
            route.fallback()

    return handle


def quicker(page: Page) -> None:
    """Ask for no previews: two hundred of them test nothing here and take minutes."""
    page.route(
        "**/preview?*", lambda route: route.fulfill(body="<p>a preview</p>", content_type="text/html")
    )


def texts_of(opened: Open) -> dict[str, str]:
    """Return every text of the draft by the name of its field."""
    edition = opened.edition
    texts = {"subject": edition.subject, "preheader": edition.preheader}
    for item in edition.items:
        texts |= {f"headline-{item.article}": item.headline, f"blurb-{item.article}": item.blurb.text}
    return texts


def ever_stored(opened: Open) -> set[str]:
    """Return every text that a change brought to the desk, those that were undone since too."""
    with sqlite3.connect(opened.folder.root / "digest.db") as database:
        rows = database.execute("SELECT forward FROM desk_change").fetchall()
    found: set[str] = set()
    for (forward,) in rows:
        value = json.loads(forward)["value"]
        found |= {str(value.get(name, "")) for name in ("text", "headline", "subject", "preheader")}
        found |= {"".join(one["text"] for one in (value.get("blurb") or {}).get("sentences", ()))}
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_hundred_changes_of_each_are_there_or_were_shown(
    chromium: Browser, opened: Open, seed: int
) -> None:
    with tab(chromium, opened) as first, tab(chromium, opened, name="bo") as second:
        hands = [
            Hand(desk, name, Random(f"{seed} {name}")) for desk, name in ((first, "amina"), (second, "bo"))
        ]
        for hand in hands:
            quicker(hand.page)
            hand.desk.go()
            hand.page.route("**/edits", a_poor_line(Random(f"{seed} line {hand.name}")))
        first_said = texts_of(opened)
        order = Random(seed)
        while left := [hand for hand in hands if hand.count < CHANGES]:
            order.choice(left).work()
        for hand in hands:
            hand.finish()
        for hand in hands:
            hand.finish()
        edition = opened.edition
        made = {change.said for change in opened.desk.history.changes(edition.key)}
        texts = texts_of(opened)

    stored = ever_stored(opened)
    assert made
    assert sorted(len(one.items) for one in edition.sections) == [6, 8]
    for hand in hands:
        other = next(one for one in hands if one is not hand)
        for field, text in hand.typed.items():
            # It stands or stood there, or was shown beside the other's, or the other typed over it
            # knowing it.
            is_there = texts[field] == text or text in stored
            assert is_there or text in hand.shown or texts[field] == other.typed.get(field), (field, text)
    for field, text in texts.items():
        known = {hand.typed.get(field) for hand in hands}
        is_undone = text in first_said.values() or text in stored
        assert text in known or known == {None} or is_undone or any(text in hand.shown for hand in hands)


def test_who_is_here_and_where_is_shown_and_their_changes_appear(chromium: Browser, opened: Open) -> None:
    title = opened.order("port")[0]
    with tab(chromium, opened) as amina, tab(chromium, opened, name="bo") as bo:
        amina.go()
        bo.go()
        expect(amina.page.locator("#present")).to_contain_text("bo is here", timeout=WAIT_MS)
        bo.item(title).locator("[data-field=blurb]").focus()
        expect(amina.page.locator("#present")).to_contain_text(f"bo is at “{title}”", timeout=WAIT_MS)
        amina.page.locator("#preheader").focus()
        bo.page.locator("#subject").fill("From the other desk")
        expect(amina.page.locator("#subject")).to_have_value("From the other desk", timeout=WAIT_MS)
        expect(amina.page.locator("#messages")).to_contain_text("bo: set the subject")
        # The focus stayed where it was.
        assert amina.page.evaluate("document.activeElement.id") == "preheader"
        bo.page.close()
        expect(amina.page.locator("#present")).to_be_empty(timeout=2 * WAIT_MS)


def test_where_no_stream_comes_through_the_page_asks_again(chromium: Browser, opened: Open) -> None:
    with tab(chromium, opened) as amina, tab(chromium, opened, name="bo") as bo:

        def no_stream(route: Route) -> None:
            if "event-stream" in (route.request.headers.get("accept") or ""):
                route.fulfill(status=204)
            else:
                route.fallback()

        amina.page.route("**/here?*", no_stream)
        amina.go()
        bo.go()
        bo.page.locator("#subject").fill("Seen without a stream")
        expect(amina.page.locator("#subject")).to_have_value("Seen without a stream", timeout=WAIT_MS)
        expect(amina.page.locator("#present")).to_contain_text("bo is", timeout=WAIT_MS)


def test_what_somebody_else_stored_never_writes_over_what_is_typed(chromium: Browser, opened: Open) -> None:
    title = opened.order("port")[0]
    with tab(chromium, opened) as amina, opened.client("bo") as bo:
        article = amina.go().item(title).get_attribute("data-article")
        amina.page.route("**/edits", lambda route: route.abort())
        amina.page.locator(f"#blurb-{article}").fill("Half a sentence")
        expect(amina.page.locator("#waits")).to_contain_text("not saved yet")
        bo.edit("blurb", article=article, text="Bo's whole sentence.")
        bo.edit("subject", text="And a subject")
        amina.page.unroute("**/edits")
        expect(amina.page.locator("#theirs")).to_have_text("Bo's whole sentence.", timeout=WAIT_MS)
        expect(amina.page.locator("#yours")).to_have_text("Half a sentence")
        expect(amina.page.locator("#subject")).to_have_value("And a subject")
