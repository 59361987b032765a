"""A correction in a browser: its mail is seen in the frame before anything goes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.web.desk.desk_page import tab
from tests.web.desk.test_pages_in_chromium import a_sent_edition
from tests.web.newsroom import KEY, PAGE, Open

pytestmark = pytest.mark.chromium


@pytest.mark.parametrize("width", [320, 1280])
def test_the_frame_shows_the_correcting_mail_and_the_page_stays(
    chromium: Browser, opened: Open, width: int
) -> None:
    a_sent_edition(opened)
    with tab(chromium, opened, width=width) as desk:
        desk.go(f"{PAGE}/correct")
        desk.page.get_by_role("radio").first.check()
        first = opened.edition.items[0].headline
        expect(desk.page.locator("[name=headline]")).to_have_value(first)
        expect(desk.page.locator("[name=subject]")).to_have_value(f"Correction: {first}")
        desk.page.get_by_label("What is right").fill("It is the second boat.")
        desk.page.get_by_role("button", name="See the mail").click()
        frame = desk.page.frame_locator("iframe[name=mail]")
        expect(frame.get_by_text("It is the second boat.").last).to_be_visible()
        reach = desk.page.evaluate("() => document.documentElement.scrollWidth")
        here = desk.page.url

    assert reach <= width
    assert here.endswith(f"{PAGE}/correct")
    assert opened.desk.history.corrections(KEY) == ()
