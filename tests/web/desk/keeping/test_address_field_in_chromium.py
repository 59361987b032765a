"""The field for a story's address: it waits in view, and a failure leaves what was typed."""

from __future__ import annotations

import threading

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.web.desk.desk_page import DeskPage
from tests.web.desk.keeping.typed_text import EDITS, browser, waits_for
from tests.web.newsroom import Open

pytestmark = pytest.mark.chromium


def test_an_address_waits_in_view_and_comes_back_with_its_section_when_it_fails(
    chromium: Browser, opened: Open
) -> None:
    held = threading.Event()
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)
        held.set()

    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        page.route(EDITS, hold)
        page.locator("#others summary").click()
        form = page.locator("#by-url")
        field, section = form.locator("[name=url]"), form.locator("[name=section]")
        # Without its scheme: the browser lets it through, the desk knows what is meant.
        field.fill("10.0.0.1/story")
        section.select_option("rest")
        form.locator("button").click()
        expect(page.locator("#reading")).to_have_text("Reading 10.0.0.1/story …")
        expect(field).to_have_value("")
        waits_for(page, 1)
        while not held.is_set():
            page.wait_for_timeout(50)
        waiting[0].continue_()

        expect(page.locator("#messages")).to_contain_text("private or special address")
        expect(field).to_have_value("10.0.0.1/story")
        expect(section).to_have_value("rest")
        expect(page.locator("#reading")).to_be_empty()
        waits_for(page, 0)

    assert opened.edition.revision == 1
