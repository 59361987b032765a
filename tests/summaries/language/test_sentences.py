from __future__ import annotations

import itertools
import json
import re

import pysbd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.summaries.language.abbreviations import KNOWN
from digest.summaries.language.sentences import split
from tests.outside_data import only_with, outside

STORIES = "data/blurbs/multinews.jsonl"


def pieces(text: str, language: str = "en") -> list[str]:
    return [span.of(text) for span in split(text, language)]


# Each case writes its sentences apart by "|": the rule categories of the English golden rules, in
# our own words.
ENGLISH = [
    pytest.param("The tide turned. | Boats left the quay.", id="period"),
    pytest.param("Who owns the quay? | The city does.", id="question"),
    pytest.param("There it goes! | Nobody saw the second one.", id="exclamation"),
    pytest.param("The pilot was Amina K. Yusuf of Lamu.", id="initial"),
    pytest.param("The tariff is printed on p. 12 of the notice.", id="lower-case abbreviation"),
    pytest.param("Were Omondi and co. on board?", id="two letters in a sentence"),
    pytest.param("The yard was sold to Mwangi, Patel & Co. at noon.", id="company in a sentence"),
    pytest.param("Ask Omondi and co. | They were on board.", id="two letters at an end"),
    pytest.param(
        "The yard went to Mwangi, Patel & Co. | It had been empty for years.", id="company at an end"
    ),
    pytest.param("From the deck we saw Mt. Kenya.", id="before a name"),
    pytest.param("St. Jude's stands on 3rd st. near the market.", id="saint and street"),
    pytest.param("The boat is Harold Jr.'s pride.", id="possessive abbreviation"),
    pytest.param("The crew had never seen the U.S.A. before.", id="dotted in a sentence"),
    pytest.param("She trades with the E.U. | What does he trade?", id="dotted at an end, question"),
    pytest.param("He flew to the U.S. | Why did he return?", id="dotted at an end"),
    pytest.param("The mast came from the U.S. Navy yard.", id="dotted before a name"),
    pytest.param("They fished off the U.S. for nine years.", id="dotted before lower case"),
    pytest.param(
        "At 6 a.m. Mrs. Otieno opened the gate. | The queue moved by 7 a.m. | It was gone by 8.", id="clock"
    ),
    pytest.param("A mango costs $1.20 in the market.", id="price"),
    pytest.param("A mango costs $1.20. | It was ten cents in May.", id="price at an end"),
    pytest.param("He mends nets (He learned it in Kilifi.) at the old pier.", id="parenthesis inside"),
    pytest.param("Write to Amina.Yusuf@harbour.example. | She answers on Mondays.", id="address"),
    pytest.param("Read https://harbour.example/v1.2/tides.html. | It is updated hourly.", id="link"),
    pytest.param("He looked up, 'It is late.' he said.", id="single quotes inside"),
    pytest.param('He looked up, "It is late." he said.', id="double quotes inside"),
    pytest.param("He looked up, “It is late.” he said.", id="curly quotes inside"),
    pytest.param('He looked up, "It is late." | He closed the shutters.', id="double quotes at an end"),
    pytest.param("He looked up, “It is late.” | He closed the shutters.", id="curly quotes at an end"),
    pytest.param("Land!! | Everyone came on deck.", id="double exclamation"),
    pytest.param("Again?? | Who rang?", id="double question"),
    pytest.param("What!? | Is that ours?", id="exclamation and question"),
    pytest.param("What?! | Is that ours?", id="question and exclamation"),
    pytest.param("1.) Check the ropes | 2.) Check the lamps", id="list 1.)"),
    pytest.param("1.) Check the ropes. | 2.) Check the lamps.", id="list 1.) with periods"),
    pytest.param("1) Check the ropes | 2) Check the lamps", id="list 1)"),
    pytest.param("1) Check the ropes. | 2) Check the lamps.", id="list 1) with periods"),
    pytest.param("1. Check the ropes | 2. Check the lamps", id="list 1."),
    pytest.param("1. Check the ropes. | 2. Check the lamps.", id="list 1. with periods"),
    pytest.param("• 4. Check the ropes | • 5. Check the lamps", id="bullets with numbers"),
    pytest.param("⁃4. Check the ropes | ⁃5. Check the lamps", id="dashes with numbers"),
    pytest.param("a. Check the ropes | b. Check the lamps | c. Check the well", id="list of letters"),
    pytest.param("The wreck is at N°. 88.104.7. | Divers go there in June.", id="coordinates"),
    pytest.param("She reads Yahoo! on the night ferry.", id="a name with a mark"),
    pytest.param("We are the crew, she and I. | Did anyone meet Peter I. Otieno?", id="the pronoun I"),
    pytest.param("He wrote that “the sea forgives nothing. . . .”", id="ellipsis and quote at the end"),
    pytest.param("“Baraka [...] returned to the quay [...]” (Njoroge 12).", id="bracketed ellipsis"),
    pytest.param(
        "End a cut quotation with a period . . . . | Begin the next one here.", id="four spaced dots"
    ),
    pytest.param("I never wanted this.... | She left the pier.", id="four dots"),
    pytest.param(
        "I was not ... sure what I saw . . . what it was, the light . . . I never asked.", id="pauses"
    ),
    pytest.param(
        "A custom that had faded . . . was that of whistling. . . . | The crew kept quiet.",
        id="spaced dots",
    ),
]


@pytest.mark.parametrize("marked", ENGLISH)
def test_english_rule(marked: str) -> None:
    expected = marked.split(" | ")

    assert pieces(" ".join(expected)) == expected


def test_english_without_spaces() -> None:
    text = "The boat is back.Nobody was hurt.Mr. Kamau sold 1,000.That was a record."

    assert pieces(text) == [
        "The boat is back.",
        "Nobody was hurt.",
        "Mr. Kamau sold 1,000.",
        "That was a record.",
    ]


LANGUAGES = [
    pytest.param("fr", "M. Diallo a vu le Dr. Ba. | Il était 8 h. | La mer, etc., était calme.", id="fr"),
    pytest.param("fr", "« Où est le port ? » demande Mme. Sy. | Personne ne répond.", id="fr quotes"),
    pytest.param(
        "de", "Am 3. Oktober kam Dr. Weiß z. B. nach Kiel. | Der Hafen war leer.", id="de ordinal"
    ),
    pytest.param("de", "Das war 2019. | Danach stieg der Preis auf 3,5 Mio. Euro.", id="de year"),
    pytest.param(
        "es", "El Sr. Ruiz vive en EE. UU. desde mayo. | ¿Por qué volvió? | Nadie lo sabe.", id="es"
    ),
    pytest.param("pt", "A Sra. Lima chegou às 8 h. | O Dr. Sá saiu. | «É tarde», disse ele.", id="pt"),
    pytest.param(
        "it", "Il sig. Rossi e la dott.ssa Bianchi sono qui. | La nave, ecc., era vuota.", id="it"
    ),
    pytest.param("nl", "Dhr. De Vries woont o.a. in Gent. | Het regent. | Mevr. Smit niet.", id="nl"),
    pytest.param(
        "sw", "Bw. Otieno na Dkt. Amina walifika saa 2. | Walisema n.k. | Hakuna aliyejibu.", id="sw"
    ),
    pytest.param("ar", "وصل د. أحمد إلى الميناء. | هل رأيت السفينة؟ | لم يرها أحد.", id="ar"),
    pytest.param("ru", "В 2019 г. А. С. Иванов и др. прибыли в порт. | Он был пуст. | Почему?", id="ru"),
    pytest.param("zh", "港口空了。|你看到船了吗？|我们看了《走吧！海》。", id="zh"),
    pytest.param("ja", "船が出た。|「遅い。」と彼は言った。|いつ戻るのか？", id="ja"),
]


@pytest.mark.parametrize(("language", "marked"), LANGUAGES)
def test_each_language_knows_its_own_periods(language: str, marked: str) -> None:
    expected = marked.split("|") if language in {"zh", "ja"} else marked.split(" | ")

    assert pieces(("" if language in {"zh", "ja"} else " ").join(expected), language) == expected


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text(st.sampled_from("ab A.!?\"'”“…。」 1é\n•)(")), st.sampled_from(KNOWN))
def test_sentences_cover_all_but_white_space_in_order(text: str, language: str) -> None:
    spans = split(text, language)

    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


PLAIN = [
    pytest.param("en", "Dr. Otieno came at noon. Nobody met him. Was he late?", id="en"),
    pytest.param("fr", "Le bateau est parti. Personne ne l'a vu. Pourquoi ?", id="fr"),
    pytest.param("de", "Das Schiff ist fort. Niemand hat es gesehen. Warum?", id="de"),
    pytest.param("es", "El barco salió. Nadie lo vio. ¿Por qué?", id="es"),
    pytest.param("it", "La nave è partita. Nessuno la vide. Perché?", id="it"),
    pytest.param("nl", "Het schip is weg. Niemand zag het. Waarom?", id="nl"),
    pytest.param("ru", "Корабль ушёл. Никто его не видел. Почему?", id="ru"),
    pytest.param("ar", "رحلت السفينة. لم يرها أحد. لماذا؟", id="ar"),
    pytest.param("zh", "船走了。没有人看见。为什么？", id="zh"),
    pytest.param("ja", "船が出た。誰も見なかった。なぜか？", id="ja"),
]


@pytest.mark.parametrize(("language", "text"), PLAIN)
def test_plain_sentences_are_those_of_pysbd(language: str, text: str) -> None:
    theirs = pysbd.Segmenter(language=language, clean=False).segment(text)

    assert pieces(text, language) == [piece.strip() for piece in theirs]


@only_with(STORIES)
def test_paragraph_ends_are_found_in_joined_paragraphs() -> None:
    found = total = 0
    for line in outside(STORIES).read_text("utf-8").splitlines():
        for text in json.loads(line)["text"]:
            paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
            for one, other in itertools.pairwise(paragraphs):
                if not re.search(r"[.!?][\"'”’)]*$", one) or not re.match(r"[\"“‘(]?[A-Z0-9]", other):
                    continue
                total += 1
                ends = {span.end for span in split(f"{one} {other}", "en")}
                found += bool(ends & {len(one), len(one) - 1})

    assert found / total >= 0.999
