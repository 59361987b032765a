"""What stands between a letter's words: colons, rules, dots, blanks, by language and template."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from digest.model import Block, BlockId, BlockKind, RenderedEdition, Spot, StoryLabel, Variant
from digest.rendering.phrases import languages, phrases
from digest.rendering.renderer import Renderer
from tests.rendering import editions

TEMPLATES = ("broadsheet", "brief", "bulletin", "gallery", "letter", "weekly")
NOTE = Block(BlockId("a"), BlockKind.NOTE, Spot.TOP, title="A note", text="Good morning.")


def mail(template: str, language: str = "", *, blurb: str | None = None, count: int = 6) -> RenderedEdition:
    items = [editions.item(number, text=blurb) for number in range(count)]
    items[1] = replace(items[1], label=StoryLabel.UPDATE)
    edition = replace(editions.edition(editions.sections(tuple(items))), blocks=(NOTE,))
    newsletter = editions.newsletter(template=template)
    return Renderer(editions.SITE).render(edition, newsletter, Variant(language))


@pytest.mark.parametrize(
    ("language", "words", "labeled"),
    [
        ("en", "Archive", "Archive:"),
        ("en", "Archive:", "Archive:"),
        ("en", "Read on …", "Read on …"),
        ("en", "Where?", "Where?"),
        ("de", "Archiv", "Archiv:"),
        ("fr", "Archives", "Archives\u00a0:"),
        ("fr-CA", "Archives", "Archives\u00a0:"),
        ("fr", "Archives\u00a0:", "Archives\u00a0:"),
        ("fr", "Où\u202f?", "Où\u202f?"),
        ("ja", "ほかの報道：", "ほかの報道："),
        ("ja", "続報", "続報："),
        ("zh-TW", "更新", "更新："),
        ("zh", "真的？", "真的？"),
        ("ko", "새 소식", "새 소식:"),
        ("ar", "الأرشيف", "الأرشيف:"),
        ("ar", "لماذا؟", "لماذا؟"),
        ("hi", "यहाँ पढ़ें।", "यहाँ पढ़ें।"),
        ("ur", "یہاں پڑھیں۔", "یہاں پڑھیں۔"),
    ],
)
def test_words_that_announce_have_the_colon_of_their_language(
    language: str, words: str, labeled: str
) -> None:
    assert phrases(language).labeled(words) == labeled


@pytest.mark.parametrize("language", sorted(languages()))
def test_no_line_of_the_plain_part_has_two_colons(language: str) -> None:
    text = mail("broadsheet", language).text

    assert not re.search(r"[:：]\s?[:：]", text)


@pytest.mark.parametrize("template", ["brief", "bulletin", "gallery", "letter"])
def test_a_label_before_a_headline_has_the_letters_colon(template: str) -> None:
    assert "続報：</span>" in mail(template, "ja").html
    assert "Mise à jour\u00a0:</span> " in mail(template, "fr").html


@pytest.mark.parametrize("template", ["brief", "gallery"])
def test_a_time_without_a_text_before_it_begins_its_line(template: str) -> None:
    assert re.search(r'<p class="second[^>]*>\s*<span class="when', mail(template, blurb="").html)
    assert re.search(r'\S&nbsp; <span class="when', mail(template).html)


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_dot_begins_a_line_of_the_head(template: str) -> None:
    assert re.search(r"\s[\u00a0 ]*·", mail(template).html.partition("A note")[0]) is None


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_opens_the_letter_has_no_second_rule_above_it(template: str) -> None:
    (cell,) = re.findall(r'<td class="opening[^>]*>', mail(template).html)

    assert "border" not in cell


def test_a_weeks_best_of_one_section_lists_no_sections() -> None:
    assert "In this edition" in mail("weekly").html
    assert "In this edition" in mail("weekly").text
    assert "In this edition" not in mail("weekly", count=2).html
    assert "In this edition" not in mail("weekly", count=2).text


def test_answers_stand_one_below_the_other_in_the_plain_part() -> None:
    poll = Block(
        BlockId("f"), BlockKind.POLL, Spot.END, title="A bridge?", answers="Yes https://a.example/y\nNo"
    )
    edition = replace(editions.plain_edition(3), blocks=(poll,))

    text = Renderer(editions.SITE).render(edition, editions.newsletter()).text

    assert "A bridge?\n\n• Yes: https://a.example/y\n• No\n" in text
