"""Chromium, looking at a mail without any network."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, sync_playwright

from tests.processes.departing import LastWords

CHROMIUM = Path("/usr/bin/chromium")
# Against what never comes, not against what is slow: a busy machine needs its time.
WAIT_MS = 90_000
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
# What every picture shows: a harbour at dusk, drawn here so that nothing is fetched.
SCENE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900"
width="1600" height="900">
<defs>
<linearGradient id="s" x2="0" y2="1">
<stop stop-color="#27405c"/><stop offset=".55" stop-color="#b5736a"/>
<stop offset="1" stop-color="#e9b872"/></linearGradient>
</defs><rect width="1600" height="560" fill="url(#s)"/>
<rect y="560" width="1600" height="340" fill="#2b3a48"/>
<circle cx="1150" cy="500" r="70" fill="#f6dfa8"/>
<path d="M0 560L160 500 420 540 700 470 980 545 1600 520V560Z" fill="#3b4657"/>
<path d="M330 600H1090L1020 690H400Z" fill="#1c2733"/>
<path d="M470 600V500H930V600Z" fill="#e7ddca"/>
<path d="M540 500V430H860V500Z" fill="#cfc2aa"/>
<rect x="660" y="360" width="60" height="70" fill="#8c2f39"/>
<g fill="#33414f">
<rect x="510" y="530" width="60" height="36"/><rect x="610" y="530" width="60" height="36"/>
<rect x="710" y="530" width="60" height="36"/><rect x="810" y="530" width="60" height="36"/></g>
<g stroke="#46586a" stroke-width="5">
<path d="M80 740H520M700 780H1300M240 830H760M980 850H1500"/></g></svg>"""


@contextmanager
def _playwright() -> Iterator[Playwright]:
    """Yield a driver whose files, Chromium's too, are gone with this process, however it ends."""
    folder = tempfile.mkdtemp(prefix="cr-")
    # A short name: a socket's path has little room. Chromium ends after us, and writes to the last.
    until_gone = f"for _ in 1 2 3 4 5 6 7 8 9 10; do rm -rf {shlex.quote(folder)} && exit; sleep 1; done"
    last_words = LastWords(["sh", "-c", until_gone])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", folder)
        playwright = sync_playwright().start()
    try:
        yield playwright
    finally:
        playwright.stop()
        last_words.say()


@contextmanager
def browsers() -> Iterator[Callable[[], Browser]]:
    """Yield what returns a running Chromium without a profile: the same one, or its heir if it died."""
    with _playwright() as playwright:
        running: list[Browser] = []

        def current() -> Browser:
            if not running or not running[-1].is_connected():
                running.append(
                    playwright.chromium.launch(
                        executable_path=str(CHROMIUM), args=list(FLAGS), timeout=WAIT_MS
                    )
                )
            return running[-1]

        try:
            yield current
        finally:
            for chromium in running:
                chromium.close()


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield a Chromium without a profile; it ends with the block."""
    with browsers() as current:
        yield current()


@contextmanager
def opened(
    chromium: Browser,
    html: str,
    *,
    width: int,
    scheme: Literal["light", "dark"] = "light",
    images: bool = True,
    text_scale: float = 1.0,
) -> Iterator[Page]:
    """Yield a page of `width` CSS pixels that shows `html`.

    Args:
        images: off as in a mail program that has not been allowed to load them.
        text_scale: how much larger than asked the reader has set the text.
    """
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, device_scale_factor=1
    )

    def answer(route: Route) -> None:
        if images and route.request.resource_type == "image":
            route.fulfill(body=SCENE, content_type="image/svg+xml")
        else:
            route.abort()

    context.set_default_timeout(WAIT_MS)
    try:
        page = context.new_page()
        page.route("**/*", answer)
        page.set_content(html, wait_until="load")
        if text_scale != 1.0:
            page.evaluate(SCALE_TEXT, text_scale)
        yield page
    finally:
        context.close()


# Text only, as a phone's font size setting does: sizes are read first, so that none is scaled twice.
SCALE_TEXT = """scale => {
  const sized = [...document.querySelectorAll('body *')].map(
    element => [element, parseFloat(getComputedStyle(element).fontSize)]);
  for (const [element, size] of sized)
    element.style.setProperty('font-size', size * scale + 'px', 'important');
}"""
