"""What is typed into a form stays in the browser until the desk has said that it is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from tests.web.desk.desk_page import logged_in
from tests.web.desk.keeping.typed_text import browser
from tests.web.newsroom import PAGE, PASSWORD, Open

pytestmark = pytest.mark.chromium

ASKED = "**/desk/session"
BACK = "What you typed here is not stored"


@dataclass(frozen=True)
class Place:
    """A form: its page, a field of it with what is typed there, and its button."""

    path: str
    field: str
    text: str
    button: str
    opens: str = ""


NEWSLETTER = Place("/desk/newsletters/morning", "[name=title]", "Gazette at dawn", "Save")
PLACES = {
    "a newsletter": NEWSLETTER,
    "an invitation": Place("/desk/team", "form[action*=invite] [name=name]", "Dara", "Invite"),
    "a comment": Place(
        PAGE, "[id^=say-] >> nth=0", "Ask the harbor once more", "Say it", "[id^=talk-] summary"
    ),
    "looks": Place("/desk/looks", "[name=accent]", "#1c5a9b", "Save these looks"),
    "one’s own address": Place("/desk/me", "[name=address]", "amina@desk.example", "Keep it"),
}


def typed(page: Page, opened: Open, place: Place) -> None:
    """Open the page of a form and type into it."""
    page.goto(opened.url + place.path)
    expect(page.locator("html[data-keys=yes]")).to_be_attached()
    if place.opens:
        page.locator(place.opens).first.click()
    page.locator(place.field).first.fill(place.text)
    waits(page, 1)


def waits(page: Page, count: int) -> None:
    """Wait until so many forms are kept by the browser."""
    page.wait_for_function(
        "count => Object.keys(localStorage).filter(name => name.startsWith('desk-form:')).length === count",
        arg=count,
    )


def send(page: Page, place: Place) -> None:
    """Press the button of the form that has the field."""
    page.locator(place.field).first.evaluate(
        """(field, said) => { field.form.noValidate = true; [...field.form.querySelectorAll("button")]
            .find(one => one.textContent.trim() === said).click(); }""",
        place.button,
    )


@pytest.mark.parametrize("name", PLACES)
def test_a_session_that_ended_is_begun_anew_over_the_form(
    chromium: Browser, opened: Open, name: str
) -> None:
    place = PLACES[name]
    with browser(chromium, opened) as context:
        page = context.new_page()
        typed(page, opened, place)
        context.clear_cookies()
        send(page, place)
        dialog = page.locator("#login")
        expect(dialog).to_be_visible()
        expect(page.locator(place.field).first).to_have_value(place.text)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Log in", exact=True).click()
        dialog.locator("[name=name]").fill("amina")
        dialog.locator("[name=password]").fill(PASSWORD)
        with page.expect_request(lambda request: request.method == "POST" and "kept=" in request.url):
            dialog.locator("button").click()
        # Stored: a browser that is closed while a form is on its way may never end.
        waits(page, 0)


def once(answer: dict[str, Any]) -> Callable[[Route], None]:
    """Return a line that gives another answer to the first request."""
    given: list[int] = []

    def handle(route: Route) -> None:
        if given:
            route.fallback()
            return
        given.append(1)
        if answer:
            route.fulfill(**answer)
        else:
            route.abort()

    return handle


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({}, id="no-line"),
        pytest.param({"status": 429, "headers": {"retry-after": "60"}, "body": "{}"}, id="429"),
        pytest.param(
            {"status": 200, "content_type": "text/html", "body": "<p>a gate</p>"},
            id="a-page-of-somebody-else",
        ),
    ],
)
def test_a_desk_out_of_reach_leaves_the_form_where_it_is(
    chromium: Browser, opened: Open, answer: dict[str, Any]
) -> None:
    with browser(chromium, opened) as context:
        page = context.new_page()
        typed(page, opened, NEWSLETTER)
        page.route(ASKED, once(answer))
        send(page, NEWSLETTER)
        expect(page.get_by_text("The desk can’t be reached. Try again")).to_be_visible()
        send(page, NEWSLETTER)
        expect(page.get_by_role("heading", name=NEWSLETTER.text)).to_be_visible()
        waits(page, 0)

    assert opened.desk.newsletters["morning"].title == NEWSLETTER.text


@pytest.mark.parametrize("status", [413, 503])
def test_what_the_desk_failed_to_store_is_told_on_every_page_and_put_back(
    chromium: Browser, opened: Open, status: int
) -> None:
    with browser(chromium, opened) as context:
        page = context.new_page()
        typed(page, opened, NEWSLETTER)
        line = once({"status": status, "content_type": "text/html", "body": "<p>broken</p>"})
        page.route("**/desk/newsletters/morning?kept=*", line)
        send(page, NEWSLETTER)
        expect(page.get_by_text("broken")).to_be_visible()
        page.goto(opened.url + "/desk")
        left = page.locator("#left")
        expect(left).to_contain_text("1 change made in this browser is not stored")
        left.locator("a").click()
        expect(page.get_by_text(BACK)).to_be_visible()
        expect(page.locator("[name=title]")).to_have_value(NEWSLETTER.text)
        send(page, NEWSLETTER)
        expect(page.get_by_role("heading", name=NEWSLETTER.text)).to_be_visible()
        waits(page, 0)


def test_a_tab_that_died_is_taken_up_by_the_next_and_a_word_stored_meanwhile_is_told(
    chromium: Browser, opened: Open
) -> None:
    with browser(chromium, opened) as context, opened.client() as other:
        page = context.new_page()
        typed(page, opened, NEWSLETTER)
        page.close(run_before_unload=False)
        known = opened.desk.newsroom.loaded.kept.version
        other.post(NEWSLETTER.path, version=str(known), title="Newer, by another")
        again = context.new_page()
        again.goto(opened.url + NEWSLETTER.path)
        expect(again.get_by_text(BACK)).to_contain_text("Stored meanwhile: “Newer, by another”.")
        send(again, NEWSLETTER)
        # Both are shown, and neither is lost.
        expect(again.get_by_role("alert").first).to_contain_text("Somebody else changed the same")
        expect(again.locator("[name=title]")).to_have_value(NEWSLETTER.text)

    assert opened.desk.newsletters["morning"].title == "Newer, by another"


def test_what_is_thrown_away_stays_away_and_another_person_never_sees_it(
    chromium: Browser, opened: Open
) -> None:
    with browser(chromium, opened) as context:
        page = context.new_page()
        typed(page, opened, NEWSLETTER)
        logged_in(context, opened, "bo")
        page.reload()
        expect(page.locator("html[data-user=bo][data-keys=yes]")).to_be_attached()
        expect(page.locator("[name=title]")).not_to_have_value(NEWSLETTER.text)
        logged_in(context, opened)
        page.reload()
        page.get_by_role("button", name="Throw it away").click()
        waits(page, 0)
        expect(page.locator("[name=title]")).not_to_have_value(NEWSLETTER.text)


def test_who_logs_in_as_somebody_else_is_asked_before_anything_bears_the_name(
    chromium: Browser, opened: Open
) -> None:
    place = PLACES["a comment"]
    with browser(chromium, opened) as context:
        page = context.new_page()
        typed(page, opened, place)
        logged_in(context, opened, "bo")
        send(page, place)
        told = page.locator("#messages")
        expect(told).to_contain_text("logged in as bo now")
        told.get_by_role("button", name="Store it as bo").click()
        expect(page.locator(".talk li, [id^=talk-] li").first).to_contain_text(place.text)
        waits(page, 0)

    (comment,) = opened.desk.newsroom.database.talks.comments(opened.edition.key)
    assert (comment.who, comment.text) == ("bo", place.text)


def test_a_browser_that_keeps_nothing_says_so_and_asks_before_it_leaves(
    chromium: Browser, opened: Open
) -> None:
    with browser(chromium, opened) as context:
        page = context.new_page()
        page.add_init_script(
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
        )
        page.goto(opened.url + NEWSLETTER.path)
        expect(page.locator("html[data-keys=yes]")).to_be_attached()
        page.locator(NEWSLETTER.field).press_sequentially("!")
        expect(page.get_by_text("This browser keeps nothing")).to_be_visible()
        asked: list[str] = []

        def leave(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", leave)
        page.goto(opened.url + "/desk")
        expect(page.get_by_role("heading", name="Today")).to_be_visible()

    assert asked == ["beforeunload"]


def hold(route: Route, held: list[Route]) -> None:
    held.append(route)


def test_a_form_that_is_sent_before_the_scripts_are_there_waits_for_them(
    chromium: Browser, opened: Open
) -> None:
    """Sent past them it would be stored, and told for ever after as what is not."""
    with browser(chromium, opened) as context:
        page = context.new_page()
        held: list[Route] = []
        page.route("**/static/page.js*", lambda route: hold(route, held), times=1)
        page.goto(opened.url + NEWSLETTER.path, wait_until="commit")
        page.locator(NEWSLETTER.field).first.fill(NEWSLETTER.text)
        send(page, NEWSLETTER)
        page.wait_for_timeout(200)
        with page.expect_request(lambda request: request.method == "POST") as sent:
            held[0].continue_()
        assert "kept=" in sent.value.url
        expect(page.locator("html[data-keys=yes]")).to_be_attached()
        waits(page, 0)
        expect(page.locator("#left")).to_be_hidden()
        expect(page.locator(NEWSLETTER.field).first).to_have_value(NEWSLETTER.text)


def test_a_form_goes_its_way_where_no_script_can_be_had(chromium: Browser, opened: Open) -> None:
    with browser(chromium, opened) as context:
        page = context.new_page()
        page.route("**/static/page.js*", lambda route: route.abort())
        page.goto(opened.url + NEWSLETTER.path)
        page.locator(NEWSLETTER.field).first.fill(NEWSLETTER.text)
        with page.expect_request(lambda request: request.method == "POST"):
            send(page, NEWSLETTER)
        expect(page.locator(NEWSLETTER.field).first).to_have_value(NEWSLETTER.text)
