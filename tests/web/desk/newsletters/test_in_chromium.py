"""A newsroom begun in the browser: from an empty database to the first draft."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from digest.model import Edition
from tests.journeys.desk import Folder
from tests.web.desk.desk_page import tab
from tests.web.newsroom import Open, at_work

pytestmark = pytest.mark.chromium

PATIENCE_S = 120
ITEM = """<item><title>{title}</title><link>{url}/{number}.html</link><guid>{number}</guid>
<pubDate>Mon, 23 Nov 2026 0{number}:00:00 +0300</pubDate>
<description>{detail}</description></item>"""
STORIES = (
    (
        "Pilots get a third boat",
        "Two crews of four have learned to handle her since August, and a fourth hull lies on the slip. "
        "She cuts the wait at the outer buoy from two hours to forty minutes.",
    ),
    (
        "Library lends tools beside books",
        "Drills, ladders and one sewing machine went out on the first morning, and all came back. "
        "A hardware shop that is closing gave its whole stock away.",
    ),
    (
        "Choir rehearses in the old cinema",
        "The projection room keeps its smell of warm dust, and the altos have claimed the balcony. "
        "Tickets cost what a loaf costs; babies sleep through the slow movement for nothing.",
    ),
    (
        "Beekeepers settle on the hospital roof",
        "Nine hives came up by the goods lift at dawn, wrapped in wet sheets. "
        "Surgeons were promised a jar of honey each when the lime trees have flowered.",
    ),
)
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>{detail}</p>
</article></body></html>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path, site: str = "") -> Iterator[str]:
    """Serve a feed of four stories on this machine, and yield its address; their pages may be elsewhere."""
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        url = f"http://127.0.0.1:{server.server_address[1]}"
        items = "".join(
            ITEM.format(title=title, url=site or url, number=number, detail=detail)
            for number, (title, detail) in enumerate(STORIES, start=1)
        )
        (folder / "feed.xml").write_text(
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Quay</title><link>{url}</link>'
            f"<description>News</description>{items}</channel></rss>"
        )
        for number, (title, detail) in enumerate(STORIES, start=1):
            (folder / f"{number}.html").write_text(PAGE.format(title=title, detail=detail))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"{url}/feed.xml"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A newsroom whose file names no newsletter, and a database with nothing in it."""
    folder = Folder(tmp_path).write(readers=1)
    text = folder.config.read_text()
    bare = text[: text.index("[newsletters.morning]")]
    folder.config.write_text(f'{bare}\n[fetching]\nallowed_hosts = ["127.0.0.1"]\nrecheck = false\n')
    folder.migrate()
    monkeypatch.chdir(tmp_path)
    return folder


def drafted(opened: Open, newsletter: str = "evening") -> Edition:
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends:
        found = opened.desk.editions.latest(newsletter)
        if found is not None:
            return found
        time.sleep(0.1)
    raise AssertionError("no draft came")


def test_a_newsletter_is_made_and_drafted_by_browser_alone(
    chromium: Browser, empty: Folder, tmp_path: Path
) -> None:
    with (
        served(tmp_path / "site") as feed,
        at_work(empty, sends=True) as opened,
        tab(chromium, opened) as desk,
    ):
        page = desk.page
        desk.go("/desk")
        page.get_by_role("link", name="Make one").click()
        for label, value in (
            ("Key", "evening"),
            ("Title needed", "Evening letter"),
            ("Sender", "Quay Gazette <evening@gazette.example>"),
            ("Lists", "evening"),
            ("Time zone", "Africa/Nairobi"),
            ("Cutoff", "06:00"),
            ("Send at", "06:30"),
        ):
            page.get_by_label(label).first.fill(value)
        page.locator("[name='section.key']").fill("all")
        page.locator("[name='section.title']").fill("All of it")
        page.locator("[name='source.url']").fill(feed)
        page.get_by_role("button", name="Try the source").click()
        expect(page.get_by_text("Pilots get a third boat")).to_be_visible()
        expect(page.locator(".trial .counts")).to_contain_text("4")
        assert opened.desk.newsletters == {}

        page.get_by_role("button", name="Make the newsletter").click()
        expect(page.get_by_role("heading", name="Evening letter")).to_be_visible()
        page.get_by_role("button", name="Collect and draft now").click()
        expect(page.get_by_text("is being collected and drafted")).to_be_visible()
        edition = drafted(opened)
        page.get_by_role("link", name="Look again").click()
        expect(page.get_by_role("link", name="Open the edition")).to_be_visible()

    assert {item.headline for item in edition.items} == {title for title, _ in STORIES}


def test_a_section_is_added_and_looks_are_changed(chromium: Browser, opened: Open) -> None:
    with tab(chromium, opened) as desk:
        page = desk.page
        desk.go("/desk/newsletters/morning")
        page.get_by_role("link", name="Add a section").click()
        page.get_by_label("Key").fill("sport")
        page.get_by_label("Title").fill("Sport")
        page.get_by_role("button", name="Add the section").click()
        expect(page.get_by_text("Added.")).to_be_visible()
        page.get_by_role("link", name="Gazette Morning").click()
        page.get_by_text("Looks", exact=True).click()
        page.get_by_label("Accent").fill("tomato")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("must be a color like #9b1c31")).to_be_visible()
        page.get_by_label("Accent").fill("#1c5a9b")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.")).to_be_visible()

    assert [one.key for one in opened.desk.newsletters["morning"].sections] == ["port", "rest", "sport"]
    assert opened.desk.newsletters["morning"].theme["accent"] == "#1c5a9b"
