"""What an editor typed in a tab that is gone, or too late, is stored or shown; it never wins unseen."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect

from digest.model import EditionState
from digest.model.desk import Role
from tests.web.desk.desk_page import WAIT_MS, DeskPage, tab
from tests.web.desk.keeping.typed_text import EDITS, browser, stored, type_into, wait, waits_for
from tests.web.newsroom import PAGE, Open

pytestmark = pytest.mark.chromium


def test_each_change_of_a_closed_tab_is_stored_by_the_next_in_order(
    chromium: Browser, opened: Open
) -> None:
    title = opened.order("port")[0]
    with browser(chromium, opened) as context:
        desk = DeskPage(context.new_page(), opened).go()
        page = desk.page
        article = desk.item(title).get_attribute("data-article")
        page.route(EDITS, wait)
        type_into(page, "subject", "One")
        type_into(page, f"headline-{article}", "Two")
        page.locator(f"#pin-{article}").click()
        type_into(page, "preheader", "Four, which is the last")
        waits_for(page, 4)
        # A request under way would outlive its tab.
        expect(page.locator("#waits")).to_contain_text("not saved yet", timeout=WAIT_MS)
        page.close(run_before_unload=False)
        again = DeskPage(context.new_page(), opened).go().page
        stored(again, opened, subject="One", preheader="Four, which is the last")
        expect(again.locator(f"#headline-{article}")).to_have_value("Two")
        expect(again.locator("#messages")).to_contain_text("4 changes were saved now", timeout=WAIT_MS)

    said = [change.said.split(" ")[0] for change in opened.desk.history.changes(opened.edition.key)]
    assert said == ["set", "rewrote", "pinned", "set"]


def test_a_tab_that_lives_keeps_its_own(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        page.route(EDITS, lambda route: route.abort())
        type_into(page, "subject", "Still in the first tab")
        waits_for(page, 1)
        other = DeskPage(context.new_page(), opened).go().page
        type_into(other, "preheader", "From the second tab, at once")
        expect(other.locator("#saved")).to_contain_text("Version 2")
        waits_for(other, 1)
        page.unroute(EDITS)
        stored(page, opened, subject="Still in the first tab")


def test_a_recovered_text_never_beats_a_newer_one(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        page.route(EDITS, wait)
        type_into(page, "subject", "From the tab that died")
        waits_for(page, 1)
        # A request under way would outlive its tab.
        expect(page.locator("#waits")).to_contain_text("not saved yet", timeout=WAIT_MS)
        page.close(run_before_unload=False)
        with opened.client("bo", [Role.EDITOR]) as bo:
            bo.edit("subject", text="Newer, by Bo")
        again = DeskPage(context.new_page(), opened).go().page
        expect(again.locator("#conflict")).to_be_visible(timeout=WAIT_MS)
        expect(again.locator("#theirs")).to_have_text("Newer, by Bo")
        expect(again.locator("#yours")).to_have_text("From the tab that died")
        # Escape leaves both as they are; so does a tab that dies now.
        again.keyboard.press("Escape")
        expect(again.locator("#undecided")).to_contain_text("two versions")
        assert opened.edition.subject == "Newer, by Bo"
        again.close(run_before_unload=False)
        third = DeskPage(context.new_page(), opened).go().page
        expect(third.locator("#conflict")).to_be_visible(timeout=WAIT_MS)
        third.locator("#use-mine").click()
        stored(third, opened, subject="From the tab that died")
        expect(third.locator("#undecided")).to_be_empty()


def test_a_recovered_text_takes_no_approval_back_unasked(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        page.route(EDITS, wait)
        type_into(page, "subject", "Typed before it was approved")
        waits_for(page, 1)
        # A request under way would outlive its tab.
        expect(page.locator("#waits")).to_contain_text("not saved yet", timeout=WAIT_MS)
        page.close(run_before_unload=False)
        opened.desk.editions.approve(opened.edition.key, "ab" * 32, by="cy", now=opened.clock())
        again = DeskPage(context.new_page(), opened).go().page
        expect(again.locator("#conflict")).to_contain_text("it was approved", timeout=WAIT_MS)
        assert opened.edition.state is EditionState.APPROVED
        again.locator("#use-theirs").click()
        waits_for(again, 0)

    assert opened.edition.state is EditionState.APPROVED


def test_a_text_for_a_story_that_was_dropped_brings_it_back(chromium: Browser, opened: Open) -> None:
    title = opened.order("port")[1]
    with tab(chromium, opened) as desk, opened.client("bo", [Role.EDITOR]) as bo:
        article = desk.go().item(title).get_attribute("data-article")
        desk.page.route(EDITS, lambda route: route.abort())
        desk.page.locator(f"#blurb-{article}").fill("Written while it was dropped.")
        expect(desk.page.locator("#waits")).to_contain_text("not saved yet")
        bo.edit("drop", article=article)
        desk.page.unroute(EDITS)
        expect(desk.page.locator("#theirs")).to_have_text("The story was taken out.")
        expect(desk.page.locator("#yours")).to_have_text("Written while it was dropped.")
        desk.page.locator("#use-mine").click()
        expect(desk.page.locator(f"#blurb-{article}")).to_have_value("Written while it was dropped.")
        waits_for(desk.page, 0)

    item = next(item for item in opened.edition.items if item.article == article)
    assert item.blurb.text == "Written while it was dropped."


def test_an_edition_that_left_meanwhile_keeps_the_text_in_view(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        page.route(
            EDITS,
            lambda route: route.fulfill(
                status=422,
                body=json.dumps({"problem": "it is on its way"}),
                content_type="application/json",
            ),
        )
        type_into(page, "subject", "Too late")
        expect(page.locator("#undecided")).to_contain_text("it is on its way")
        expect(page.locator("#undecided")).to_contain_text("Too late")


def test_leaving_for_another_page_leaves_what_waits_in_the_browser(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        page.route(EDITS, wait)
        type_into(page, "subject", "Left behind")
        waits_for(page, 1)
        # A request under way would outlive its tab.
        expect(page.locator("#waits")).to_contain_text("not saved yet", timeout=WAIT_MS)
        page.goto(opened.url + "/desk")
        left = page.locator("#left")
        expect(left).to_contain_text("not stored")
        page.unroute(EDITS)
        left.locator("a").click()
        page.wait_for_url(f"**{PAGE}")
        stored(page, opened, subject="Left behind")
