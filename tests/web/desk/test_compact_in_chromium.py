"""The draft as one line a story: sixty on three screens, several carried at once, sections folded."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.desk import Folder
from tests.web.desk.desk_page import WAIT_MS, tab
from tests.web.newsroom import Open, at_work, written

pytestmark = pytest.mark.chromium


def test_several_stories_are_chosen_carried_and_dropped_at_once(chromium: Browser, opened: Open) -> None:
    port = opened.order("port")
    with tab(chromium, opened) as desk:
        page = desk.go().page
        page.locator("#density").click()
        expect(page.locator("body")).to_have_class("editing compact")
        for title in (port[1], port[3]):
            desk.item(title).locator("[data-pick]").check()
        expect(page.locator("#many-count")).to_have_text("2 stories chosen")
        page.locator("#many-to").select_option("rest")
        desk.settled(3)
        assert opened.order("rest")[-2:] == [port[1], port[3]]
        for title in (port[0], port[2]):
            desk.item(title).locator("[data-pick]").check()
        page.locator("#many-drop").click()
        desk.settled(5)
        expect(page.locator("#many")).to_be_hidden()
        page.reload()
        expect(page.locator("body")).to_have_class("editing compact")

    assert opened.order("port") == port[4:]


def test_a_section_is_folded_and_stays_so_when_the_page_is_filled_anew(
    chromium: Browser, opened: Open
) -> None:
    with tab(chromium, opened) as desk:
        page = desk.go().page
        page.locator("#fold-port").click()
        expect(page.locator("[data-items=port]")).to_be_hidden()
        expect(page.locator("#fold-port")).to_have_attribute("aria-expanded", "false")
        desk.item(opened.order("rest")[0]).locator("[data-do=pin]").click()
        desk.settled(2)
        expect(page.locator("[data-items=port]")).to_be_hidden()
        page.locator("#fold-port").click()
        expect(page.locator("[data-items=port]")).to_be_visible()


def test_sixty_stories_fit_three_screens_and_none_is_wider(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    things = (
        "boats",
        "bridges",
        "schools",
        "markets",
        "trains",
        "wells",
        "roofs",
        "choirs",
        "bakers",
        "kites",
    )
    titles = [f"{word} {thing} of ward {number}" for number, (word, thing) in enumerate(
        (word, thing) for word in ("New", "Old", "Painted", "Lost", "Rented", "Crowded") for thing in things
    )]  # fmt: skip
    folder = written(tmp_path, stories={"port": titles[:30], "city": titles[30:]})
    config = folder.config.read_text().replace("max_items = 12", "max_items = 30")
    folder.config.write_text(config)
    assert isinstance(folder, Folder)
    with at_work(folder) as opened, tab(chromium, opened) as desk:
        page = desk.go().page
        stories = page.locator(".item").count()
        page.locator("#density").click()
        expect(page.locator(".item .blurb").first).to_be_hidden()
        heights = page.locator(".item").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().height)"
        )
        page.set_viewport_size({"width": 320, "height": 700})
        expect(page.locator("body")).to_be_visible(timeout=WAIT_MS)
        width = page.evaluate("document.documentElement.scrollWidth")

    assert stories >= 10
    assert max(heights) * 60 <= 3 * 900 - 500
    assert width <= 320
