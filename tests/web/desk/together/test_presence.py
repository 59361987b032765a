"""Who has an edition open: looking changes nothing but one's own place, leaving is a POST."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser

from digest.web.serving.presence import Presence
from tests.web.desk.desk_page import WAIT_MS, tab
from tests.web.newsroom import KEY, PAGE, Open


def tabs(opened: Open) -> set[str]:
    return {one["tab"] for one in opened.desk.presence.here(KEY)}


def test_a_tab_is_closed_by_a_post_of_its_own_person_alone(opened: Open) -> None:
    with opened.client() as amina, opened.client("bo") as bo:
        amina.get(f"{PAGE}/here", tab="one", where="subject")
        amina.get(f"{PAGE}/here", tab="one", where="subject", left="1")
        looked = tabs(opened)
        strange = bo.post(f"{PAGE}/left", tab="one").status_code
        forged = amina.http.post(f"{PAGE}/left", data={"tab": "one"}).status_code
        stays = tabs(opened)
        left = amina.post(f"{PAGE}/left", tab="one").status_code

    assert (looked, stays, tabs(opened)) == ({"one"}, {"one"}, set())
    assert (strange, forged, left) == (204, 403, 204)


def test_a_tab_that_was_never_there_is_left_without_a_word() -> None:
    presence = Presence()
    presence.left(KEY, "none", "amina")

    assert presence.here(KEY) == []


@pytest.mark.chromium
def test_a_browser_that_goes_elsewhere_says_so_itself(chromium: Browser, opened: Open) -> None:
    with tab(chromium, opened) as desk:
        desk.page.route("**/here?*", lambda route: route.fulfill(status=204))
        desk.go()
        name = desk.page.evaluate(
            "async () => (await navigator.locks.query()).held.map(one => one.name)"
            ".find(one => one.startsWith('desk-tab:')).slice('desk-tab:'.length)"
        )
        opened.desk.presence.saw(KEY, name, "amina", "")
        desk.page.goto(opened.url + "/desk")
        latest = time.monotonic() + WAIT_MS / 1000
        while tabs(opened):
            assert time.monotonic() < latest
            desk.page.wait_for_timeout(50)
