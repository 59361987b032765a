from __future__ import annotations

import pytest

from digest.summaries.trimming import trim

LONG = "that carried tea, maize, cement and two elderly camels from the old port to the islands on Sunday"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("However, the port stayed shut.", "The port stayed shut.", id="connective"),
        pytest.param("But the port stayed shut.", "The port stayed shut.", id="conjunction"),
        pytest.param("The boat (pictured above) sank at noon.", "The boat sank at noon.", id="picture"),
        pytest.param(
            f"Juma Ali, who is 39, said the dhow {LONG} had sunk.",
            f"Juma Ali said the dhow {LONG} had sunk.",
            id="aside in a long sentence",
        ),
        pytest.param(
            f"The Kenya Ports Authority (KPA) said the dhow {LONG} had sunk in calm water.",
            f"The Kenya Ports Authority said the dhow {LONG} had sunk in calm water.",
            id="acronym in a long sentence",
        ),
    ],
)
def test_what_carries_no_fact_goes(sentence: str, expected: str) -> None:
    assert trim(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The port is open, according to its owner.", id="attribution"),
        pytest.param("The port opens on Monday, if the weather holds.", id="condition"),
        pytest.param("The port is not, as claimed, open.", id="negation"),
        pytest.param("Juma Ali, who is 39, said so.", id="aside in a short sentence"),
        pytest.param(
            f"Juma Ali, who never owned it, said the dhow {LONG} had sunk.", id="aside that denies"
        ),
        pytest.param(
            f"In Lamu, which he left in May, Juma said the dhow {LONG} sank.", id="aside after a place"
        ),
        pytest.param("Butter was scarce.", id="a word that begins like one"),
        pytest.param("The crew (three of them) swam.", id="a number in brackets"),
    ],
)
def test_what_carries_meaning_stays(sentence: str) -> None:
    assert trim(sentence) == sentence


@pytest.mark.parametrize(
    ("name", "short"),
    [("Kenya Ports Authority", "KPA"), ("Autorité des ports du Kenya", "APK"), ("Hafenbehörde Ost", "HBO")],
)
def test_a_short_form_stays_where_another_sentence_needs_it(name: str, short: str) -> None:
    sentence = f"The {name} ({short}) " + "told the crews of the ferries at the ramp " * 4 + "to go on."

    assert f"({short})" in trim(sentence, f"{sentence} Later {short} paid.")
    assert f"({short})" not in trim(sentence, sentence)
