from __future__ import annotations

import re
from datetime import date

import pytest

from digest.model import Blurb, BlurbSentence
from digest.summaries.grounding import Doubt, DoubtKind, doubts
from digest.summaries.language.numerals import numbers
from tests.summaries.newsroom import FERRY, article

SOURCE = article(*FERRY, published_on=date(2026, 11, 22))


def found(text: str) -> tuple[Doubt, ...]:
    return doubts(Blurb((BlurbSentence(text),), written_by="llm"), (SOURCE,))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The strike stranded 300.000 commuters for 11 days.", id="figures otherwise"),
        pytest.param("Three hundred thousand commuters were stranded.", id="a number in words"),
        pytest.param("Crews of five vessels had been owed overtime since March.", id="month"),
        pytest.param("Ferries crossed on Sunday, 22 November, after the strike.", id="a spelled month"),
        pytest.param("Mrs Said sells tea at the south ramp.", id="a title before a name"),
        pytest.param("'We lost customers every morning,' said Halima Said.", id="other quotation marks"),
    ],
)
def test_what_the_source_says_in_other_form_passes(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        pytest.param("The strike stranded 400,000 commuters.", DoubtKind.NUMBER, "400000", id="number"),
        pytest.param("The port agreed to pay Halima Omar.", DoubtKind.NAME, "Omar", id="name"),
        pytest.param("Ferries crossed on Friday after the strike.", DoubtKind.NAME, "Friday", id="day"),
        pytest.param(
            "“We lost customers every night,” said Halima Said.",
            DoubtKind.QUOTATION,
            "We lost customers every night,",
            id="quotation",
        ),
        pytest.param(
            "Fishermen celebrated wildly beside burning tires.",
            DoubtKind.WORDING,
            "Fishermen celebrated wildly beside burning tires.",
            id="wording",
        ),
    ],
)
def test_what_the_source_does_not_say_is_doubted(text: str, kind: DoubtKind, what: str) -> None:
    assert Doubt(kind, what) in found(text)


def test_a_doubt_reads_as_a_sentence() -> None:
    assert str(Doubt(DoubtKind.NAME, "Omar")) == "This name is not in the source: Omar"


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        pytest.param("1,000", "en", 1000, id="comma"),
        pytest.param("1.000", "de", 1000, id="point"),
        pytest.param("1\u202f000", "fr", 1000, id="narrow space"),
        pytest.param("one thousand", "en", 1000, id="words"),
        pytest.param("1k", "en", 1000, id="suffix"),
        pytest.param("twenty-five", "en", 25, id="tens"),
        pytest.param("two hundred and six", "en", 206, id="hundreds"),
        pytest.param("1.5 million", "en", 1_500_000, id="scale"),
        pytest.param("3,5 Mio", "de", 3_500_000, id="German scale"),
        pytest.param("2 lakh", "en", 200_000, id="lakh"),
        pytest.param("trois", "fr", 3, id="French word"),
        pytest.param("the third", "en", 3, id="ordinal"),
    ],
)
def test_a_number_has_one_value_however_written(text: str, language: str, value: float) -> None:
    assert value in numbers(text, language)


def test_numbers_of_two_sentences_never_join() -> None:
    assert numbers("There were twenty. Five left.", "en") == {20.0, 5.0}


@pytest.mark.parametrize(
    ("language", "source"),
    [
        pytest.param("en", "“The council knew of the theft for years,” said Kessy.", id="English"),
        pytest.param("de", "„Der Rat wusste von dem Diebstahl seit Jahren“, sagte Kessy.", id="German"),
        pytest.param("fr", "« Le conseil savait le vol depuis longtemps », a dit Kessy.", id="French"),
        pytest.param("en", '"The council knew of the theft for years," said Kessy.', id="straight"),
    ],
)
def test_an_unattributed_quotation_is_doubted(language: str, source: str) -> None:
    one = article(source, title="", language=language)
    bare = re.split('[“”„«»"]', source)[1].strip(" ,")

    alone, bare_doubts = (
        doubts(Blurb((BlurbSentence(text),)), (one,)) for text in (f"“{bare}.”", f"{bare}.")
    )

    assert DoubtKind.SPEECH in {doubt.kind for doubt in alone}
    assert DoubtKind.SPEECH in {doubt.kind for doubt in bare_doubts}
    assert doubts(Blurb((BlurbSentence(source),)), (one,)) == ()
