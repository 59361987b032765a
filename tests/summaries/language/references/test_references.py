"""Short names and `the man` are printed only with the sentence that tells who or what they are.

`references.txt`: language, kind, a sentence that tells it whole, one that takes it up. Of the kind `alone`
the second stands by itself.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.model import BlurbBudget, Story
from digest.summaries.candidates import candidates
from digest.summaries.extractive import ExtractiveSummarizer
from digest.summaries.language.references.needing import told_whole
from digest.summaries.language.words import count_words
from tests.summaries.newsroom import article

LINES = (Path(__file__).parent / "references.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(line.split("|")) for line in LINES]


@pytest.mark.parametrize(("language", "kind", "whole", "short"), CASES)
def test_what_is_short_stands_only_beside_what_tells_it(
    language: str, kind: str, whole: str, short: str
) -> None:
    told = article(whole, short, title="News", language=language)

    last = [one for one in candidates(told) if short in one.text]

    assert last or kind != "alone"
    assert all(one.stands_among((0,)) or one.leans for one in last)
    assert all((one.stands_among(()) and not one.is_weak) == (kind == "alone") for one in last)


@pytest.mark.parametrize(("language", "kind", "whole", "short"), CASES)
def test_a_budget_that_holds_only_the_short_sentence_prints_nothing_of_it(
    language: str, kind: str, whole: str, short: str
) -> None:
    budget = BlurbBudget(max_sentences=3, max_words=count_words(short) + 2)
    told = article(whole, short, title="News", language=language)

    printed = ExtractiveSummarizer().summarize(Story(told), budget).text

    assert (printed == short) == (kind == "alone")


@pytest.mark.parametrize(
    ("paragraphs", "needed"),
    [
        pytest.param(
            (
                "A farmer from Oakham was rescued from a well on Sunday.",
                "Fire chief Ken Park praised a neighbor who had heard the dog.",
                "The man had been missing for two days.",
            ),
            {0, 1},
            id="two people may be the man",
        ),
        pytest.param(
            (
                "Tarn Trust is to open a factory in Leeds.",
                "Rain had held up the building for years.",
                "The company will hire 300 people.",
                "The company expects orders from Spain.",
            ),
            {0},
            id="nobody else may be the company",
        ),
        pytest.param(
            (
                "Rain fell on Leeds for nine days.",
                "A ship ran aground off Hull.",
                "The ship is leaking oil.",
            ),
            {1},
            id="the same noun",
        ),
    ],
)
def test_whoever_may_be_meant_is_told(paragraphs: tuple[str, ...], needed: set[int]) -> None:
    last = candidates(article(*paragraphs, title="News"))[-1]

    assert {place for need in last.needs for place in need.positions} == needed


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Peter Mutua was re-elected.", "Peter Mutua promised cold stores."),
        ("Roads in South Sudan are flooded.", "Traders in Sudan lost their fruit."),
        ("Die Stadt Fulda baut.", "Die Arbeiten in Fulda dauern drei Jahre."),
        (
            "Jens Albers (CDU) eröffnete die Schleuse in Emden.",
            "Viele Mitglieder der CDU kamen nach Emden.",
        ),
        ("Mutua was named by the board of Nairobi on Monday.", "Rain fell on Kenya for nine days."),
        ("La Universidad de Chile abre otra sede.", "En Chile estudian muchos jóvenes de fuera."),
    ],
)
def test_a_name_that_is_whole_or_a_place_needs_nothing(first: str, second: str) -> None:
    last = candidates(article(first, second, title="News", language="de" if "Die" in first else "en"))[-1]

    assert last.needs == ()


def test_a_headline_tells_the_name_too() -> None:
    told = ("Peter Mutua was re-elected on Saturday.", "Mutua promised cold stores for all.")

    last = candidates(article(*told, title="Members keep Mutua as chairman"))[-1]

    assert last.needs == ()


def test_what_a_sentence_tells_whole() -> None:
    sentence = "Peter Mutua of the Lake Basin Development Authority (LBDA) met Mr Ouma."

    assert told_whole(sentence, "en") == {"mutua", "LBDA", "basin", "development", "authority"}
