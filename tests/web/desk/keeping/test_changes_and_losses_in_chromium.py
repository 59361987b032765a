"""The table of what an editor changes and what goes wrong: in the end each change is made, and once."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import Engine, event

from tests.web.desk.desk_page import WAIT_MS, DeskPage, logged_in
from tests.web.desk.keeping.kinds_of_change import KINDS, Made
from tests.web.desk.keeping.typed_text import EDITS, browser, log_in, wait, waits_for
from tests.web.newsroom import Open

pytestmark = pytest.mark.chromium

SAMPLE = 24
"""Cells of a usual run; `DIGEST_TEST_CELLS=all` runs the whole table."""

Change = Callable[[Page], Made]


@dataclass(frozen=True)
class Desk:
    """The browser of a cell, and the desk it works at."""

    context: BrowserContext
    opened: Open
    page: Page

    def again(self) -> Page:
        """Open the edition in a new tab."""
        return DeskPage(self.context.new_page(), self.opened).go().page


Loss = Callable[[Desk, Change], tuple[Page, Made]]
"""What goes wrong about a change, until the line and the desk are well again; the page where it ends."""


def once(act: Callable[[Route], None]) -> Callable[[Route], None]:
    """Return a line on which the first request fares badly."""
    met: list[int] = []

    def handle(route: Route) -> None:
        if met:
            route.fallback()
            return
        met.append(1)
        act(route)

    return handle


def lost(route: Route) -> None:
    """Let the desk make the change, and lose its answer."""
    route.fetch()
    route.abort()


def slowly(route: Route) -> None:
    time.sleep(0.3)
    route.fallback()


def answers(status: int, **more: Any) -> Loss:
    """Return the loss of a first request that is answered so."""

    def befall(desk: Desk, change: Change) -> tuple[Page, Made]:
        desk.page.route(EDITS, once(lambda route: route.fulfill(status=status, **more)))
        return desk.page, change(desk.page)

    return befall


def line(act: Callable[[Route], None]) -> Loss:
    """Return the loss of a first request on the line."""

    def befall(desk: Desk, change: Change) -> tuple[Page, Made]:
        desk.page.route(EDITS, once(act))
        return desk.page, change(desk.page)

    return befall


def refused(status: int, body: str) -> Loss:
    """Return the loss of a change that somebody between refuses, until it is tried again by hand."""

    def befall(desk: Desk, change: Change) -> tuple[Page, Made]:
        page = desk.page
        page.route(EDITS, lambda route: route.fulfill(status=status, body=body))
        made = change(page)
        offered = page.locator("#undecided button", has_text="Try again")
        expect(offered).to_have_count(made.count)
        page.unroute(EDITS)
        for _ in range(made.count):
            offered.first.click()
        return page, made

    return befall


def logged_out(desk: Desk, change: Change) -> tuple[Page, Made]:
    desk.context.clear_cookies()
    made = change(desk.page)
    log_in(desk.page)
    return desk.page, made


def a_later_log_in(desk: Desk, change: Change) -> tuple[Page, Made]:
    logged_in(desk.context, desk.opened)
    return desk.page, change(desk.page)


def another_person(desk: Desk, change: Change) -> tuple[Page, Made]:
    logged_in(desk.context, desk.opened, "bo")
    before = desk.opened.edition.revision
    made = change(desk.page)
    ask = desk.page.locator("#messages button", has_text="Store it as bo")
    expect(ask).to_be_visible()
    assert desk.opened.edition.revision == before
    ask.click()
    return desk.page, made


def waiting(desk: Desk, change: Change) -> Made:
    """Make a change that is told to wait."""
    desk.page.route(EDITS, wait)
    made = change(desk.page)
    waits_for(desk.page, made.count)
    expect(desk.page.locator("#waits")).to_contain_text("not saved yet")
    return made


def closed(desk: Desk, change: Change) -> tuple[Page, Made]:
    made = waiting(desk, change)
    desk.page.close(run_before_unload=False)
    return desk.again(), made


def loaded_again(desk: Desk, change: Change) -> tuple[Page, Made]:
    made = waiting(desk, change)
    desk.page.unroute(EDITS)
    return DeskPage(desk.page, desk.opened).go().page, made


def away_and_back(desk: Desk, change: Change) -> tuple[Page, Made]:
    made = waiting(desk, change)
    desk.page.goto(desk.opened.url + "/desk")
    desk.page.unroute(EDITS)
    desk.page.go_back()
    return desk.page, made


def closed_at_once(desk: Desk, change: Change) -> tuple[Page, Made]:
    """The tab goes while the request is on a slow line: stored by that one or by the next tab."""
    desk.page.route(EDITS, slowly)
    made = change(desk.page)
    desk.page.close(run_before_unload=True)
    return desk.again(), made


def beside_another_tab(desk: Desk, change: Change) -> tuple[Page, Made]:
    """Two tabs live: the other one leaves the change alone, and shows it once it is stored."""
    other = desk.again()
    made = waiting(desk, change)
    other.wait_for_timeout(200)
    assert not made.is_there(desk.opened.edition)
    desk.page.close(run_before_unload=False)
    return other, made


def full(desk: Desk, change: Change) -> tuple[Page, Made]:
    fault = sqlite3.OperationalError("database or disk is full")
    fault.sqlite_errorcode = sqlite3.SQLITE_FULL

    def refuse(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            raise fault

    event.listen(Engine, "before_cursor_execute", refuse)
    try:
        made = change(desk.page)
        expect(desk.page.locator("#waits")).to_contain_text("not saved yet")
        assert not made.is_there(desk.opened.edition)
    finally:
        event.remove(Engine, "before_cursor_execute", refuse)
    return desk.page, made


PAGE_OF_A_PROXY = {"content_type": "text/html", "body": "<html><h1>Not now</h1></html>"}
LOSSES: dict[str, Loss] = {
    "the session ended": logged_out,
    "a log-in later": a_later_log_in,
    "somebody else logged in": another_person,
    "403 of a proxy": refused(403, "<h1>Forbidden</h1>"),
    "404 of a proxy": refused(404, "<h1>Gone</h1>"),
    "413": refused(413, ""),
    "429": answers(429, headers={"retry-after": "1"}, body=json.dumps({"problem": "Too many."})),
    "500": answers(500, **PAGE_OF_A_PROXY),
    "502": answers(502, **PAGE_OF_A_PROXY),
    "503": answers(503, headers={"retry-after": "1"}, **PAGE_OF_A_PROXY),
    "a page of somebody else": answers(200, **PAGE_OF_A_PROXY),
    "no line": line(lambda route: route.abort()),
    "a lost answer, or a desk killed after it stored": line(lost),
    "a full disk": full,
    "the tab was closed": closed,
    "the tab was closed on a slow line": closed_at_once,
    "the page was loaded again": loaded_again,
    "away and back": away_and_back,
    "two tabs": beside_another_tab,
}
CELLS = [*product(KINDS, LOSSES)]


def cells() -> list[tuple[str, str]]:
    if os.environ.get("DIGEST_TEST_CELLS") == "all":
        return CELLS
    return Random("changes and losses").sample(CELLS, SAMPLE)


@contextmanager
def a_desk(chromium: Browser, opened: Open) -> Iterator[Desk]:
    with browser(chromium, opened) as context:
        yield Desk(context, opened, DeskPage(context.new_page(), opened).go().page)


def count_of(opened: Open) -> int:
    """Return how often anything was changed."""
    with sqlite3.connect(opened.folder.root / "digest.db") as database:
        return int(database.execute("SELECT count(*) FROM desk_step").fetchone()[0])


@pytest.mark.parametrize(("kind", "loss"), cells())
def test_a_change_survives_its_loss_and_is_made_once(
    chromium: Browser, opened: Open, kind: str, loss: str
) -> None:
    with a_desk(chromium, opened) as desk:
        wanted = KINDS[kind]
        if wanted.before:
            wanted.before(desk.page, opened)
            waits_for(desk.page, 0)
        before = count_of(opened)
        page, made = LOSSES[loss](desk, lambda page: wanted.act(page, opened, f"{kind}, {loss}"))
        until_made(page, opened, made)
        waits_for(page, 0)

        assert count_of(opened) == before + made.count
        expect(page.locator("#undecided")).to_be_empty()
        expect(page.locator("#waits")).to_be_empty()


def until_made(page: Page, opened: Open, made: Made) -> None:
    """Wait until the desk holds the change."""
    latest = time.monotonic() + WAIT_MS / 1000
    while not made.is_there(opened.edition):
        assert time.monotonic() < latest, page.locator("#main").inner_text()[:400]
        page.wait_for_timeout(50)
