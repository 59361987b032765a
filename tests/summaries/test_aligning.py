"""A model's statement is held against one source sentence: who did what to whom."""

from __future__ import annotations

import pytest

from digest.summaries.aligning import unsupported

GOVERNOR = "The governor accused the mayor of taking money from the port on Monday."
TRUE = [
    pytest.param("en", GOVERNOR, "The governor accused the mayor of taking money.", id="shortened"),
    pytest.param(
        "en", GOVERNOR, "On Monday the governor accused the mayor of taking money.", id="time moved"
    ),
    pytest.param(
        "de",
        "Der Bürgermeister beschuldigte den Gouverneur am Montag im Rat.",
        "Der Bürgermeister beschuldigte den Gouverneur.",
        id="German",
    ),
    pytest.param(
        "fr", "Le maire a accusé lundi le préfet de fraude.", "Le maire a accusé le préfet.", id="French"
    ),
    pytest.param("ru", "Мэр обвинил губернатора в понедельник.", "Мэр обвинил губернатора.", id="Russian"),
    pytest.param("ja", "月曜日、市長が知事を訴えた。", "市長が知事を訴えた。", id="Japanese"),
    pytest.param(
        "en", "Police did not arrest Kessy on Monday.", "Police did not arrest Kessy.", id="denied in both"
    ),
    pytest.param(
        "en",
        "The port will reopen, Kessy said.",
        "The port will reopen, Kessy said.",
        id="with its speaker",
    ),
]
UNTRUE = [
    pytest.param("en", GOVERNOR, "The mayor accused the governor of taking money.", id="swapped"),
    pytest.param("en", GOVERNOR, "The governor was accused by the mayor.", id="passive"),
    pytest.param("en", GOVERNOR, "The mayor took money from the port.", id="a charge as a fact"),
    pytest.param("en", GOVERNOR, "Kessy accused the mayor of taking money.", id="another subject"),
    pytest.param("en", "Kessy was sued on Monday.", "Kessy sued on Monday.", id="sufferer as doer"),
    pytest.param(
        "en", "Crews moved from Nairobi to Mombasa.", "Crews moved to Nairobi from Mombasa.", id="direction"
    ),
    pytest.param("en", "Police did not arrest Kessy.", "Police did arrest Kessy.", id="denial lost"),
    pytest.param("en", "Police may arrest Kessy soon.", "Police arrest Kessy soon.", id="hedge lost"),
    pytest.param("en", "The port will reopen, Kessy said.", "The port will reopen.", id="speaker lost"),
    pytest.param("en", "Two of five vessels wait.", "Four of five vessels wait.", id="number"),
    pytest.param(
        "de",
        "Der Bürgermeister beschuldigte den Gouverneur am Montag.",
        "Den Bürgermeister beschuldigte der Gouverneur.",
        id="German cases",
    ),
    pytest.param("ru", "Мэр обвинил губернатора.", "Мэра обвинил губернатор.", id="Russian cases"),
    pytest.param("fr", "Le maire a accusé le préfet.", "Le préfet a accusé le maire.", id="French"),
    pytest.param("es", "El alcalde no acusó al juez.", "El alcalde acusó al juez.", id="Spanish denial"),
    pytest.param(
        "sw", "Meya alimshtaki gavana mahakamani.", "Gavana alimshtaki meya mahakamani.", id="Swahili"
    ),
    pytest.param("ja", "市長が知事を訴えた。", "知事が市長を訴えた。", id="Japanese"),
]


@pytest.mark.parametrize(("language", "source", "statement"), TRUE)
def test_a_shorter_form_of_one_sentence_passes(language: str, source: str, statement: str) -> None:
    assert unsupported(statement, source, language) == ""


@pytest.mark.parametrize(("language", "source", "statement"), UNTRUE)
def test_what_the_sentence_does_not_say_is_refused(language: str, source: str, statement: str) -> None:
    assert unsupported(statement, source, language)
