"""What an extractor takes from closed boxes, or cuts out of a paragraph, is no text of the article."""

from __future__ import annotations

import pytest

from digest.sources.pages.alignment import not_shown
from tests.sources.pages.test_layout import MARKERS, TEXTS, each_language, page, paragraphs, texts_of

BOXES = {
    "en": (
        "Sign up for our letter",
        "We have sent a letter to you, please confirm that it is you who asked.",
    ),
    "de": (
        "Zum Brief anmelden",
        "Wir haben einen Brief geschickt, bitte bestätigen Sie, dass Sie es waren.",
    ),
    "es": (
        "Apúntate a la carta",
        "Hemos enviado una carta, por favor confirma que eres tú quien la pidió.",
    ),
    "ja": ("手紙を受け取る", "手紙をお送りしましたのでご自身が申し込まれたことをご確認ください。"),
}
HALVES = {
    "en": "The council will speak of part {} of the plan again when the last ferry has been paid for.",
    "de": "Der Rat wird über Teil {} des Plans wieder sprechen, wenn die letzte Fähre bezahlt ist.",
    "es": "El consejo hablará de nuevo de la parte {} del plan cuando se pague el último barco.",
    "ja": "議会は最後の渡し船の支払いが済んでから計画の第{}部について改めて話し合う予定である。",
}


@each_language
def test_a_box_that_the_page_does_not_show_is_left_out(language: str) -> None:
    texts = TEXTS[language]

    assert texts_of(page(paragraphs(*texts)), (*texts, *BOXES[language])) == list(texts)


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_a_paragraph_cut_where_words_run_together_is_said_once(language: str) -> None:
    texts = TEXTS[language]
    first, second, rest = texts[1].split(" ", 2)
    linked = f"{first} <a href='/x'>{second}</a> {rest}"
    cut = f"{second}{rest}"

    html = page(paragraphs(texts[0], linked, *texts[2:]))
    assert texts_of(html, (texts[0], first, cut, *texts[2:])) == list(texts)


@each_language
def test_a_second_half_that_waits_for_a_click_is_kept(language: str) -> None:
    texts, hidden = TEXTS[language], tuple(HALVES[language].format(part) for part in (1, 2, 3))

    assert texts_of(page(paragraphs(*texts)), (*texts, *hidden)) == [*texts, *hidden]


@each_language
def test_prose_amid_the_article_that_is_said_nowhere_else_is_kept(language: str) -> None:
    texts, hidden = TEXTS[language], HALVES[language].format(1)

    found = (*texts[:2], hidden, *texts[2:])
    assert texts_of(page(paragraphs(*texts)), found) == list(found)


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_a_marker_is_kept_though_the_page_hides_it(language: str) -> None:
    texts, marker = TEXTS[language], MARKERS[language]

    assert texts_of(page(paragraphs(*texts)), (*texts, marker)) == [*texts, marker]


def test_nothing_is_hidden_where_nothing_was_found() -> None:
    assert not_shown((), (), (), is_prose=lambda block: True) == frozenset()
