"""Short forms of the whole world end no sentence; short words and names still do."""

from __future__ import annotations

import pytest

from digest.model import BlurbBudget, Story
from digest.summaries.extractive import ExtractiveSummarizer
from digest.summaries.language.sentences import split
from tests.summaries.newsroom import article

TITLES = (
    "Engr Barr Alh Adv Smt Brgy Sta Sto Pst Cllr Bi Bw Dkt Const "
    "Hj Hjh Thiru Hon Insp Supt Prof Rev Capt Gov Atty "
    ""
    "Mohd Cde Ven Bp Ptr Tmt Shri Mdm Mhe Mch Addl Dy Jt Comdr Sub-Insp Maj-Gen Md Abd Ust Mlle Jl Kec"
)
CURRENCIES = "Rs Re KSh KShs TSh USh Sh Shs Rp Tk Php RM Br Bs Gs Frs"


@pytest.mark.parametrize("language", ["en", "fr", "sw", "id", "tl", "hi", "xx", ""])
@pytest.mark.parametrize("title", TITLES.split())
def test_a_title_ends_no_sentence_in_any_language(title: str, language: str) -> None:
    assert len(split(f"He heard that {title}. Ngozi San Roque would chair the port.", language)) == 1


@pytest.mark.parametrize("language", ["en", "sw", "id", "ur"])
@pytest.mark.parametrize("currency", CURRENCIES.split())
def test_a_currency_ends_no_sentence_before_its_sum(currency: str, language: str) -> None:
    assert len(split(f"The port paid {currency}. 500 to each of them.", language)) == 1


OWN = [
    pytest.param("id", "Presiden bertemu Bpk. Hasan di Jl. Merdeka No. 5.|Dia pulang.", id="Indonesian"),
    pytest.param("ms", "Beliau bertemu Dato. Amin di Kg. Baru.|Dia pulang.", id="Malay"),
    pytest.param("tl", "Nakilala niya si Gng. Cruz sa Brgy. San Jose.|Umalis siya.", id="Tagalog"),
    pytest.param("tr", "Bkz. Ankara, Doç. Dr. Kaya 3. katta.|Bu yeni.", id="Turkish"),
    pytest.param("af", "Mnr. Botha en Mev. Nel het gekom.|Die hawe is oop.", id="Afrikaans"),
    pytest.param("pl", "Przy ul. Długiej stoi św. Jan.|To jest 3. Maja.", id="Polish"),
    pytest.param("hi", "आज डॉ. शर्मा आए।|वह चले गए।", id="Hindi"),
    pytest.param("cs", "Přišel p. Novák a Ing. Dvořák.|To je vše.", id="Czech"),
    pytest.param("ro", "Pe str. Lungă stă dl. Popescu.|Acest port e deschis.", id="Romanian"),
    pytest.param("hu", "Itt van özv. Kovács Anna.|A kikötő nyitva van.", id="Hungarian"),
    pytest.param("sv", "Hamnen, bl.a. Kaj 3, är öppen.|Den är ny.", id="Swedish"),
    pytest.param("fi", "Satama avattiin 3. lokakuuta.|Se on uusi.", id="Finnish"),
    pytest.param("el", "Ο κ. Παππάς ήρθε.|Το λιμάνι άνοιξε.", id="Greek"),
    pytest.param("uk", "На вул. Довгій стоїть ім. Франка школа.|Вона нова.", id="Ukrainian"),
]


@pytest.mark.parametrize(("language", "text"), OWN)
def test_languages_with_a_short_table_know_their_own_periods(language: str, text: str) -> None:
    joined = text.replace("|", " ")

    assert [span.of(joined) for span in split(joined, language)] == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "He is in the U.S.|The senator stayed.",
        "“It works,” said Bob.|The crew left.",
        "The ship sailed to Oman.|Kessy stayed.",
        "They met in Rome.|Merkel came late.",
        "It was over by June.|Republicans had won.",
        "The mayor met Amina Bob.|Kessy left.",
        "They asked him: No.|He left.",
        "Everybody loved Zorn.|Kessy, who met Zorn at the pier, left.",
        "It was told by the BBC.|Kessy denied it.",
        "He has a PhD.|Kessy has none.",
    ],
)
def test_a_short_word_or_name_still_ends_its_sentence(text: str) -> None:
    joined = text.replace("|", " ")

    assert [span.of(joined) for span in split(joined, "en")] == text.split("|")


@pytest.mark.parametrize("unknown", ["Crpl", "Mngr", "Zstr", "Obst", "Gdn", "Kmdt", "Varr"])
def test_a_short_large_form_nobody_knows_ends_none_either(unknown: str) -> None:
    assert len(split(f"They said that {unknown}. Kessy would chair the board.", "en")) == 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The flood gates will protect Brgy. San Roque from the river this year.", "Brgy."),
        ("He said that Barr. Ngozi Eze would chair the board of the port.", "Ngozi Eze would"),
        ("Alisema kwamba Dkt. Amina Ali ataongoza bodi ya bandari mwaka huu.", "Amina Ali ataongoza"),
    ],
)
def test_a_claim_never_becomes_a_fact_by_a_period(text: str, wrong: str) -> None:
    language = "sw" if text.startswith("Alisema") else "en"
    found = ExtractiveSummarizer().summarize(
        Story(article(text, title="", language=language)), BlurbBudget(1, 30)
    )

    assert not found.text.startswith(wrong)
    assert not found.text.endswith(wrong)
    assert found.text in {text, ""}
