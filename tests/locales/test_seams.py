"""Markdown, sentences and wrapped lines of Chinese, Japanese and Korean: each joined in its own way."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.editions.display_width import paragraphs
from digest.model import join_sentences
from digest.model.editions import BlurbSentence
from digest.rendering.letter.richtext import rich
from digest.sources.documents import read_document

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("wide_markdown.tsv").read_text(encoding="utf-8").splitlines()
]
CASES = [(written.replace("\\n", "\n").replace("\\\\", "\\"), told) for written, told in ROWS]
OF_ARTICLES_ALONE = ("<ruby", "- ", "## ", "~~", "`", "* 港は", "__")
"""Marks of Markdown that an editor's text does not know."""
NOW = datetime(2026, 12, 3, tzinfo=UTC)


@pytest.mark.parametrize(("written", "told"), CASES)
def test_an_article_in_markdown_shows_no_stars_and_no_space_within_a_word(written: str, told: str) -> None:
    text = f"---\ntitle: T\n---\n{written}\n".encode()

    entry = read_document(text, "a.md", "https://a.example/", zone=ZoneInfo("UTC"), now=NOW).entry

    assert [block.text for block in entry.blocks] == [told]


@pytest.mark.parametrize(
    ("written", "told"), [one for one in CASES if not any(mark in one[0] for mark in OF_ARTICLES_ALONE)]
)
def test_an_editors_text_shows_no_stars_and_no_space_within_a_word(written: str, told: str) -> None:
    shown = rich(written, 4_000)

    assert re.sub(r" \(https://a.example/\)", "", str(shown)) == told
    assert "\u303f" not in getattr(shown, "markup", "")


def test_a_link_beside_korean_keeps_its_address() -> None:
    shown = rich("시장은 **[항구](https://a.example/x_(y)*가)**를 열었다.", 4_000)

    assert 'href="https://a.example/x_(y)*%EA%B0%80"' in shown.markup  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        (("港が開いた。", "市長が述べた。"), "港が開いた。市長が述べた。"),
        (("“港口开放。”", "他还说。"), "“港口开放。”他还说。"),
        (("他说……", "“港口开放。”"), "他说……“港口开放。”"),
        (("他说：‘开放。’", "“好。”"), "他说：‘开放。’“好。”"),
        (("港ｶﾞ開いた｡", "市長｡"), "港ｶﾞ開いた｡市長｡"),
        (("港が開いた(写真)。", "市長。"), "港が開いた(写真)。市長。"),
        (("港が開いた！", "2026年に。"), "港が開いた！2026年に。"),
        (("港が開いた🎉", "市長。"), "港が開いた🎉市長。"),
        (("港口开放.", "他说。"), "港口开放.他说。"),
        (("항구가 열렸다.", "시장이 말했다."), "항구가 열렸다. 시장이 말했다."),
        (("시장은 「열렸다。」", "그는 갔다."), "시장은 「열렸다。」 그는 갔다."),
        (("항구가 열렸다.", "「바다」도 열렸다."), "항구가 열렸다. 「바다」도 열렸다."),
        (("항구가 열렸다.", "大統領은 갔다."), "항구가 열렸다. 大統領은 갔다."),
        (("เปิดท่าเรือ", "นายก"), "เปิดท่าเรือ นายก"),
        (("He came.", "She left."), "He came. She left."),
    ],
)
def test_sentences_are_joined_as_their_script_does(sentences: tuple[str, ...], told: str) -> None:
    assert join_sentences(sentences) == told


@pytest.mark.parametrize(
    ("text", "publisher", "told"),
    [
        ("港が開いた。", "港報", "港が開いた。（港報）"),
        ("他说“好。”", "报", "他说“好。”（报）"),
        ("항구가 「열렸다」", "부산", "항구가 「열렸다」 (부산)"),
        ("The port opened.", "News", "The port opened. (News)"),
    ],
)
def test_a_publisher_stands_in_brackets_of_the_script(text: str, publisher: str, told: str) -> None:
    assert BlurbSentence(text, publisher=publisher).told == told


def test_the_lines_of_an_editors_paragraph_are_joined_as_their_script_does() -> None:
    text = "港が\n開く\n\n항구가\n열렸다\n\nThe\nport\n\n港が**\n開く**。"

    assert paragraphs(text) == "港が開く\n\n항구가 열렸다\n\nThe port\n\n港が**開く**。"
