from __future__ import annotations

import pytest

from digest.summaries.candidates import candidates
from digest.summaries.language.dependence import is_balanced, is_weak
from digest.summaries.language.furniture import dateline_end, is_furniture, mend_quotes
from digest.summaries.language.sentences import split
from digest.summaries.trimming import trim
from tests.summaries.newsroom import article


@pytest.mark.parametrize(
    "sentence",
    [
        "Amina Otieno has details.",
        "Amina Otieno has more on the harbor vote.",
        "[Map, tide table and details…]",
        "The port logo is displayed outside the office in Merindi.",
        "To order presentation-ready copies for your colleagues, visit http://reprints.example.",
        "You can view our June tide table here.",
        "Readers may write to tips@gazette.example with what they saw.",
        "A version of this article previously appeared in the evening edition.",
        "Thanks for watching, consider supporting the channel!",
    ],
)
def test_what_is_said_around_the_news_is_no_news(sentence: str) -> None:
    assert is_furniture(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council has more money for the harbor than last year, the mayor said.",
        "The minister said users should not contact users of the old service by phone.",
        "The painting is displayed in the museum until March.",
        "Two emails used in the trial were read out on Monday.",
        "The company reports its figures on Monday.",
    ],
)
def test_news_that_sounds_alike_stays(sentence: str) -> None:
    assert not is_furniture(sentence)


@pytest.mark.parametrize(
    ("paragraph", "rest"),
    [
        pytest.param("MERINDI – The pier opened.", "The pier opened.", id="capitals"),
        pytest.param("Port Merindi (CNN Business)The pier opened.", "The pier opened.", id="agency, glued"),
        pytest.param(
            "QUELL, 22 nov. (EFE) - El puente abre.", "El puente abre.", id="a month in small letters"
        ),
        pytest.param("МЕРИНДИ, 22 нояб. - Мост открыт.", "Мост открыт.", id="Russian"),
        pytest.param("蒙巴萨11月22日电　渡轮恢复通航。", "渡轮恢复通航。", id="Chinese, no agency"),
        pytest.param("[매체=기자 김] 다리가 열렸다.", "다리가 열렸다.", id="Korean byline"),
    ],
)
def test_a_dateline_is_left_out(paragraph: str, rest: str) -> None:
    assert paragraph[dateline_end(paragraph) :] == rest


def test_a_place_and_a_dash_are_a_dateline_only_at_the_article_s_beginning() -> None:
    opening = "Merindi – Several hundred teachers surrounded the town hall on Tuesday to ask for pay."
    scored = "Kessy – Eleven points."

    assert opening[dateline_end(opening, is_first=True) :].startswith("Several")
    assert dateline_end(opening) == 0
    assert dateline_end(scored, is_first=True) == 0


def test_closing_quotes_lost_after_a_period_are_mended_at_the_same_length() -> None:
    broken = 'The chair said, "We will look into it.?? Nobody asked why? He left.'

    mended = mend_quotes(broken)

    assert mended == 'The chair said, "We will look into it."  Nobody asked why? He left.'
    assert len(mended) == len(broken)


def test_space_that_links_left_before_marks_goes() -> None:
    found = candidates(article("Senator Ruth Odello , of Quell , moved the motion on Tuesday ."))

    assert found[0].text == "Senator Ruth Odello, of Quell, moved the motion on Tuesday."


def test_trailing_hashtags_go_and_a_numbered_pier_stays() -> None:
    assert trim("The new ferry sails on Monday. #ferry #Merindi") == "The new ferry sails on Monday."
    assert trim("Ferries of the island leave from #4") == "Ferries of the island leave from #4"


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        ("„Wir brauchen Platz“, sagte sie.", True),
        ("„Wir brauchen Platz, sagte sie.", False),
        ("”Vi behöver plats”, sade hon.", True),
        ("“Only half of it.", False),
    ],
)
def test_quotation_marks_balance_as_their_language_pairs_them(text: str, is_good: bool) -> None:
    assert is_balanced(text) is is_good


def test_a_line_that_begins_small_is_a_fragment_but_a_brand_is_not() -> None:
    assert is_weak("and that was all he said to us.")
    assert is_weak("I sang at the old pier all night.", "en")
    assert not is_weak("I sindacati avevano chiesto 12 assunzioni.", "it")
    assert not is_weak("I Oslo stengte byen fire broer for biler.", "nb")
    assert not is_weak("iPhone sales fell by a third last year.")


@pytest.mark.parametrize(
    ("paragraph", "language", "count"),
    [
        pytest.param("A man threatened U.S. Rep. Ilse Omondi. He pleaded guilty.", "en", 2, id="Rep."),
        pytest.param("The “Stop. Look. Listen.” signs are back. They cost little.", "en", 2, id="a slogan"),
        pytest.param("Es steht in der Hauptstr. 12. Dort wird gebaut.", "de", 2, id="a street's number"),
        pytest.param("Lo ha detto l'ing. Carla Riva. Poi è partita.", "it", 2, id="an elided article"),
        pytest.param("“我们失去客人。”卖茶的人说。船来了。", "zh", 2, id="a speaker after the quotation"),
    ],
)
def test_a_sentence_ends_where_a_reader_says_so(paragraph: str, language: str, count: int) -> None:
    assert len(split(paragraph, language)) == count
