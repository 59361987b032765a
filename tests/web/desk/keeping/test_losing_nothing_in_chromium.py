"""What an editor types is stored in the end, whatever befalls session, line or desk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Route, expect
from sqlalchemy import Engine, event

from digest.model.desk import Role, User
from tests.web.desk.desk_page import WAIT_MS, DeskPage, logged_in
from tests.web.desk.keeping.typed_text import (
    EDITS,
    browser,
    log_in,
    stored,
    type_into,
    waits_for,
)
from tests.web.newsroom import PASSWORD, Open

pytestmark = pytest.mark.chromium


def test_a_session_that_ended_is_begun_anew_over_the_page(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        context.clear_cookies()
        type_into(page, "subject", "Typed when the session was over")
        expect(page.locator("#login")).to_be_visible()
        # Escape closes the dialog and discards nothing; more can be typed.
        page.keyboard.press("Escape")
        expect(page.locator("#messages")).to_contain_text("You are logged out.")
        type_into(page, "preheader", "And this as well, a little later")
        waits_for(page, 2)
        assert opened.edition.revision == 1
        page.locator("#messages button").click()
        log_in(page)
        stored(
            page,
            opened,
            subject="Typed when the session was over",
            preheader="And this as well, a little later",
        )


def test_what_was_typed_before_and_after_a_log_in_elsewhere_is_stored_in_order(
    chromium: Browser, opened: Open
) -> None:
    """A meets 401, B waits behind it, somebody logs in in another tab: C comes after both."""
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        context.clear_cookies()
        type_into(page, "subject", "A")
        expect(page.locator("#login")).to_be_visible()
        page.keyboard.press("Escape")
        type_into(page, "preheader", "B is what was typed second")
        waits_for(page, 2)
        other = context.new_page()
        other.goto(opened.url + "/desk/login")
        other.locator("[name=name]").fill("amina")
        other.locator("[name=password]").fill(PASSWORD)
        other.locator("button.main").click()
        expect(other.get_by_role("heading", name="Today")).to_be_visible()
        page.bring_to_front()
        page.locator("#messages button").click()
        # The dialog sees that the browser is logged in again, and the page goes on by itself.
        expect(page.locator("#login")).to_be_hidden()
        stored(page, opened, subject="A", preheader="B is what was typed second")
        type_into(page, "subject", "C")
        stored(page, opened, subject="C")

    said = [change.said for change in opened.desk.history.changes(opened.edition.key)]
    assert [text.split("“")[1].rstrip("”") for text in said] == ["A", "B is what was typed second", "C"]


def test_a_token_of_an_earlier_log_in_is_renewed_without_a_word(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        logged_in(context, opened)
        with page.expect_response(lambda response: response.status == 403):
            type_into(page, "subject", "Typed with an old token")
        stored(page, opened, subject="Typed with an old token")
        expect(page.locator("#login")).to_be_hidden()


def test_another_persons_log_in_stores_nothing_unasked(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        logged_in(context, opened, "bo")
        type_into(page, "subject", "Typed by Amina")
        told = page.locator("#messages")
        expect(told).to_contain_text("logged in as bo now")
        assert opened.edition.revision == 1
        told.locator("button", has_text="Store it as bo").click()
        stored(page, opened, subject="Typed by Amina")

    assert opened.desk.history.changes(opened.edition.key)[-1].who == "bo"


def test_who_logs_in_over_the_page_as_somebody_else_stores_nothing_unasked(
    chromium: Browser, opened: Open
) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        context.clear_cookies()
        type_into(page, "subject", "Typed by Amina")
        dialog = page.locator("#login")
        expect(dialog).to_be_visible()
        dialog.locator("[name=name]").fill("bo")
        dialog.locator("[name=password]").fill(PASSWORD)
        dialog.locator("button").click()
        told = page.locator("#messages")
        expect(told).to_contain_text("logged in as bo now")
        waits_for(page, 1)
        assert opened.edition.revision == 1
        told.locator("button", has_text="Store it as bo").click()
        stored(page, opened, subject="Typed by Amina")

    assert opened.desk.history.changes(opened.edition.key)[-1].who == "bo"


def test_a_right_that_was_taken_away_keeps_the_text_in_view(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened, "bo") as context:
        page = DeskPage(context.new_page(), opened).go().page
        hashed = opened.desk.logins.find("bo")
        assert hashed
        opened.desk.logins.keep_roles(User("bo", frozenset({Role.APPROVER})), hashed[1], now=opened.clock())
        type_into(page, "subject", "Typed without the right")
        kept = page.locator("#undecided")
        expect(kept).to_contain_text("Typed without the right")
        waits_for(page, 1)
        opened.desk.logins.keep_roles(User("bo", frozenset({Role.EDITOR})), hashed[1], now=opened.clock())
        kept.locator("button", has_text="Try again").click()
        stored(page, opened, subject="Typed without the right")
        expect(kept).to_be_empty()


@pytest.mark.parametrize("status", [413, 422, 400, 404])
def test_a_refused_text_stays_until_somebody_throws_it_away(
    chromium: Browser, opened: Open, status: int
) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        page.route(EDITS, lambda route: route.fulfill(status=status, body="<h1>no</h1>"))
        type_into(page, "subject", "A text that the line does not let through")
        kept = page.locator("#undecided")
        expect(kept).to_contain_text("A text that the line does not let through")
        page.unroute(EDITS)
        page.reload()
        expect(kept).to_contain_text("A text that the line does not let through", timeout=WAIT_MS)
        kept.locator("button", has_text="Throw it away").click()
        expect(kept).to_be_empty()
        waits_for(page, 0)

    assert opened.edition.revision == 1


def test_a_shortened_text_takes_the_refused_ones_place(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        page.route(EDITS, lambda route: route.fulfill(status=413, body="too large"))
        type_into(page, "subject", "Far too long")
        expect(page.locator("#undecided")).to_contain_text("Far too long")
        page.unroute(EDITS)
        type_into(page, "subject", "Short")
        stored(page, opened, subject="Short")
        expect(page.locator("#undecided")).to_be_empty()


def once(status: int, headers: dict[str, str]) -> Callable[[Route], None]:
    """Return a line that fails for the first request, and then lets all through."""
    failed: list[int] = []

    def handle(route: Route) -> None:
        if failed:
            route.fallback()
            return
        failed.append(status)
        if status:
            route.fulfill(status=status, headers=headers, body=json.dumps({"problem": "not now"}))
        else:
            route.abort()

    return handle


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        pytest.param(429, {"retry-after": "1"}, id="429-with-its-wait"),
        pytest.param(429, {}, id="429"),
        pytest.param(500, {}, id="500"),
        pytest.param(502, {}, id="502"),
        pytest.param(503, {"retry-after": "1"}, id="503"),
        pytest.param(504, {}, id="504"),
        pytest.param(507, {}, id="507-no-room"),
        pytest.param(200, {"content-type": "text/html"}, id="a-page-of-somebody-else"),
        pytest.param(302, {"location": "/desk/session"}, id="sent-elsewhere"),
        pytest.param(0, {}, id="no-line"),
    ],
)
def test_what_passes_is_waited_for(
    chromium: Browser, opened: Open, status: int, headers: dict[str, str]
) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        page.route(EDITS, once(status, headers))
        type_into(page, "subject", "Typed while it failed")
        type_into(page, "preheader", "And typed right after that")
        stored(page, opened, subject="Typed while it failed", preheader="And typed right after that")

    assert opened.edition.revision == 3


def test_the_wait_that_is_asked_for_is_kept_and_told(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        page.route(EDITS, once(429, {"retry-after": "600"}))
        type_into(page, "subject", "Typed too fast")
        expect(page.locator("#waits")).to_contain_text("next try in 600 s")
        expect(page.locator("#waits")).to_contain_text("kept in this browser")
        assert opened.edition.revision == 1
        # The line coming back ends no wait but that of the line; a new tab takes over what waits.
        page.close(run_before_unload=False)
        again = DeskPage(context.new_page(), opened).go().page
        stored(again, opened, subject="Typed too fast")


def test_an_answer_that_was_lost_makes_no_change_twice(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = DeskPage(context.new_page(), opened).go().page
        title = opened.order("port")[0]
        page.locator("#subject").fill("First")
        stored(page, opened, subject="First")
        lost: list[int] = []

        def lose(route: Route) -> None:
            if lost:
                route.fallback()
                return
            lost.append(1)
            route.fetch()
            route.abort()

        page.route(EDITS, lose)
        page.locator("#undo").click()
        expect(page.locator("#subject")).not_to_have_value("First")
        waits_for(page, 0)

    assert lost == [1]
    assert opened.edition.revision == 3
    assert opened.order("port")[0] == title


def test_a_server_without_room_gets_it_when_there_is_room_again(chromium: Browser, opened: Open) -> None:
    """The database really refuses to grow, for a while."""
    is_full = [True]
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def refuse(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if is_full[0] and statement.startswith(("INSERT", "UPDATE", "DELETE")):
            raise full

    with browser(chromium, opened) as context, ExitStack() as listening:
        page = DeskPage(context.new_page(), opened).go().page
        event.listen(Engine, "before_cursor_execute", refuse)
        listening.callback(event.remove, Engine, "before_cursor_execute", refuse)
        type_into(page, "subject", "Typed when the disk was full")
        expect(page.locator("#waits")).to_contain_text("not saved yet")
        waits_for(page, 1)
        assert opened.edition.revision == 1
        is_full[0] = False
        stored(page, opened, subject="Typed when the disk was full")


def drops(page: DeskPage) -> None:
    page.item(page.opened.edition.items[1].headline).locator("[data-do=drop]").click()


def adds_a_block(page: DeskPage) -> None:
    page.page.locator("#insert-top-").select_option("note")


@pytest.mark.parametrize(("status", "body"), [(404, "<h1>no</h1>"), (413, ""), (403, "{}"), (405, "[]")])
@pytest.mark.parametrize(
    ("act", "told"),
    [
        pytest.param(drops, "Drop", id="drop"),
        pytest.param(adds_a_block, "Add a block", id="block"),
    ],
)
def test_what_a_proxy_refuses_is_kept_and_offered_again(
    chromium: Browser, opened: Open, act: Callable[[DeskPage], None], told: str, status: int, body: str
) -> None:
    """A change that is no text as well: only the desk's own words end it for good."""
    with browser(chromium, opened) as context:
        desk = DeskPage(context.new_page(), opened).go()
        page = desk.page
        page.route(EDITS, lambda route: route.fulfill(status=status, body=body))
        act(desk)
        kept = page.locator("#undecided")
        expect(kept).to_contain_text(told)
        waits_for(page, 1)
        page.reload()
        expect(kept).to_contain_text(told, timeout=WAIT_MS)
        assert opened.edition.revision == 1
        page.unroute(EDITS)
        kept.locator("button", has_text="Try again").click()
        expect(kept).to_be_empty()
        waits_for(page, 0)

    assert opened.edition.revision == 2


def test_what_the_desk_itself_refuses_is_told_and_not_kept(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        desk = DeskPage(context.new_page(), opened).go()
        answer = json.dumps({"problem": "The section: there is none of that name."})
        desk.page.route(EDITS, lambda route: route.fulfill(status=422, body=answer))
        drops(desk)
        expect(desk.page.locator("#messages")).to_contain_text("there is none of that name")
        expect(desk.page.locator("#undecided")).to_be_empty()
        waits_for(desk.page, 0)
