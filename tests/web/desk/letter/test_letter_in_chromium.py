"""Blocks, marks, pictures and stories by hand in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, expect

from digest.rendering.letter.richtext import rich
from tests.web.desk.desk_page import DeskPage, tab
from tests.web.desk.letter.test_imaging import a_picture
from tests.web.newsroom import Open

pytestmark = pytest.mark.chromium

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style>
</head><body lang=EN-US><!--StartFragment--><p class=MsoNormal><b
style='mso-bidi-font-weight:normal'>Bold words</b>
and <i>slanted</i> ones,<o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>1.&nbsp;</span>
<a href="https://harbour.example/a_(b)">a link</a> and <a href="file:///C:/x.doc">a file</a> with 5 * 3.</p>
<!--EndFragment--></body></html>"""
DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr">
<span style="font-weight:400;font-style:normal">Plain, </span><span
style="font-weight:700;font-style:normal">bold</span>
<span style="font-weight:400;font-style:italic"> and slanted</span></p><br />
<p dir="ltr"><a href="https://harbour.example/docs" style="text-decoration:none;"><span
style="color:#1155cc">its link</span></a>
<span style="font-weight:400"> ends.</span></p></b><script>alert(1)</script>"""


def pasted(field: Locator, html: str) -> None:
    """Paste the HTML of a clipboard into the field."""
    field.focus()
    field.evaluate(
        """(field, html) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          data.setData("text/plain", "plain words");
          const told = { clipboardData: data, bubbles: true, cancelable: true };
          field.dispatchEvent(new ClipboardEvent("paste", told));
        }""",
        html,
    )


def added(desk: DeskPage, kind: str, at: str = "#insert-top-") -> Locator:
    """Add a block by its menu and return it, once its first field has the focus."""
    known = desk.page.locator("[data-block]").count()
    desk.page.locator(at).select_option(kind)
    expect(desk.page.locator("[data-block]")).to_have_count(known + 1)
    expect(desk.page.locator("[data-block] :focus")).to_have_count(1)
    return desk.page.locator("[data-block]:has(:focus)")


@pytest.mark.parametrize(
    ("html", "markdown", "told"),
    [
        pytest.param(
            WORD,
            "**Bold words** and *slanted* ones,\n\n"
            "[a link](https://harbour.example/a_%28b%29) and a file with 5 \\* 3.",
            "<strong>Bold words</strong> and <em>slanted</em> ones,<br><br>",
            id="word",
        ),
        pytest.param(
            DOCS,
            "Plain, **bold** *and slanted*\n\n[its link](https://harbour.example/docs) ends.",
            "Plain, <strong>bold</strong> <em>and slanted</em><br><br>",
            id="google-docs",
        ),
    ],
)
def test_what_is_pasted_keeps_its_few_marks(
    chromium: Browser, opened: Open, html: str, markdown: str, told: str
) -> None:
    with tab(chromium, opened) as desk:
        desk.go()
        note = added(desk, "note")
        field = note.locator("[data-rich]")
        pasted(field, html)

        expect(field).to_have_value(markdown)
        desk.settled(3)
        expect(desk.preview.locator("em")).to_contain_text("slanted")

    assert opened.edition.blocks[0].text == markdown
    assert told in opened.desk.rendered(opened.edition).html


CLIPBOARDS = {
    "outlook": (
        "<p class=MsoNormal><b>From:</b>Ada<span style='mso-spacerun:yes'>  </span>says <a href='https://eur01."
        "safelinks.protection.outlook.com/?url=https%3A%2F%2Fquay.example%2Fa%3Fb%3D1&data=5'>here</a>"
        "<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Bye.</p>",
        "**From**:Ada says [here](https://quay.example/a?b=1)\n\nBye.",
    ),
    "pages": (
        "<p class='p1'><b>Bold</b><b><i>both</i></b><i>slanted</i> end</p><p><br></p><p>Next</p>",
        "**Bold*both***slanted end\n\nNext",
    ),
    "word-online": (
        "<p class='Paragraph' style='font-weight:normal'><span class='TextRun' style='font-weight:bold'>"
        "<span>Storm</span></span><span>: it rains</span><span class='EOP'>&nbsp;</span></p>",
        "**Storm**: it rains",
    ),
    "word-list": (
        "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·</span>"
        "<![endif]>First</p><p>Second</p>",
        "First\n\nSecond",
    ),
    "gmail": (
        "<div>Hello<div><br></div><div><b>Never!</b>he said</div>"
        "<a href='https://www.google.com/url?q=https://quay.example/x&sa=D'>x</a></div>",
        "Hello\n\n**Never**!he said\n\n[x](https://quay.example/x)",
    ),
    "a-row-of-bold": (
        "<p><strong>a</strong><strong><em>b</em></strong><strong>c</strong></p>",
        "**a*b*c**",
    ),
    "cells": ("<table><tr><td>one</td><td>two</td></tr><tr><td>3</td></tr></table>", "one two\n\n3"),
    "arabic": ("<p dir=rtl><b>عاجل:</b>خبر</p>", "**عاجل**:خبر"),
    "japanese": ("<p><b>「速報」</b>港が開く。</p>", "**「速報」**港が開く。"),
    "nothing-safe": ("<a href='javascript:alert(1)'>go</a><script>x</script>", "go"),
}


def test_clipboards_of_many_programs_become_the_few_marks(chromium: Browser, opened: Open) -> None:
    with tab(chromium, opened) as desk:
        desk.go()
        found = desk.page.evaluate(
            """async (clipboards) => {
              const { markdown } = await import("/desk/static/richtext.js");
              const told = ([name, html]) => [name, markdown(html)];
              return Object.fromEntries(Object.entries(clipboards).map(told));
            }""",
            {name: html for name, (html, _) in CLIPBOARDS.items()},
        )

    assert found == {name: wanted for name, (_, wanted) in CLIPBOARDS.items()}
    read = {name: str(getattr(rich(text, 4_000), "markup", text)) for name, text in found.items()}
    assert [name for name, html in read.items() if "*" in html] == []


def test_a_letter_gets_a_note_an_advertisement_a_story_by_hand_and_a_picture(
    chromium: Browser, opened: Open
) -> None:
    with tab(chromium, opened) as desk:
        desk.go()
        page = desk.page
        added(desk, "note").locator("[data-field=block-title]").fill("Good morning")
        sponsor = added(desk, "sponsor", "#insert-lead-")
        for name, text in (
            ("source", "Quay Bakery"),
            ("title", "Bread before the boat"),
            ("url", "https://bakery.example/"),
        ):
            sponsor.locator(f"[data-field=block-{name}]").fill(text)
        page.locator("#hand summary").click()
        form = page.locator("#by-hand")
        form.locator("[name=headline]").fill("The gauge is back")
        form.locator("[name=text]").fill("It was **missed**.")
        form.locator("[name=section]").select_option("port")
        form.locator("button").click()
        expect(page.locator("[data-items=port] .item").last.locator("[data-field=headline]")).to_have_value(
            "The gauge is back"
        )
        page.locator("[data-block] [data-do=picture]").click()
        expect(page.locator("#picture-dialog[data-ready]")).to_be_visible()
        page.locator("#picture-file").set_input_files(
            {"name": "bread.png", "mimeType": "image/png", "buffer": a_picture("PNG", (800, 900))}
        )
        expect(page.locator("#picture-alt")).to_be_focused()
        page.locator("#picture-use").click()
        expect(page.locator("#picture-problem")).to_contain_text("Say what it shows")
        page.locator("#picture-alt").fill("A loaf")
        page.locator("#picture-y").fill("90")
        page.locator("#picture-use").click()
        expect(page.locator("#picture-dialog")).to_be_hidden()
        expect(page.locator("[data-block] [data-do=picture]")).to_have_text("Picture …")
        expect(desk.preview.locator("img[alt='A loaf']")).to_have_count(1)
        expect(desk.preview.locator("body")).to_contain_text("Advertisement · Quay Bakery")
        expect(desk.preview.locator("body")).to_contain_text("The gauge is back")
        expect(desk.preview.locator("strong")).to_have_text("missed")

    shown = next(one for one in opened.edition.blocks if one.picture)
    assert shown.picture is not None
    assert (shown.picture.width, shown.picture.height, shown.picture.focus[1]) == (800, 533, 0.9)


def test_blocks_are_moved_taken_out_and_brought_back_by_keys_alone(chromium: Browser, opened: Open) -> None:
    with tab(chromium, opened) as desk:
        desk.go()
        first = added(desk, "note")
        first.locator("[data-field=block-title]").fill("One")
        second = added(desk, "number")
        second.locator("[data-field=block-title]").fill("2")
        desk.settled(opened.edition.revision)
        titles = desk.page.locator("[data-field=block-title]")
        up = desk.page.locator("[data-block] [data-do=block-up]").nth(1)
        up.press("Enter")
        expect(titles.nth(0)).to_have_value("2")
        down = desk.page.locator("[data-block] [data-do=block-drop]").nth(0)
        down.press("Enter")
        expect(titles).to_have_count(1)
        desk.page.locator("#undo").press("Enter")
        expect(titles).to_have_count(2)
        expect(titles.nth(0)).to_have_value("2")
