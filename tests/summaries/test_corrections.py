"""A paper's corrections repeat its mistakes: no blurb prints them as news."""

from __future__ import annotations

import pytest

from digest.summaries.candidates import candidates
from tests.summaries.newsroom import article

NEWS = {
    "en": "The port opened on Monday.",
    "de": "Der Hafen öffnete am Montag.",
    "fr": "Le port a rouvert lundi.",
    "es": "El puerto abrió el lunes.",
    "pt": "O porto abriu na segunda-feira.",
    "sv": "Hamnen öppnade i måndags.",
    "pl": "Port otwarto w poniedziałek.",
    "ru": "Порт открылся в понедельник.",
    "ja": "港は月曜日の朝に大雨の後で再び開いた。",
    "ar": "افتتح الميناء يوم الاثنين بعد العاصفة.",
}
CORRECTIONS = {
    "English, dated": (
        "en",
        "Correction, March 4: An earlier version of this article said the mayor took it. The council did.",
    ),
    "English, in brackets": (
        "en",
        "(This story has been corrected to say that the mayor did not take it.)",
    ),
    "English, without a label": ("en", "An earlier version of this report misstated who took the money."),
    "English, an editor's": ("en", "Editor’s note: The mayor did not take it. A previous version said so."),
    "German": (
        "de",
        "Anmerkung der Redaktion: In einer früheren Version hieß es, Meier nahm es. Das ist falsch.",
    ),
    "French": (
        "fr",
        "Erratum : une version précédente indiquait que le maire a pris l’argent. C’est faux.",
    ),
    "Spanish": ("es", "Fe de errores: En una versión anterior se decía que lo tomó el alcalde."),
    "Portuguese": ("pt", "Diferentemente do que foi publicado, o prefeito não pegou o dinheiro."),
    "Swedish": ("sv", "Rättelse: I en tidigare version stod att borgmästaren tog pengarna i våras."),
    "Polish": ("pl", "Sprostowanie: We wcześniejszej wersji napisaliśmy, że burmistrz zabrał pieniądze."),
    "Russian": ("ru", "Исправление: в предыдущей версии говорилось, что мэр взял деньги. Это был совет."),
    "Japanese": ("ja", "【訂正】当初の記事で市長が金を取ったとしましたが、誤りでした。議会が取りました。"),
    "Arabic": ("ar", "تصحيح: ذكرت نسخة سابقة أن العمدة أخذ المال. المجلس هو من أخذه."),
}


@pytest.mark.parametrize(("language", "text"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_a_correction_is_not_printed_as_news(language: str, text: str) -> None:
    apart = article(NEWS[language], text, title="", language=language)
    joined = article(title="", language=language, summary=f"{NEWS[language]} {text}")

    assert [one.text for one in candidates(apart)] == [NEWS[language]]
    assert [one.text for one in candidates(joined)] == [NEWS[language]]


def test_a_passage_under_such_a_heading_is_none_either() -> None:
    from digest.model import Passage

    told = article(NEWS["en"], title="")
    passages = (*told.passages, Passage(("The mayor did not take it. We said so.",), heading="Correction"))

    assert [one.text for one in candidates(article(title="", passages=passages))] == [NEWS["en"]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("An earlier version of the bill was rejected in the spring.", id="of a law"),
        pytest.param("The correction of the course took the ship two days.", id="of a course"),
        pytest.param("Opel shows the first version of the car in Paris.", id="of a car"),
    ],
)
def test_news_of_versions_and_corrections_is_news(text: str) -> None:
    assert [one.text for one in candidates(article(text, title=""))] == [text]
