"""The desk's pages on a phone, in a language of long words and in one from right to left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.web.desk.desk_page import tab
from tests.web.desk.letter.full_draft import a_full_draft
from tests.web.desk.test_pages_in_chromium import FULL, OPEN
from tests.web.newsroom import Open

pytestmark = pytest.mark.chromium


@pytest.mark.parametrize("language", ["de", "ar"])
def test_no_page_is_wider_than_a_phone_in_long_words_or_from_right_to_left(
    chromium: Browser, opened: Open, language: str
) -> None:
    wide = {}
    a_full_draft(opened)
    with tab(chromium, opened, width=320, is_still=True) as desk:
        desk.page.set_extra_http_headers({"accept-language": language})
        for name, path in FULL.items():
            desk.go(path)
            if name == "looks":
                expect(desk.page.locator("#told table")).to_have_count(1)
            desk.page.evaluate(OPEN)
            reach = desk.page.evaluate("() => document.documentElement.scrollWidth")
            if reach > 320:
                wide[name] = reach

    assert wide == {}
