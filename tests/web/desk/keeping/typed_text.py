"""What tests of typing share: a browser with its journal, and what waits in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.web.desk.desk_page import WAIT_MS, logged_in
from tests.web.newsroom import PASSWORD, Open

EDITS = "**/edits"


def wait(route: Route) -> None:
    """Answer that there is time: the tab tries no more while it lives, nor while it dies."""
    route.fulfill(status=429, headers={"retry-after": "600"}, body="{}")


@contextmanager
def browser(chromium: Browser, opened: Open, name: str = "amina") -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    logged_in(context, opened, name)
    context.set_default_timeout(WAIT_MS)
    try:
        yield context
    finally:
        context.close()


def type_into(page: Page, field: str, text: str) -> None:
    """Type, and wait until the text has left or waits to."""
    before = page.locator(f"#{field}").input_value()
    assert before != text
    page.locator(f"#{field}").fill(text)


_KEPT = """async () => {
    const database = await new Promise((done, failed) => {
        const request = indexedDB.open("desk", 1);
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    const found = await new Promise(done => {
        const request = database.transaction("changes").objectStore("changes").getAll();
        request.onsuccess = () => done(request.result);
    });
    database.close();
    return found.length;
}"""


def waits_for(page: Page, count: int) -> None:
    """Wait until so many changes stand in the browser's own database.

    Asked again and again from here: `wait_for_function` takes the promise of an async function for a yes.
    """
    latest = time.monotonic() + WAIT_MS / 1000
    while (found := page.evaluate(_KEPT)) != count:
        assert time.monotonic() < latest, f"{found} changes wait, not {count}"
        page.wait_for_timeout(50)


def stored(page: Page, opened: Open, **texts: str) -> None:
    """Wait until the desk has these texts, nothing waits any more, and the page shows them."""
    latest = time.monotonic() + WAIT_MS / 1000
    while any(getattr(opened.edition, name) != text for name, text in texts.items()):
        assert time.monotonic() < latest, (texts, opened.edition.subject, opened.edition.preheader)
        page.wait_for_timeout(50)
    waits_for(page, 0)
    expect(page.locator("#waits")).to_be_empty()
    for name, text in texts.items():
        expect(page.locator(f"#{name}")).to_have_value(text)


def log_in(page: Page, name: str = "amina") -> None:
    dialog = page.locator("#login")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[name=name]")).to_have_value(name)
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.locator("button").click()
    expect(dialog).to_be_hidden()
