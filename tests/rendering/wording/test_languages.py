"""A letter in each language that has a catalog holds no English; in one without, English is marked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from babel import Locale
from lxml import html as parser

from digest.model import Edition, Newsletter, RenderedEdition, StoryLabel, Variant
from digest.rendering.phrases import languages, phrases
from tests.rendering import editions
from tests.rendering.samples import PICTURE
from tests.rendering.test_renderer import RENDERER

OTHERS = sorted(languages() - {"en"})
TEMPLATES = ("broadsheet", "brief", "bulletin", "gallery", "letter", "weekly")
ENGLISH = re.compile(
    r"\b(?:stor(?:y|ies)|minutes?|min read|unsubscribe|preferences|archive|forward|view on|reported by|"
    r"hello|read on|in this edition|photo:|correction|you get|subscribed|monday|november|best of)\b",
    re.IGNORECASE,
)
# Words that the language shares with English, or has taken from it.
SHARED = {
    "fr": {"minute", "minutes", "archive"},
    "de": {"minute", "november"},
    "nl": {"november"},
    "sv": {"november"},
    "da": {"november"},
    "nb": {"november"},
    "id": {"november"},
}
FOREIGN = "١٢٣ 語"


def letter(language: str, template: str, count: int = 18) -> RenderedEdition:
    """Return a long mail whose articles have no English letters, so that its own words are all there is."""
    items = tuple(
        replace(
            editions.item(
                number, headline=f"{FOREIGN} {number}", text=f"{FOREIGN} {number}", publisher="語"
            ),
            byline="",
            label=(StoryLabel.NONE, StoryLabel.UPDATE, StoryLabel.CORRECTION)[number % 3],
            image=replace(PICTURE, credit="語") if number == 0 else None,
        )
        for number in range(count)
    )
    parts = tuple(replace(one, title=f"語{one.key[:1]}") for one in editions.sections(items))
    edition: Edition = editions.edition(parts, language=language, title="語", subject="語", preheader="語")
    newsletter: Newsletter = editions.newsletter(language=language, template=template)
    return RENDERER.render(edition, newsletter)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", OTHERS)
def test_a_letter_says_no_english_word(language: str, template: str) -> None:
    mail = letter(language, template)

    body = re.sub(r"<[^>]*>", " ", mail.html.partition("<body")[2])
    for text in (body, re.sub(r"\S+://\S+|%%\w+%%", "", mail.text)):
        assert {one.casefold() for one in ENGLISH.findall(text)} <= SHARED.get(language, set())
    assert 'lang="en"' not in mail.html


@pytest.mark.parametrize("language", ["tlh", "ps", "is"])
def test_without_a_catalog_every_english_word_is_marked(language: str) -> None:
    page = parser.document_fromstring(letter(language, "broadsheet").html)

    found = 0
    for element in page.iter("p", "td", "a", "h3", "span"):
        if ENGLISH.search(element.text or ""):
            near = next(one for one in (element, *element.iterancestors()) if one.get("lang"))
            assert (near.get("lang"), near.get("dir")) == ("en", "ltr"), element.text
            found += 1
    assert found > 10
    assert not phrases(language).is_known


def test_english_in_the_plain_part_of_the_other_direction_is_isolated() -> None:
    assert "\u2066Unsubscribe:\u2069" in letter("ps", "brief").text


@pytest.mark.parametrize("language", sorted(set(OTHERS) - {"ar", "he", "ja", "sw", "yo", "zu"}))
def test_minutes_are_said_as_the_cldr_says_them(language: str) -> None:
    name = "zh_Hant" if language == "zh-tw" else language
    locale = Locale.parse(name)
    patterns = locale._data["unit_patterns"]["duration-minute"]["long"]

    for count in (1, 2, 3, 5, 11, 21, 22, 25, 101):
        pattern = patterns.get(locale.plural_form(count), patterns["other"])
        said = phrases(language).counted("%(count)s minute", "%(count)s minutes", count)
        assert said.replace("\u00a0", " ") == pattern.format(count).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("pl", 1, "1 artykuł"),
        ("pl", 3, "3 artykuły"),
        ("pl", 12, "12 artykułów"),
        ("pl", 22, "22 artykuły"),
        ("ru", 1, "1 материал"),
        ("ru", 11, "11 материалов"),
        ("ru", 21, "21 материал"),
        ("ru", 24, "24 материала"),
        ("he", 2, "שתי כתבות"),
        ("zh-TW", 2, "2 則報導"),
        ("zh-Hant-HK", 2, "2 則報導"),
        ("zh-CN", 2, "2 篇报道"),
        ("no", 2, "2 saker"),
    ],
)
def test_counts_take_the_languages_own_forms(language: str, count: int, expected: str) -> None:
    assert phrases(language).counted("%(count)s story", "%(count)s stories", count) == expected


def test_a_readers_language_without_words_marks_the_stories_as_theirs() -> None:
    mail = RENDERER.render(editions.plain_edition(3), editions.newsletter(), Variant(language="he"))

    assert mail.language == "he"
    assert "ביטול הרשמה" in mail.html
