"""A whole letter at the desk: from an empty database to a mail that a real SMTP server took."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from digest.model import EditionState
from digest.model.desk import User
from digest.web.serving.sender_records import SenderRecords
from tests.journeys.desk import Folder
from tests.transports.smtp.server import ScriptedServer, running
from tests.web.desk.desk_page import WAIT_MS, DeskPage, tab
from tests.web.desk.letter.test_imaging import a_picture
from tests.web.desk.letter.test_letter_in_chromium import added
from tests.web.desk.newsletters.test_in_chromium import drafted, served
from tests.web.newsroom import EVERY_ROLE, SEND_TIME, Open, at_work

pytestmark = pytest.mark.chromium

MOST_KEYS = 45
LISTEN = """addEventListener("keydown", event => {
  if (event.isTrusted && !["Control", "Shift", "Alt", "Meta"].includes(event.key))
    sessionStorage.heard = Number(sessionStorage.heard ?? 0) + 1;
}, true);"""
HEARD = "() => Number(sessionStorage.heard ?? 0)"
READER = "reader@list.example"
BREAD: FilePayload = {
    "name": "bread.png",
    "mimeType": "image/png",
    "buffer": a_picture("PNG", (800, 900)),
}


@contextmanager
def newsroom(root: Path, monkeypatch: pytest.MonkeyPatch, *, newsletter: bool) -> Iterator[Open]:
    """Open a desk on an empty database, beside a mail server; its file names one newsletter or none."""
    monkeypatch.chdir(root)
    with running(ScriptedServer()) as server:
        smtp = f'kind = "smtp"\nhost = "127.0.0.1"\nport = {server.port}\ntls = "none"'
        folder = Folder(root).write(readers=1, transport=smtp, newsletter='approval = "required"')
        text = folder.config.read_text()
        if not newsletter:
            text = text[: text.index("[newsletters.morning]")]
        folder.config.write_text(f'{text}\n[fetching]\nallowed_hosts = ["127.0.0.1"]\nrecheck = false\n')
        folder.migrate()
        with at_work(folder, sends=True) as opened:
            # The sender has no records in the DNS, nor a DNS that could be asked.
            opened.desk.sender_records = SenderRecords(opened.desk.loaded.settings, lambda: None)
            yield opened
            opened.clock.now = SEND_TIME
            opened.desk.courier.look_once()
        (arrived,) = server.arrived
        mail = email.message_from_bytes(arrived.content, policy=email.policy.default)
        body = mail.get_body(("html",))
        plain = mail.get_body(("plain",))
        assert body is not None
        assert plain is not None
        assert arrived.recipient == READER
        for part in (body.get_content(), plain.get_content()):
            for words in ("Good morning", "Quay Bakery", "The gauge is back", "Advertisement"):
                assert words in " ".join(part.split())
        assert 'alt="A loaf"' in body.get_content()
        assert "/media/" in body.get_content()


def entered(desk: DeskPage, opened: Open) -> Page:
    """Come in by the link that `digest desk` prints."""
    desk.page.context.clear_cookies()
    secret = opened.desk.logins.make_link(
        User("amina", EVERY_ROLE), lasts=timedelta(minutes=15), now=opened.clock()
    )
    desk.page.goto(f"{opened.url}/desk/enter/{secret}")
    desk.page.get_by_role("button", name="Enter the desk").press("Enter")
    there(desk.page, "Today")
    return desk.page


def there(page: Page, heading: str) -> None:
    """Wait for a page, and until it hears keys."""
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.locator("html[data-keys]")).to_have_count(1)


def approved(opened: Open, newsletter: str) -> bool:
    found = opened.desk.editions.latest(newsletter)
    return found is not None and found.state is EditionState.APPROVED


def test_a_letter_is_made_from_nothing_and_sent_by_browser_alone(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        served(tmp_path / "site", "https://quay.example") as feed,
        newsroom(tmp_path, monkeypatch, newsletter=False) as opened,
        tab(chromium, opened) as desk,
    ):
        page = entered(desk, opened)
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
        page.get_by_role("button", name="Make the newsletter").click()
        expect(page.get_by_role("heading", name="Evening letter")).to_be_visible()

        page.get_by_role("link", name="People").click()
        page.get_by_text("Add somebody").click()
        page.get_by_label("Address", exact=True).fill(READER)
        page.get_by_label("How they consented").fill("By phone")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("status").first).to_contain_text("added a reader")

        page.get_by_role("link", name="Today").click()
        page.get_by_role("button", name="Collect and draft now").click()
        expect(page.get_by_text("is being collected and drafted")).to_be_visible()
        drafted(opened)
        page.get_by_role("link", name="Look again").click()
        page.get_by_role("link", name="Open the edition").click()
        page.wait_for_function("() => document.documentElement.dataset.ready")

        note = added(desk, "note")
        note.locator("[data-field=block-title]").fill("Good morning")
        sponsor = added(desk, "sponsor", "#insert-lead-")
        sponsor.locator("[data-field=block-source]").fill("Quay Bakery")
        sponsor.locator("[data-field=block-title]").fill("Bread before the boat")
        page.locator("#hand summary").click()
        page.locator("#by-hand [name=headline]").fill("The gauge is back")
        page.locator("#by-hand [name=text]").fill("It was missed.")
        page.locator("#by-hand button").click()
        expect(page.locator("[data-items=all] [data-field=headline]").last).to_have_value(
            "The gauge is back"
        )
        page.locator("[data-block] [data-do=picture]").click()
        expect(page.locator("#picture-dialog[data-ready]")).to_be_visible()
        page.locator("#picture-file").set_input_files(BREAD)
        expect(page.locator("#picture-alt")).to_be_focused()
        page.locator("#picture-alt").fill("A loaf")
        page.locator("#picture-use").click()
        expect(desk.preview.locator("img[alt='A loaf']")).to_have_count(1, timeout=WAIT_MS)

        page.get_by_role("link", name="Approve …").click()
        there(page, "Approve and send")
        page.locator("[name=warnings]").check()
        page.get_by_role("button", name="Approve for 06:30, to 1").click()
        expect(page.get_by_text("Approved by amina")).to_be_visible()


class Keyboard:
    """Keys that are pressed, counted by the browser that hears them, and text typed letter by letter.

    A chord counts as one key. The text of the letter is no way through the desk: it is counted apart.
    """

    def __init__(self, page: Page) -> None:
        self.page, self.pressed, self._letters = page, 0, 0
        page.add_init_script(LISTEN)
        page.evaluate(LISTEN)

    @property
    def heard(self) -> int:
        return int(self.page.evaluate(HEARD)) - self._letters

    def press(self, *keys: str) -> None:
        self.pressed += len(keys)
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type as hands do: every letter is a key that the desk could take for a shortcut."""
        self.page.keyboard.type(text)
        self._letters += len(text)


def test_a_letter_is_made_and_sent_by_few_keys(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with newsroom(tmp_path, monkeypatch, newsletter=True) as opened, tab(chromium, opened) as desk:
        page = entered(desk, opened)
        keys = Keyboard(page)
        keys.press("g", "p")
        there(page, "Lists and people")
        keys.press("a")
        expect(page.locator("[name=email]").first).to_be_focused()
        keys.type(READER)
        keys.press("Tab", "Tab")
        keys.type("By phone")
        keys.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("added a reader")
        expect(page.locator("html[data-keys]")).to_have_count(1)
        keys.press("g", "t")
        there(page, "Today")
        keys.press("a")
        expect(page.get_by_role("button", name="Collect and draft now")).to_be_focused()
        keys.press("Enter")
        expect(page.get_by_text("is being collected and drafted")).to_be_visible()
        drafted(opened, "morning")
        there(page, "Today")
        keys.press("g", "t")
        expect(page.get_by_role("link", name="Open the edition")).to_be_visible()
        there(page, "Today")
        keys.press("a", "Enter")
        page.wait_for_function("() => document.documentElement.dataset.ready")

        keys.press("i", "1")
        expect(page.locator("[data-block] [data-field=block-title]")).to_be_focused()
        keys.type("Good morning")
        keys.press("Escape", "i", "5")
        sponsor = page.locator(".is-sponsor")
        expect(sponsor.locator("[data-field]").first).to_be_focused()
        focused = "document.activeElement.dataset.field"
        for name, text in (("block-source", "Quay Bakery"), ("block-title", "Bread before the boat")):
            while page.evaluate(focused) != name:
                keys.press("Tab")
            keys.type(text)
        keys.press("Escape", "f")
        expect(page.locator("#picture-dialog[data-ready]")).to_be_visible()
        with page.expect_file_chooser() as chosen:
            while page.evaluate("document.activeElement.id") != "picture-file":
                keys.press("Tab")
            keys.press("Enter")
        chosen.value.set_files(BREAD)
        expect(page.locator("#picture-alt")).to_be_focused()
        keys.type("A loaf")
        keys.press("Enter")
        expect(page.locator("#picture-dialog")).to_be_hidden()
        keys.press("h")
        expect(page.locator("#by-hand [name=headline]")).to_be_focused()
        keys.type("The gauge is back")
        keys.press("Tab")
        keys.type("It was missed.")
        keys.press("Control+Enter")
        expect(page.locator("[data-field=headline]:focus")).to_have_value("The gauge is back")
        expect(desk.preview.locator("img[alt='A loaf']")).to_have_count(1, timeout=WAIT_MS)

        keys.press("Escape", "a")
        there(page, "Approve and send")
        keys.press("a")
        expect(page.locator("[name=warnings]")).to_be_focused()
        keys.press("Space", "Enter")
        expect(page.get_by_text("Approved by amina")).to_be_visible()

        assert approved(opened, "morning")
        assert 0 < keys.heard <= keys.pressed <= MOST_KEYS
