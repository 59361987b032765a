"""A text shows its language by its small words and letters, whatever its page says, neighbors included."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.summaries.language.detecting import language_of

_LINES = Path(__file__).with_name("neighbors.txt").read_text("utf-8").splitlines()
TEXTS = [line.split("|", 1) for line in _LINES if line]
_PAIRS = """
af nl|nl af|da nb|nb da|sv nb|es pt|pt es|gl pt|ca es|id ms|ms id|cs sk|sk cs|hr sl|sl hr
sr ru|uk ru|ru uk|bg ru|mk bg|be ru|et fi|fi et|lt lv|lv lt|az tr|tr az|fa ar|ur ar|ar fa|mr hi|hi mr|ne hi
"""
NEIGHBORS = dict(pair.split(" ") for pair in _PAIRS.strip().replace("\n", "|").split("|"))


@pytest.mark.parametrize("claim", ["none", "English", "its own", "a neighbor"])
@pytest.mark.parametrize(
    ("language", "text"),
    [pytest.param(language, text, id=f"{language}, {text[:12]}") for language, text in TEXTS],
)
def test_the_text_says_which_language_it_is(language: str, text: str, claim: str) -> None:
    claims = {"none": "", "English": "en", "its own": language, "a neighbor": NEIGHBORS.get(language, "xx")}

    assert language_of([text], claims[claim]) == language


def test_a_few_words_change_no_claim() -> None:
    assert language_of(["Port of Mombasa"], "sw") == "sw"
    assert language_of(["El Niño"], "en-GB") == "en-GB"


def test_a_language_in_two_scripts_keeps_its_name() -> None:
    text = next(text for language, text in TEXTS if language == "hr")

    assert language_of([text], "sr") == "sr"


def test_the_norwegian_tag_without_a_form_is_believed() -> None:
    text = next(text for language, text in TEXTS if language == "nb")

    assert language_of([text], "no-NO") == "no-NO"
