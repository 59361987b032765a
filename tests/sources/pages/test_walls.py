"""What stands in an article's place under its own title, in many languages, is not taken for it."""

# ruff: noqa: E501  # texts of pages as they are
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.sources.pages.test_doubts import TOLD, article, doubt, page

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "walls.tsv").read_text(encoding="utf-8").splitlines()
]
TITLE, LEAD, MORE = TOLD["en"]
PERKS = "Enjoy newsletters, podcasts, games, recipes and the archive since 1890 on every device. " * 8


def of(kind: str) -> list[str]:
    return [text for named, text in ROWS if named == kind]


@pytest.mark.parametrize("text", of("wall") + of("consent"), ids=str)
def test_a_wall_under_the_article_s_title_is_no_article(text: str) -> None:
    assert doubt(page(TITLE, text, text), replace(article(), summary=""))


@pytest.mark.parametrize("offer", of("offer"), ids=str)
def test_a_lead_above_an_offer_is_no_article(offer: str) -> None:
    assert doubt(page(TITLE, LEAD, offer, PERKS, PERKS))


@pytest.mark.parametrize(
    "text",
    [
        "The company's captcha was beaten by a program in four seconds, researchers of Tarn said on Monday.",
        "The court said that the site must ask for consent before it sets cookies, and fined it two million.",
        "Die Seite muss um Zustimmung bitten, bevor sie Cookies setzt, entschied das Gericht am Montag.",
        "Login data of 4,000 users were stolen, police said; they should change their passwords.",
        "The page was not found in the archive until 1998, when a student opened the wrong box.",
        "The article was removed by the editor after the minister complained, the paper admitted.",
        "Dieser Artikel des Grundgesetzes ist nicht verhandelbar, sagte die Richterin.",
        "Hackers sent a message: your request has been blocked, pay two coins.",
    ],
    ids=str,
)
def test_an_article_that_speaks_of_walls_is_taken(text: str) -> None:
    assert doubt(page(TITLE, LEAD, text, MORE)) == ""


def test_a_brief_that_says_what_its_title_says_is_taken() -> None:
    assert doubt(page(TITLE, LEAD), replace(article(), summary="")) == ""
