"""A line that opens a list is never printed without it, nor an item without the line."""

from __future__ import annotations

import pytest

from digest.model import Article, BlurbBudget, CanonicalUrl, Passage, SourceKey
from digest.summaries.extractive import lead

BUDGET = BlurbBudget(3, 60)


def blurb(*paragraphs: str, language: str = "en") -> str:
    url = CanonicalUrl("https://harbor.example/a")
    told = Article(SourceKey("s"), url, "Tarn", passages=(Passage(paragraphs),), language=language)
    return " ".join(one.text for one in lead(told, BUDGET))


@pytest.mark.parametrize(
    ("language", "paragraphs", "kept"),
    [
        (
            "en",
            ("The march begins at noon on Saturday in Tarn. Bring:", "water for the day", "a hat"),
            "The march begins at noon on Saturday in Tarn.",
        ),
        (
            "en",
            (
                "The council met for nine hours on Monday.",
                "Three rules change, it said:",
                "Ferries sail twice.",
            ),
            "The council met for nine hours on Monday.",
        ),
        (
            "de",
            ("Der Umzug beginnt am Samstag um zwölf am Hafen. Bitte mitbringen:", "Wasser", "einen Hut"),
            "Der Umzug beginnt am Samstag um zwölf am Hafen.",
        ),
        (
            "fr",
            ("La marche commence samedi à midi au port. À emporter :", "de l’eau", "un chapeau"),
            "La marche commence samedi à midi au port.",
        ),
        (
            "es",
            ("La marcha sale el sábado a las doce. Lleve:", "agua"),
            "La marcha sale el sábado a las doce.",
        ),
        (
            "ja",
            ("行進は土曜の正午に港から始まる。持ち物：", "水", "帽子"),
            "行進は土曜の正午に港から始まる。",
        ),
    ],
    ids=["en", "en-sentences", "de", "fr", "es", "ja"],
)
def test_a_list_stays_out_with_its_opening(language: str, paragraphs: tuple[str, ...], kept: str) -> None:
    assert blurb(*paragraphs, language=language) == kept


def test_what_follows_a_list_is_told() -> None:
    after = "The town hopes for a thousand guests from the whole valley of Evia."

    assert blurb("Bring these things:", "water", "a hat", after) == after


def test_a_speaker_before_a_quotation_stays_with_it() -> None:
    found = blurb("The mayor told the council on Monday:", "“The harbor opens in May and stays open.”")

    assert "opens in May" not in found or "mayor told" in found
