"""A sentence that points back never stands without what it points to, in any language."""

from __future__ import annotations

import pytest

from digest.model import BlurbBudget, Story
from digest.summaries.candidates import candidates
from digest.summaries.extractive import ExtractiveSummarizer
from digest.summaries.language.dependence import leans_back
from digest.summaries.language.detecting import language_of
from tests.summaries.language.tongues import TEXTS, Text
from tests.summaries.newsroom import article

LEANING = [
    ("fr", "C’est ce qu’a dit le maire de la ville lundi."),
    ("fr", "C'est ainsi que le port a fermé."),
    ("fr", "D’où la colère des pêcheurs."),
    ("fr", "Qu’il reste ou non, le port ferme."),
    ("fr", "En effet, le port a fermé lundi."),
    ("es", "Por eso el puerto cerró el lunes."),
    ("es", "En cambio, el alcalde se fue."),
    ("de", "Daran hatte der Rat keinen Zweifel."),
    ("de", "Deswegen schloss der Hafen am Montag."),
    ("en", "Which is why the port closed on Monday."),
    ("en", "First, the port must close its gates."),
    ("en", "Even if the port closes, ships will come."),
    ("en", "As a result, the port closed on Monday."),
    ("en", "Because of this the port closed."),
    ("pt", "Por isso o porto fechou na segunda."),
    ("it", "Per questo il porto ha chiuso lunedì."),
    ("nl", "Om die reden ging de haven dicht."),
    ("pl", "Dlatego port zamknięto w poniedziałek."),
    ("sv", "Därför stängdes hamnen i måndags."),
    ("fi", "Siksi satama suljettiin maanantaina."),
    ("tr", "Bu nedenle liman pazartesi kapandı."),
    ("tr", "Bunun üzerine liman kapandı."),
    ("hi", "इसलिए बंदरगाह सोमवार को बंद रहा।"),
    ("hi", "इसके बाद बंदरगाह बंद रहा।"),
    ("id", "Oleh karena itu pelabuhan ditutup."),
    ("id", "Hal itu membuat pelabuhan ditutup."),
    ("ru", "Из-за этого порт закрылся в понедельник."),
    ("ar", "لذلك أغلق الميناء يوم الاثنين."),
    ("sw", "Kwa hivyo bandari ilifungwa Jumatatu."),
]
ALONE = [
    ("en", "Even the mayor came to the port on Monday."),
    ("en", "The first ship came to the port on Monday."),
    ("fr", "Le maire de la ville a fermé le port lundi."),
    ("de", "Der Hafen von Kiel schloss am Montag."),
    ("es", "Los pescadores cerraron el puerto el lunes."),
    ("pl", "Burmistrz zamknął port w poniedziałek."),
    ("tr", "Liman pazartesi günü yeniden kapandı."),
    ("id", "Pelabuhan ditutup pada hari Senin."),
]


@pytest.mark.parametrize(("language", "sentence"), LEANING)
def test_what_points_back_is_known(language: str, sentence: str) -> None:
    assert leans_back(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), ALONE)
def test_what_stands_alone_is_not_taken_for_it(language: str, sentence: str) -> None:
    assert not leans_back(sentence, language)


@pytest.mark.parametrize("claimed", ["en", "", "xx", "en-US"])
@pytest.mark.parametrize("text", [pytest.param(text, id=text.language) for text in TEXTS])
def test_a_wrong_language_tag_switches_no_list_off(text: Text, claimed: str) -> None:
    assert language_of(text.article.paragraphs, claimed) == text.language


@pytest.mark.parametrize("text", [pytest.param(text, id=text.language) for text in TEXTS])
def test_a_right_tag_is_believed(text: Text) -> None:
    assert language_of(text.article.paragraphs, f"{text.language}-XX") == f"{text.language}-XX"


def test_a_french_page_that_says_it_is_english_is_read_as_french() -> None:
    text = (
        "Le maire de la ville et les élus du conseil ont voté pour la fermeture du port. "
        "C’est ce que les pêcheurs ne veulent pas dans la région."
    )

    assert [one.leans for one in candidates(article(text, title="", language="en"))] == [False, True]


@pytest.mark.parametrize(("language", "sentence"), LEANING)
def test_no_blurb_opens_with_what_points_back(language: str, sentence: str) -> None:
    fitting = "Kessy Otieno 12345 67 89 1011."
    too_long = " ".join(["Otieno"] * 40) + "."
    told = article(too_long, sentence, fitting, title="", language=language)

    blurb = ExtractiveSummarizer().summarize(Story(told), BlurbBudget(3, 12))

    assert sentence not in blurb.text
