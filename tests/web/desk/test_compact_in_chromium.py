"""The draft as one line a story: sixty on three screens, several carried at once, sections folded."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.web.desk.desk_page import WAIT_MS, tab
from tests.web.newsroom import Open, at_work, written

pytestmark = pytest.mark.chromium


WHO = (
    "Pilots",
    "Bakers",
    "Divers",
    "Teachers",
    "Masons",
    "Nurses",
    "Weavers",
    "Fishers",
    "Drivers",
    "Painters",
    "Potters",
    "Singers",
    "Tailors",
    "Miners",
    "Farmers",
    "Cooks",
    "Judges",
    "Guards",
    "Poets",
    "Smiths",
    "Porters",
    "Sailors",
    "Hunters",
    "Dancers",
    "Clerks",
    "Tanners",
    "Glaziers",
    "Printers",
    "Coopers",
    "Grooms",
)
WHAT = (
    "mend the old jetty",
    "count the autumn swans",
    "open a night kitchen",
    "plant mangroves",
    "test solar lamps",
    "raise the school bell",
    "paint crossing stripes",
    "save rainwater",
    "map the caves",
    "tune the organ",
    "clear the north canal",
    "learn sign language",
    "restore a clock tower",
    "ban plastic straws",
    "visit the twin town",
    "publish a cookbook",
    "win the regatta",
    "repair bicycles free",
    "move into the depot",
    "sort the archives",
    "found a chess club",
    "lower the bus fares",
    "teach first aid",
    "shelter stray cats",
    "measure traffic noise",
    "insulate attics",
    "bury the power lines",
    "celebrate a centenary",
    "rebuild the sea wall",
    "adopt a lighthouse",
    "dig two wells",
    "vote on tram lines",
    "lend umbrellas",
    "film a comedy",
    "grow mushrooms",
    "invite astronomers",
    "sell the ferry",
    "fence the quarry",
    "translate old hymns",
    "number the graves",
    "welcome apprentices",
    "close a toll road",
    "launch weather balloons",
    "record bird songs",
    "roof the market",
    "drain the marsh",
    "fly kites at dusk",
    "bottle spring water",
    "swap winter coats",
    "inspect lifts",
    "rename a square",
    "find Roman coins",
    "cure sick elms",
    "knit for sailors",
    "race soapboxes",
    "heat the pool",
    "light the tunnel",
    "check the scales",
    "print braille menus",
    "stage an opera",
)


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
    folder = written(tmp_path, stories=sixty_titles(), most=30)
    with at_work(folder) as opened, tab(chromium, opened, height=800) as desk:
        page = desk.go().page
        expect(page.locator(".item")).to_have_count(60)
        page.locator("#density").click()
        expect(page.locator(".item .blurb").first).to_be_hidden()
        # From the first section's heading to the last story's edge, in screens of the draft's height.
        screens = page.evaluate(
            """() => {
              const all = document.querySelectorAll(".item");
              const from = document.querySelector(".part").getBoundingClientRect().top;
              const seen = document.querySelector(".draft").clientHeight
                - document.querySelector(".stay").getBoundingClientRect().height;
              return (all[all.length - 1].getBoundingClientRect().bottom - from) / seen;
            }"""
        )
        page.set_viewport_size({"width": 320, "height": 700})
        expect(page.locator("body")).to_be_visible(timeout=WAIT_MS)
        width = page.evaluate("document.documentElement.scrollWidth")

    assert screens <= 3
    assert width <= 320


def sixty_titles() -> dict[str, list[str]]:
    """Return sixty titles of which no two tell of the same."""
    others = {"Singers": "Ushers", "Potters": "Carvers"}  # short texts with one rare word are one story
    pairs = zip([*WHO, *(others.get(who, who) for who in WHO)], WHAT, strict=True)
    titles = [f"{who} {what}" for who, what in pairs]
    return {"port": titles[:30], "city": titles[30:]}
