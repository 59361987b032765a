"""What is pasted from other programs: the field, the store and the mail show the same few marks."""

from __future__ import annotations

import re
from html import unescape

import pytest
from playwright.sync_api import Browser

from tests.web.desk.desk_page import tab
from tests.web.desk.letter.clipboards import CLIPBOARDS
from tests.web.desk.letter.test_letter_in_chromium import added, pasted
from tests.web.newsroom import Open

pytestmark = pytest.mark.chromium

_LINK = re.compile(r'<a [^<>]{0,600}?href="([^"<>]{1,600})"[^<>]{0,600}>')
_LINKED = re.compile(r'<a href="([^"]{1,600})">(.{1,600}?)</a>')
_TAG = re.compile(r"<[^<>]{1,600}>")


def _bare(html: str) -> str:
    """Return a mail's HTML with no more of each link than where it leads."""
    return re.sub(r"<(strong|em)\s[^<>]{0,600}>", r"<\1>", _LINK.sub(r'<a href="\1">', html)).replace(
        "<br />", "<br>"
    )


def _plain(markup: str) -> str:
    told = _LINKED.sub(r"\2 (\1)", markup).replace("<br><br>", "\n\n")
    return unescape(_TAG.sub("", told))


def _folded(text: str) -> str:
    return " ".join(text.split())


def test_what_programs_put_on_the_clipboard_is_stored_and_mailed_with_its_few_marks(
    chromium: Browser, opened: Open
) -> None:
    faults: dict[str, dict[str, str]] = {}
    with tab(chromium, opened) as desk:
        desk.go()
        field = added(desk, "note").locator("[data-rich]")
        for name, (html, wanted) in CLIPBOARDS.items():
            field.fill("")
            pasted(field, html)
            typed = field.input_value()
            for _ in range(100):
                if opened.edition.blocks[0].text == typed:
                    break
                desk.page.wait_for_timeout(50)
            mail = opened.desk.rendered(opened.edition)
            found: dict[str, str] = {}
            if opened.edition.blocks[0].text != typed:
                found["typed"], found["stored"] = typed, opened.edition.blocks[0].text
            if f">{wanted}<" not in _bare(mail.html).replace("\n", ""):
                found["wanted"], found["field"] = wanted, typed
            if _folded(_plain(wanted)) not in _folded(mail.text):
                found["plain"] = _folded(_plain(wanted))
            if found:
                faults[name] = found

    assert faults == {}, "\n".join(f"{name}: {said}" for name, said in faults.items())


PLAIN = {
    "paragraphs": ("One line\r\nand its end.\r\n\r\n\r\nAnother.", "One line and its end.<br><br>Another."),
    "signs": ("a < b && c > d\n\nR&D", "a &lt; b &amp;&amp; c &gt; d<br><br>R&amp;D"),
    "unseen signs": ("\ufeffhar\u00adbour\u200b\u00a0end\n\n\u2060\n\nnext", "harbour end<br><br>next"),
}


@pytest.mark.parametrize(("plain", "wanted"), PLAIN.values(), ids=PLAIN)
def test_plain_text_of_the_real_clipboard_is_pasted_in_its_paragraphs(
    chromium: Browser, opened: Open, plain: str, wanted: str
) -> None:
    with tab(chromium, opened) as desk:
        desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        desk.go()
        field = added(desk, "note").locator("[data-rich]")
        desk.page.evaluate("words => navigator.clipboard.writeText(words)", plain)
        field.press("ControlOrMeta+v")
        desk.settled(3)

    assert f">{wanted}<" in _bare(opened.desk.rendered(opened.edition).html).replace("\n", "")
