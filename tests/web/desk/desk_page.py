"""The edition page in Chromium, as an editor's hands use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect

from tests.rendering.browser import WAIT_MS
from tests.web.newsroom import PAGE, Open


class DeskPage:
    """One tab on the edition."""

    def __init__(self, page: Page, opened: Open) -> None:
        self.page, self.opened = page, opened

    def go(self, path: str = PAGE) -> DeskPage:
        self.page.goto(self.opened.url + path)
        if path == PAGE:
            self.page.wait_for_function("() => document.documentElement.dataset.ready")
        return self

    def item(self, headline: str) -> Locator:
        article = next(item.article for item in self.opened.edition.items if item.headline == headline)
        return self.page.locator(f"#item-{article}")

    def handle(self, headline: str) -> Locator:
        return self.item(headline).locator("[data-handle]")

    @property
    def preview(self) -> FrameLocator:
        return self.page.frame_locator("iframe.shown")

    def shown_order(self, titles: list[str]) -> list[str]:
        """Return the titles in the order in which the mail tells them."""
        text = self.preview.locator("body").inner_text()
        return sorted((title for title in titles if title in text), key=text.index)

    def settled(self, revision: int) -> None:
        """Wait until the revision is stored and its mail shown."""
        self.page.wait_for_function(
            "revision => Number(document.querySelector('iframe.shown').dataset.revision) >= revision",
            arg=revision,
            timeout=WAIT_MS,
        )
        assert self.opened.edition.revision >= revision


@contextmanager
def tab(
    chromium: Browser,
    opened: Open,
    *,
    width: int = 1280,
    height: int = 900,
    scheme: Literal["light", "dark"] = "light",
    name: str = "amina",
    is_touch: bool = False,
    bypass_csp: bool = False,
    is_still: bool = False,
) -> Iterator[DeskPage]:
    """Yield a tab of a logged-in user that is told of every request and every fault.

    A page that is `is_still` renews nothing by itself: who looks at it twice sees the same.
    """
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        has_touch=is_touch,
        bypass_csp=bypass_csp,
        reduced_motion="reduce",
    )
    logged_in(context, opened, name)
    faults: list[str] = []
    asked: list[str] = []
    try:
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        if is_still:
            page.route("**/*part=live*", lambda route: route.abort())
        yield DeskPage(page, opened)
        assert faults == [], faults
        assert [url for url in asked if not url.startswith((opened.url, "data:"))] == []
    finally:
        context.close()


def logged_in(context: BrowserContext, opened: Open, name: str = "amina") -> None:
    context.add_cookies(
        [{"name": "desk", "value": opened.cookie(name), "url": opened.url, "httpOnly": True}]
    )


__all__ = ["WAIT_MS", "DeskPage", "expect", "logged_in", "tab"]
