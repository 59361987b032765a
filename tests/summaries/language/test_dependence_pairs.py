"""Sentences whose persons stand in a sentence that the blurb may have left out."""

from __future__ import annotations

import pytest

from digest.summaries.language.dependence import leans_back


@pytest.mark.parametrize(
    "sentence",
    [
        "The other declined to comment.",
        "The latter had asked for two more weeks.",
        "Growers’ agents reminded them that they had said the same a month ago.",
    ],
)
def test_a_sentence_about_somebody_named_before_leans_on_that(sentence: str) -> None:
    assert leans_back(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "The other day a whale came into the harbor.",
        "The council told her lawyers on Monday that the case was closed.",
        "The third crane arrives in May.",
    ],
)
def test_a_sentence_that_names_what_it_tells_of_stands_alone(sentence: str) -> None:
    assert not leans_back(sentence, "en")
