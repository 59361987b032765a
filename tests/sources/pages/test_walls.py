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
        "Cloudflare's outage took a third of the country's news sites off the net for two hours on Monday, the regulator said.",
        "The regulator fined the company for making it harder to reject cookies than to accept them, and gave it three months.",
        "The water works will shut the northern main for maintenance from Monday, and six streets will be dry until Friday.",
        "Wegen Wartungsarbeiten bleibt der Tunnel bis Freitag gesperrt, teilte die Stadt am Montag mit.",
        "Le pont est fermé pour maintenance jusqu'à vendredi, a annoncé la mairie de Tarn.",
        "The library gives children a free account to read on, and 400 have signed up since May.",
        "He forgot his password, and with it two hundred million in coins, the court heard on Tuesday.",
        "The app was downloaded a million times before the ministry took it off the store, officials said.",
        "El ayuntamiento cerró la página por mantenimiento tras el ataque, y 300 vecinos no pudieron pagar.",
        "Die Zeitung hat erstmals mehr als hunderttausend Abonnenten im Netz, wie der Verlag am Montag mitteilte.",
        "Сайт министерства был недоступен шесть часов после атаки, сообщила пресс-служба в понедельник.",
        "The paper's readers may read ten articles a month without paying, its editor said; the eleventh costs a coin.",
        "Hackers sent a message: your request has been blocked, pay two coins.",
    ],
    ids=str,
)
def test_an_article_that_speaks_of_walls_is_taken(text: str) -> None:
    assert doubt(page(TITLE, LEAD, text, MORE)) == ""


def test_a_brief_that_says_what_its_title_says_is_taken() -> None:
    assert doubt(page(TITLE, LEAD), replace(article(), summary="")) == ""


STAND_INS = [
    line.split("\t")
    for line in Path(__file__).with_name("stand_ins.tsv").read_text(encoding="utf-8").splitlines()
]
STORIES = {row[1]: (row[2], row[3]) for row in STAND_INS if row[0] == "story"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param(language, text, id=f"{language} {kind} {number}")
        for number, (is_a, language, kind, text) in enumerate(STAND_INS)
        if is_a == "wall"
    ],
)
@pytest.mark.parametrize("form", ["its title", "its description", "many words", "the site's name"])
def test_what_stands_in_an_article_s_place_is_told(language: str, text: str, form: str) -> None:
    title, summary = STORIES[language]
    known = replace(article(), title=title, summary="" if form == "its title" else summary)
    head = f"<meta name='description' content='{summary}'>" if form == "its description" else ""
    texts = [text] * 5 if form == "many words" else [text]

    assert doubt(page("Harbor Daily" if form == "the site's name" else title, *texts, head=head), known)


@pytest.mark.parametrize(
    ("title", "summary", "text"), [tuple(row[1:]) for row in STAND_INS if row[0] == "article"]
)
@pytest.mark.parametrize("has_summary", [True, False])
def test_a_short_article_about_such_things_is_taken(
    title: str, summary: str, text: str, has_summary: bool
) -> None:
    known = replace(article(), title=title, summary=summary if has_summary else "")

    assert doubt(page(title, text), known) == ""
