"""People at the desk in a browser: a reader's page, and an import from the file to the last line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from subscribers import people, suppression
from subscribers.model import SuppressionKind
from tests.journeys.desk import Folder
from tests.rendering.checks.node import module
from tests.web.desk.desk_page import DeskPage, tab
from tests.web.desk.test_pages_in_chromium import AXE, LEFT_OPEN, OPEN
from tests.web.newsroom import EVERY_ROLE, Open, at_work
from tests.web.people.test_readers import COAST, known

pytestmark = pytest.mark.chromium

LIST = """\
email;name;status
new@list.example;Nuru;
broken;;
reader1@list.example;;unsubscribed
x@y.example;;maybe
"""
REACH = "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    with at_work(Folder(tmp_path).ready(readers=3, more=COAST)) as desk:
        known(desk, "amina", *EVERY_ROLE)
        yield desk


def walk(desk: DeskPage, opened: Open, folder: Path) -> Iterator[str]:
    """Go through every page about people, by hand; yield the name of the one that is open."""
    page, database = desk.page, opened.desk.newsroom.people
    suppression.suppress(
        database, "reader2@list.example", SuppressionKind.MANUAL, now=opened.clock(), reason="x" * 200
    )
    desk.go("/desk/people")
    page.get_by_placeholder("An address, or a part").fill("reader")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".lines a")).to_have_count(3)
    yield "found"
    page.get_by_placeholder("An address, or a part").fill("reader2@list.example")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("button", name="Lift it")).to_be_visible()
    yield "reader"
    page.get_by_text("Erase this reader").click()
    page.get_by_label("Type the whole address").fill("reader1@list.example")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was erased")
    yield "not erased"
    page.get_by_text("Erase this reader").click()
    page.get_by_label("Type the whole address").fill("reader2@list.example")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_role("status").first).to_contain_text("erased")
    yield "erased"
    file = folder / "a-long-name-of-a-file-that-somebody-exported-elsewhere-in-november.csv"
    file.write_text(LIST)
    desk.go("/desk/people/import")
    page.get_by_label("File").set_input_files(file)
    page.locator("input[name=list]").fill("morning")
    page.get_by_label("How these readers consented").fill("the old form")
    page.get_by_role("button", name="Judge every line").click()
    expect(page.get_by_role("button", name="Import 2 lines")).to_be_visible()
    yield "judged"
    page.get_by_role("button", name="Import 2 lines").click()
    expect(page.get_by_text("The import is finished")).to_be_visible()
    yield "imported"
    desk.go("/desk/people/segments")
    page.get_by_label("who read the language").fill("sw")
    page.get_by_role("button", name="Count").click()
    expect(page.locator(".big")).to_contain_text("of 2 readers")
    yield "segments"


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_every_page_about_people_fits_and_does_what_it_says(
    chromium: Browser, opened: Open, tmp_path: Path, width: int
) -> None:
    wide: dict[str, int] = {}
    with tab(chromium, opened, width=width) as desk:
        for name in walk(desk, opened, tmp_path):
            desk.page.wait_for_load_state()
            desk.page.evaluate(OPEN)
            reach = desk.page.evaluate(REACH)
            wide |= {name: reach} if reach > width else {}
            desk.page.evaluate(OPEN.replace("true", "false"))

    assert wide == {}
    assert people.show(opened.desk.newsroom.people, "new@list.example").subscriber
    assert people.show(opened.desk.newsroom.people, "reader2@list.example").subscriber is None


@pytest.mark.node
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_about_people(
    chromium: Browser, opened: Open, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    axe = (module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    violations: dict[str, list[str]] = {}
    incomplete: dict[str, list[str]] = {}
    with tab(chromium, opened, scheme=scheme, bypass_csp=True, height=2000) as desk:
        for name in walk(desk, opened, tmp_path):
            desk.page.wait_for_load_state()
            desk.page.evaluate(OPEN)
            desk.page.evaluate(axe)
            found = desk.page.evaluate(AXE)
            violations |= {name: found["violations"]} if found["violations"] else {}
            incomplete |= {name: found["incomplete"]} if found["incomplete"] else {}
            desk.page.evaluate(OPEN.replace("true", "false"))

    assert violations == {}
    assert {rule.partition(":")[0] for rules in incomplete.values() for rule in rules} <= set(LEFT_OPEN)
