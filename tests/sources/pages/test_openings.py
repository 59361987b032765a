"""A first paragraph that stands outside of the others' element is not lost, a caption there is none."""

from __future__ import annotations

import pytest

from tests.sources.pages.test_layout import TEXTS, each_language, page, paragraphs, texts_of


def opened(opening: str, rest: tuple[str, ...], *, between: str = "") -> str:
    """Return a page whose article has an element of its own for its first paragraph."""
    story = f"{opening}{between}<div class='text'>{paragraphs(*rest)}</div>"
    return f"<html><body><div class='story'>{story}</div></body></html>"


@each_language
@pytest.mark.parametrize("name", ["article__summary summary", "lead", "fig-chapo", "text-ingress", "perex"])
def test_a_paragraph_called_the_first_stands_before_the_others(language: str, name: str) -> None:
    texts = TEXTS[language]
    html = opened(f"<div class='{name}'>{texts[0]}</div>", texts[1:])

    assert texts_of(html, texts[1:]) == list(texts)


@each_language
@pytest.mark.parametrize("name", ["dek", "caption lead", "lead-image", "misleading", "teaser"])
def test_what_is_called_anything_else_is_not_put_there(language: str, name: str) -> None:
    texts = TEXTS[language]
    html = opened(f"<div class='{name}'>{texts[0]}</div>", texts[1:])

    assert texts_of(html, texts[1:]) == list(texts[1:])


@each_language
def test_a_first_paragraph_that_the_article_says_itself_is_said_once(language: str) -> None:
    texts = TEXTS[language]
    html = opened(f"<div class='lead'>{texts[0]}</div>", texts)

    assert texts_of(html, texts) == list(texts)


@each_language
@pytest.mark.parametrize("lost", [0, 2])
def test_text_that_a_box_has_pushed_out_of_its_paragraph_is_put_back(language: str, lost: int) -> None:
    texts = TEXTS[language]
    box = "<div class='mini'><a href='/x'>Tarn</a></div>"
    inside = f"{paragraphs(*texts[:lost])}{box}{texts[lost]}{paragraphs(*texts[lost + 1 :])}"
    found = tuple(text for number, text in enumerate(texts) if number != lost)

    assert texts_of(page(inside), found) == list(texts)


@each_language
@pytest.mark.parametrize(
    "caption", ["<span class='under'>{}</span>", "<small>{}</small>", "<cite>{}</cite>"]
)
def test_a_caption_in_a_line_of_its_own_is_left_where_it_is(language: str, caption: str) -> None:
    texts = TEXTS[language]
    inside = paragraphs(*texts[:2]) + caption.format(texts[2]) + paragraphs(*texts[3:])

    assert texts_of(page(inside), (*texts[:2], *texts[3:])) == [*texts[:2], *texts[3:]]


@each_language
@pytest.mark.parametrize("name", ["ui-video-caption", "video-desc", "photo-credit", "wp-caption-text"])
def test_a_long_caption_that_the_extractor_took_is_no_paragraph(language: str, name: str) -> None:
    texts = TEXTS[language]
    caption = f"<div class='asset'><p class='{name}'>{texts[2]} {texts[2]}</p></div>"
    inside = paragraphs(*texts[:2]) + caption + paragraphs(*texts[3:])

    found = (*texts[:2], f"{texts[2]} {texts[2]}", *texts[3:])
    assert texts_of(page(inside), found) == [*texts[:2], *texts[3:]]


@each_language
@pytest.mark.parametrize("name", ["read_more", "read-more", "readmore"])
def test_topics_called_more_to_read_are_no_paragraph(language: str, name: str) -> None:
    texts = TEXTS[language]
    topics = f"<div class='{name}'>{texts[0]}</div>"
    html = opened(topics, texts[1:])

    assert texts_of(html, texts) == list(texts[1:])
