"""A mail passed on: the link for that is the same for all, and its page invites, with nobody’s token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from digest.rendering.phrases import phrases
from tests.journeys.desk import AT_SEND, Folder
from tests.web.newsroom import KEY, Open, at_work, written
from tests.web.public.test_reading import SITE, mail_of

PUBLIC = f"/archive/morning/{KEY.day}"
TOKEN = re.compile(r"/[upvc]/[a-z]\d\.|/[a-z]\d\.[0-9a-z]+~")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    folder = written(tmp_path_factory.mktemp("sent"), newsletter="", readers=2)
    assert folder("run", "morning", now=AT_SEND).code == 0
    with at_work(folder) as desk:
        yield desk


def bodies(desk: Open, reader: str) -> tuple[str, str]:
    mail = mail_of(desk, reader)
    html, text = mail.get_body(("html",)), mail.get_body(("plain",))
    assert html is not None
    assert text is not None
    return html.get_content(), text.get_content()


def test_both_parts_have_a_link_to_pass_on_that_is_the_same_for_every_reader(sent: Open) -> None:
    for reader in ("reader0@", "reader1@"):
        html, text = bodies(sent, reader)
        assert f'href="{SITE}{PUBLIC}"' in html
        assert f"Forward to a friend: {SITE}{PUBLIC}\n" in text.replace("\r\n", "\n")


def test_the_page_that_it_opens_hands_over_nobodys_token(sent: Open) -> None:
    page = httpx.get(sent.url + PUBLIC)

    assert page.status_code == 200
    assert TOKEN.search(bodies(sent, "reader0@")[0])
    assert not TOKEN.search(page.text)
    for signed in re.findall(r"/([upv]\d\.[^\"\s]+)", bodies(sent, "reader0@")[0]):
        assert signed not in page.text


def test_the_page_invites_to_sign_up(sent: Open) -> None:
    page = httpx.get(sent.url + PUBLIC).text

    assert 'href="/signup/morning"' in page
    assert "Did somebody send it to you?" in page
    assert httpx.get(f"{sent.url}/signup/morning").status_code == 200


def test_a_readers_own_copy_has_no_invitation(sent: Open) -> None:
    own = re.search(rf"{re.escape(SITE)}(/v/\S+)", bodies(sent, "reader0@")[1])
    assert own

    assert "Did somebody send it" not in httpx.get(sent.url + own[1]).text


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr", "ja", "pt", "sw"])
def test_link_and_invitation_speak_the_mails_language(tmp_path: Path, language: str) -> None:
    folder = Folder(tmp_path).ready(readers=1, newsletter=f'language = "{language}"')
    assert folder("run", "morning", now=AT_SEND).code == 0
    words = phrases(language)

    with at_work(folder) as desk:
        page = httpx.get(desk.url + PUBLIC).text
    part = folder.mails()[0].get_body(("plain",))

    assert part is not None
    assert words.gettext("Forward to a friend") in part.get_content()
    assert words.gettext("Forward to a friend") != "Forward to a friend"
    assert words.gettext("Pass this page on to whom you like. Did somebody send it to you?") in page
    assert f'<html lang="{language}"' in page


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_the_invitation_fits(sent: Open, chromium: Browser, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    try:
        page.goto(sent.url + PUBLIC)
        box = page.locator("aside").bounding_box()
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    finally:
        page.close()

    assert box is not None
    assert box["width"] <= width
    assert overflow <= 0
