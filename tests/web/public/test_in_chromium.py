"""Every public page as a reader meets it: on any screen, by day and night, without scripts."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from starlette.routing import Match, Route

from digest.web.public import routes
from digest.web.public.visit import gate_of
from subscribers import consent, people
from subscribers.model import Evidence
from tests.rendering.browser import WAIT_MS
from tests.rendering.checks.node import module
from tests.web.newsroom import KEY, Open

pytestmark = pytest.mark.chromium

AXE = """() => axe.run({ resultTypes: ['violations', 'incomplete'] }).then(found => [
  ...found.violations, ...found.incomplete
].map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`))"""
REACH = "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
SMALL = """() => [...document.querySelectorAll('button, select, label.choice, input:not([type=hidden])')]
  .filter(one => !one.closest('.trap') && !one.closest('label.choice input'))
  .filter(one => !(one.matches('input') && one.closest('label.choice')))
  .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 120))"""


@contextmanager
def reading(
    chromium: Browser,
    sent: Open,
    *,
    width: int,
    scheme: Literal["light", "dark"] = "light",
    language: str = "en",
    scripts: bool = False,
) -> Iterator[Page]:
    """Yield a tab of somebody who is nobody here; with scripts only for tools that measure."""
    context = chromium.new_context(
        base_url=sent.url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale=language,
        java_script_enabled=scripts,
        bypass_csp=scripts,
    )
    try:
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        yield page
    finally:
        context.close()


def press(page: Page, what: str) -> None:
    """Click and wait for the page that it leads to."""
    with page.expect_navigation():
        page.click(what)


def walk(page: Page, sent: Open) -> Iterator[str]:
    """Go through every public page, by its own buttons; yield the name of the one that is open."""
    signer, database = sent.desk.newsroom.signer, sent.desk.newsroom.people
    who = people.show(database, "reader1@list.example").subscriber
    assert who
    page.goto("/signup/morning")
    yield "signup"
    page.fill("#email", "no address")
    press(page, "main button")
    yield "signup-fault"
    page.fill("#email", "x" * 60 + "@list.example")
    press(page, "main button")
    yield "asked"
    page.goto("/signup/morning/embed")
    yield "embed"
    gate_of(sent.desk).mailer.settle()
    asked = consent.sign_up(database, "new@list.example", "morning", Evidence(), now=sent.clock())
    assert asked.requested_at
    token = signer.confirm(asked.subscriber, "morning", requested_at=asked.requested_at, now=sent.clock())
    page.goto(f"/p/{signer.preferences(asked.subscriber)}")
    yield "preferences-waiting"
    page.goto(f"/c/{token}")
    yield "confirm"
    press(page, "main button")
    yield "confirmed"
    press(page, "main a")
    page.check("input[value=weekly]")
    press(page, "main button >> nth=0")
    yield "preferences"
    page.uncheck("input[value=port]")
    page.uncheck("input[value=rest]")
    press(page, "main button >> nth=0")
    yield "preferences-fault"
    press(page, "main button >> nth=1")
    yield "left"
    page.goto("/c/nothing")
    yield "stale"
    page.goto("/u/nothing")
    yield "gone"
    page.goto(f"/u/{signer.unsubscribe(who.id, 'morning')}")
    yield "unsubscribe"
    press(page, "main button")
    yield "unsubscribed"
    press(page, "main button")
    yield "back-again"
    page.goto(f"/u/{signer.unsubscribe(asked.subscriber, 'morning')}/done")
    press(page, "main button")
    yield "too-late"
    page.goto("/archive/morning")
    yield "archive"
    page.fill("#q", "ferry")
    press(page, "main button")
    yield "archive-search"
    page.goto("/archive/morning?month=2026-11")
    yield "archive-month"
    page.goto(f"/archive/morning/{KEY.day}")
    yield "from-archive"
    page.goto(f"/v/{signer.view(who.id, str(KEY))}")
    yield "own-copy"
    page.goto("/nowhere")
    yield "no-page"
    while not page.url.endswith("/signup/morning"):
        page.goto("/signup/morning")
        page.fill("#email", "again@list.example")
        press(page, "main button")
    yield "too-many"


MAILS = {"own-copy"}
"""Judged with the mails, in tests/rendering."""


NO_PAGES = {
    "GET /media/{name}": "an editor's picture: tests/web/desk/letter/test_pictures.py",
    "GET /l/{token}": "leads on to a story: tests/web/public/test_clicking.py",
    "GET /archive/{newsletter}/feed.xml": "for feed readers: tests/web/public/test_reading.py",
    "GET /archive/{newsletter}/feed.json": "for feed readers: tests/web/public/test_reading.py",
}
"""What the public routes give that is no page to look at, with where it is tested."""


def unseen(asked: Collection[tuple[str, str]]) -> dict[str, str]:
    """Return the public routes that no request reached, each with what is known of it."""
    found = {}
    for route in routes.routes:
        assert isinstance(route, Route)
        (method,) = (route.methods or set()) - {"HEAD"}
        scopes = ({"type": "http", "method": way, "path": path} for way, path in asked)
        if not any(route.matches(scope)[0] is Match.FULL for scope in scopes):
            name = f"{method} {route.path}"
            found[name] = NO_PAGES.get(name, "walk through it above, or say here why not")
    return found


@pytest.mark.parametrize(
    ("width", "language"), [(320, "ar"), (320, "he"), (375, "fr"), (768, "pl"), (1280, "en")]
)
def test_every_page_fits_its_screen_and_works_without_scripts(
    chromium: Browser, sent: Open, width: int, language: str
) -> None:
    wide: dict[str, int] = {}
    small: dict[str, list[str]] = {}
    seen: list[str] = []
    asked: set[tuple[str, str]] = set()
    with reading(chromium, sent, width=width, language=language) as page:
        page.on("request", lambda one: asked.add((one.method, urlsplit(one.url).path)))
        for name in walk(page, sent):
            seen.append(name)
            reach = page.evaluate(REACH)
            wide |= {name: reach} if reach > width else {}
            found = page.evaluate(SMALL) if name not in MAILS else []
            small |= {name: found} if found else {}
            if folder := os.environ.get("PAGES_SHOT_TO"):
                page.screenshot(path=f"{folder}/{width}-{name}.png", full_page=True)

    assert (wide, small) == ({}, {})
    assert len(seen) == 23
    assert unseen(asked) == NO_PAGES


@pytest.mark.node
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_by_day_or_night(
    chromium: Browser, sent: Open, scheme: Literal["light", "dark"]
) -> None:
    axe = (module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    faults: dict[str, list[str]] = {}
    with reading(chromium, sent, width=375, scheme=scheme, scripts=True) as page:
        for name in walk(page, sent):
            if name in MAILS:
                continue
            page.evaluate(axe)
            found = page.evaluate(AXE)
            faults |= {name: found} if found else {}
            if folder := os.environ.get("PAGES_SHOT_TO"):
                page.screenshot(path=f"{folder}/{scheme}-{name}.png", full_page=True)

    assert faults == {}


def test_the_mail_that_confirms_fits_a_phone(chromium: Browser, sent: Open) -> None:
    with reading(chromium, sent, width=320) as page:
        page.goto("/signup/morning")
        page.fill("#email", "new@list.example")
        press(page, "main button")
        gate_of(sent.desk).mailer.settle()
        mail = next(one for one in sent.folder.mails() if "new@list.example" in one["To"])
        body = mail.get_body(("html",))
        assert body is not None
        page.set_content(body.get_content())

        assert page.evaluate(REACH) <= 320
        assert page.locator("a").bounding_box() is not None
