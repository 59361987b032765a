"""Talk whose lines a description has lost is known all the same, and is nobody's news."""

from __future__ import annotations

import pytest

from digest.model import BlurbBudget, Story
from digest.summaries.candidates import candidates
from digest.summaries.extractive import ExtractiveSummarizer
from tests.summaries.newsroom import article

TALK = {
    "Swedish, dashes": (
        "sv",
        "Rådet är kritiskt till beslutet. – Pengarna är borta. Ingen brydde sig, säger Karin Berg.",
        "Rådet är kritiskt till beslutet.",
    ),
    "Spanish, dashes": (
        "es",
        "El puerto abrió el lunes. —El alcalde tomó el dinero. El concejo lo sabía —dijo Pérez.",
        "El puerto abrió el lunes.",
    ),
    "Danish, hyphens": (
        "da",
        "Havnen åbnede i mandags igen. - Pengene er væk. Ingen brød sig om det, siger Hansen.",
        "Havnen åbnede i mandags igen.",
    ),
    "Russian, dashes": (
        "ru",
        "Порт открылся в понедельник. — Мэр взял деньги. Совет знал, — сказал Иванов.",
        "Порт открылся в понедельник.",
    ),
    "English, letters": (
        "en",
        "The port opened on Monday. Q: Who took the money? A: The mayor took it. The council knew.",
        "The port opened on Monday.",
    ),
    "French, names": ("fr", "Le Monde : Qui a pris l’argent ? Dupont : Le maire. Le conseil savait.", ""),
    "German, an address": (
        "de",
        "Herr Meier, wer nahm das Geld? Der Bürgermeister nahm es. Der Rat wusste alles.",
        "",
    ),
    "English, a network's name": (
        "en",
        "RT @kessy: The mayor took the money. The council knew all of it.",
        "RT @kessy: The mayor took the money.",
    ),
}
OWN = {
    "a place and a dash": ("de", "KAIRO. – Der Hafen öffnete am Montag. Der Rat stimmte zu.", 2),
    "an agency and a dash": (
        "de",
        "Berlin (dpa/mb). – Der Hafen öffnete am Montag. Der Rat stimmte zu.",
        3,
    ),
    "a dash within": ("en", "The port opened – the first time in years. The council agreed – at last.", 2),
    "facts by label": ("en", "Place: The old quay, Mombasa. Entry: Two coins for each adult person.", 2),
    "a rhetorical question": (
        "en",
        "Who pays for the new port? The council decided on Monday to do so.",
        2,
    ),
}


@pytest.mark.parametrize(("language", "text", "printed"), TALK.values(), ids=TALK)
def test_talk_in_one_line_is_not_the_paper_s_own(language: str, text: str, printed: str) -> None:
    told = article(title="", language=language, summary=text)

    assert " ".join(one.text for one in candidates(told)) == printed


@pytest.mark.parametrize(("language", "text", "kept"), OWN.values(), ids=OWN)
def test_what_only_looks_like_talk_stays(language: str, text: str, kept: int) -> None:
    assert len(candidates(article(title="", language=language, summary=text))) == kept


def test_what_the_body_shows_to_be_talk_is_not_taken_from_a_summary_made_of_it() -> None:
    turns = (
        "Times: Who took the money?",
        "Kessy: The mayor. The council knew for years.",
        "Times: And you?",
    )
    told = article(*turns, title="", summary=" ".join(turns))

    assert ExtractiveSummarizer().summarize(Story(told), BlurbBudget(3, 60)).text == ""
