"""The edition page in a real browser: hands, keys, two tabs, a dying tab, a slow line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.web.desk.desk_page import DeskPage, logged_in, tab
from tests.web.desk.keeping.typed_text import EDITS, stored, wait
from tests.web.newsroom import PAGE, STORIES, Open

pytestmark = pytest.mark.chromium


def after_a_frame(desk: DeskPage) -> None:
    """Return when the browser has drawn what was asked of it, twice."""
    desk.page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def by_mouse(desk: DeskPage, title: str, below: str) -> None:
    start, end = desk.handle(title).bounding_box(), desk.item(below).bounding_box()
    assert start is not None
    assert end is not None
    mouse = desk.page.mouse
    mouse.move(start["x"] + 10, start["y"] + 10)
    mouse.down()
    mouse.move(start["x"] + 12, start["y"] + 40)
    mouse.move(end["x"] + 30, end["y"] + end["height"] - 4, steps=8)
    mouse.up()


def by_touch(desk: DeskPage, title: str, below: str) -> None:
    start, end = desk.handle(title).bounding_box(), desk.item(below).bounding_box()
    assert start is not None
    assert end is not None
    session = desk.page.context.new_cdp_session(desk.page)

    def touch(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y, last = start["x"] + 10, start["y"] + 10, end["y"] + end["height"] - 4
    touch("touchStart", x, y)
    for step in range(1, 11):
        touch("touchMove", x, y + (last - y) * step / 10)
        after_a_frame(desk)
    touch("touchEnd", x, last)


def by_keys(desk: DeskPage, title: str, _below: str) -> None:
    desk.handle(title).focus()
    for _ in range(2):
        revision = desk.opened.edition.revision
        desk.page.keyboard.press("ArrowDown")
        desk.settled(revision + 1)


def by_buttons(desk: DeskPage, title: str, _below: str) -> None:
    for _ in range(2):
        revision = desk.opened.edition.revision
        desk.item(title).locator("[data-do=down]").click()
        desk.settled(revision + 1)


@pytest.mark.parametrize("way", [by_mouse, by_touch, by_keys, by_buttons])
def test_every_way_of_moving_gives_the_same_order_and_the_same_mail(
    chromium: Browser, opened: Open, way: Callable[[DeskPage, str, str], None]
) -> None:
    before = opened.order("port")
    wanted = [before[1], before[2], before[0], *before[3:]]
    with tab(chromium, opened, height=2600, is_touch=way is by_touch) as desk:
        desk.go()
        way(desk, before[0], before[2])
        desk.settled(2)

        assert opened.order("port") == wanted
        expect(desk.page.locator("[data-items=port] [data-field=headline]").nth(2)).to_have_value(before[0])
        # The lead leaves its section in the mail; the others keep the section's order.
        text = desk.shown_order(wanted)
    lead = min(opened.edition.items, key=lambda item: item.rank).headline
    assert [title for title in text if title != lead] == [title for title in wanted if title != lead]


def test_a_carried_story_can_be_put_back_and_pinned_ones_stay(chromium: Browser, opened: Open) -> None:
    order = opened.order("port")
    with tab(chromium, opened, height=2600) as desk:
        desk.go()
        box = desk.handle(order[0]).bounding_box()
        assert box is not None
        desk.page.mouse.move(box["x"] + 10, box["y"] + 10)
        desk.page.mouse.down()
        desk.page.mouse.move(box["x"] + 10, box["y"] + 400, steps=5)
        desk.page.keyboard.press("Escape")
        desk.page.mouse.up()
        assert opened.edition.revision == 1

        desk.item(order[1]).locator("[data-do=pin]").click()
        desk.settled(2)
        expect(desk.handle(order[1])).to_be_disabled()
        by_mouse(desk, order[0], order[3])
        desk.settled(3)

    assert opened.order("port")[1] == order[1]
    assert opened.order("port")[0] != order[0]


def test_dropped_stories_come_back_and_undo_follows_both(chromium: Browser, opened: Open) -> None:
    order = opened.order("port")
    with tab(chromium, opened) as desk:
        desk.go()
        desk.item(order[0]).locator("[data-do=drop]").click()
        expect(desk.page.locator("#tray")).to_contain_text(order[0])
        desk.settled(2)
        assert order[0] not in opened.order("port")
        desk.page.locator("#tray [data-do=restore]").click()
        expect(desk.page.locator("#tray")).not_to_contain_text(order[0])
        desk.settled(3)
        assert opened.order("port") == order
        desk.page.locator("#undo").click()
        desk.settled(4)
        assert order[0] not in opened.order("port")
        desk.page.locator("#undo").click()
        desk.settled(5)

    assert opened.order("port") == order


def test_typing_is_saved_and_shown_and_can_be_undone(chromium: Browser, opened: Open) -> None:
    title = opened.order("port")[0]
    with tab(chromium, opened) as desk:
        desk.go()
        field = desk.item(title).locator("[data-field=headline]")
        article = field.get_attribute("data-article")
        field.fill("A headline typed by hand")
        desk.settled(2)
        expect(desk.preview.locator("body")).to_contain_text("A headline typed by hand")
        desk.page.locator(f"#notes-{article} summary").click()
        expect(desk.page.locator(f"#notes-{article} del").first).to_be_visible()
        desk.page.locator("#undo").click()
        expect(desk.page.locator(f"#headline-{article}")).to_have_value(title)

    assert opened.order("port")[0] == title


def test_a_cleared_subject_or_headline_comes_back_and_says_so(chromium: Browser, opened: Open) -> None:
    subject, title = opened.edition.subject, opened.order("port")[0]
    with tab(chromium, opened) as desk:
        desk.go()
        told = desk.page.locator("#messages")
        first, headline = desk.page.locator("#subject"), desk.item(title).locator("[data-field=headline]")
        first.fill("")
        desk.page.wait_for_timeout(300)
        first.press("Enter")
        expect(first).to_have_value(subject)
        expect(told).to_contain_text("A subject is needed; the last one is kept.")
        headline.fill("Typed by hand")
        desk.settled(2)
        headline.fill("  ")
        # A press on a button takes the focus: the text comes back, and the press still counts.
        desk.page.locator("#keys").click()
        expect(desk.page.locator("#shortcuts")).to_be_visible()
        expect(headline).to_have_value("Typed by hand")
        expect(told).to_contain_text("A headline is needed; the last one is kept.")

    assert (opened.edition.subject, opened.order("port")[0]) == (subject, "Typed by hand")
    assert opened.edition.revision == 2


def test_what_a_killed_tab_had_not_sent_is_saved_by_the_next_one(chromium: Browser, opened: Open) -> None:
    context = chromium.new_context()
    logged_in(context, opened)
    try:
        page = context.new_page()
        desk = DeskPage(page, opened).go()
        page.route(EDITS, wait)
        page.locator("#subject").fill("Typed just before the lights went out")
        # A request under way would outlive its tab.
        expect(page.locator("#waits")).to_contain_text("not saved yet")
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", {
            "offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        })  # fmt: skip
        page.close(run_before_unload=False)
        assert opened.edition.revision == 1

        again = DeskPage(context.new_page(), opened).go()
        again.settled(2)
        expect(again.page.locator("#subject")).to_have_value("Typed just before the lights went out")
    finally:
        context.close()

    assert opened.edition.subject == "Typed just before the lights went out"
    assert desk.opened is opened


@pytest.mark.parametrize("choice", ["use-mine", "use-theirs"])
def test_two_editors_see_both_versions_and_lose_neither(
    chromium: Browser, opened: Open, choice: str
) -> None:
    with tab(chromium, opened) as amina, tab(chromium, opened, name="bo") as bo:
        amina.go()
        # Told of Amina's words before typing, Bo would write over them knowingly.
        bo.page.route("**/here?*", lambda route: route.abort())
        bo.go()
        amina.page.locator("#subject").fill("Amina wrote this")
        amina.settled(2)
        bo.page.locator("#subject").fill("Bo wrote that")
        dialog = bo.page.locator("#conflict")
        expect(dialog).to_be_visible()
        expect(dialog).to_contain_text("amina")
        expect(bo.page.locator("#theirs")).to_have_text("Amina wrote this")
        expect(bo.page.locator("#yours")).to_have_text("Bo wrote that")
        bo.page.locator(f"#{choice}").click()
        if choice == "use-mine":
            bo.settled(3)
        expect(bo.page.locator("#subject")).to_have_value(
            "Bo wrote that" if choice == "use-mine" else "Amina wrote this"
        )

    assert opened.edition.subject == ("Bo wrote that" if choice == "use-mine" else "Amina wrote this")


def test_a_late_preview_never_takes_a_newer_ones_place(chromium: Browser, opened: Open) -> None:
    with tab(chromium, opened) as desk:
        desk.go()

        late: list[Route] = []

        def hold(route: Route) -> None:
            late.append(route)

        desk.page.route("**/preview?*revision=1*", hold)
        with desk.page.expect_request("**/preview?*revision=1*"):
            desk.page.locator("button[data-mode=desktop]").click()
        desk.page.locator("#preheader").fill("Words that came later and count")
        desk.settled(2)
        with desk.page.expect_event("requestfinished", lambda request: "revision=1" in request.url):
            late[0].fulfill(body="<p>late</p>", content_type="text/html")
        after_a_frame(desk)
        expect(desk.preview.locator("body")).to_contain_text("Words that came later")

        assert desk.page.locator("iframe.shown").get_attribute("data-revision") == "2"


def test_the_preview_keeps_its_scroll_and_can_be_looked_at_in_five_ways(
    chromium: Browser, opened: Open
) -> None:
    with tab(chromium, opened) as desk:
        desk.go()
        desk.page.locator("button[data-mode=desktop]").click()
        desk.page.wait_for_function(
            "() => document.querySelector('iframe.shown').dataset.mode === 'desktop'"
        )
        desk.page.evaluate("document.querySelector('iframe.shown').contentWindow.scrollTo(0, 300)")
        desk.page.locator("#subject").fill("Another subject")
        desk.settled(2)
        assert desk.page.evaluate("document.querySelector('iframe.shown').contentWindow.scrollY") == 300

        widths = {}
        for mode in ("phone", "dark", "text", "plain"):
            desk.page.locator(f"button[data-mode={mode}]").click()
            desk.page.wait_for_function(
                "mode => document.querySelector('iframe.shown').dataset.mode === mode", arg=mode
            )
            body = desk.preview.locator("body")
            box = desk.page.locator("iframe.shown").bounding_box()
            widths[mode] = box["width"] if box else 0
            if mode == "dark":
                color = body.evaluate("node => getComputedStyle(node).backgroundColor")
                assert sum(int(part) for part in color.strip("rgba()").split(",")[:3]) < 150
            if mode == "text":
                expect(body).to_contain_text(STORIES["port"][0])
        assert widths["phone"] == 375


def test_a_whole_morning_takes_under_forty_keys(chromium: Browser, opened: Open) -> None:
    """Reorder, drop, rewrite the subject, approve: without a mouse."""
    pressed = 0
    with tab(chromium, opened) as desk:
        desk.go()

        def press(*keys: str) -> None:
            nonlocal pressed
            for key in keys:
                revision = opened.edition.revision
                desk.page.keyboard.press(key)
                pressed += 1
                if key in {"ArrowDown", "x"}:
                    desk.settled(revision + 1)

        order = opened.order("port")
        press("j", "ArrowDown")
        press("j", "j", "x")
        press("s")
        desk.page.keyboard.type("Boats")
        pressed += len("Boats")
        press("Enter")
        stored(desk.page, opened, subject="Boats")
        press("a")
        desk.page.wait_for_url("**/approve")
        button = desk.page.locator("form[action$='/approve'] button.main")
        while not button.evaluate("node => node === document.activeElement"):
            focused = desk.page.evaluate("document.activeElement.name || ''")
            if focused == "warnings":
                press("Space")
            press("Tab")
            assert pressed <= 40
        press("Enter")
        expect(desk.page.locator("main")).to_contain_text("Approved by amina")

    assert opened.order("port") != order
    assert opened.edition.subject == "Boats"
    assert opened.edition.approved_hash
    assert pressed <= 40


def test_the_reason_stands_beside_every_article_that_was_left_out(chromium: Browser, opened: Open) -> None:
    title = opened.order("port")[0]
    with tab(chromium, opened) as desk:
        desk.go()
        desk.item(title).locator("[data-do=drop]").click()
        desk.settled(2)
        desk.page.locator("#others > summary").click()
        row = desk.page.locator("#found li", has_text=title)
        expect(row).to_contain_text("An editor dropped it.")
        row.locator("[data-do=add]").click()
        desk.settled(3)

    assert title in opened.order("port")


def test_a_finding_leads_to_its_field(chromium: Browser, opened: Open) -> None:
    with opened.client() as client:
        client.edit("subject", text="A subject " * 9)
    with tab(chromium, opened) as desk:
        desk.go(f"{PAGE}/checks")
        desk.page.locator(".findings .go").first.click()
        desk.page.wait_for_function("() => document.documentElement.dataset.ready")

        assert desk.page.evaluate("document.activeElement.id") == "subject"
