"""Words are found in every language by what people type, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article, CanonicalUrl, Passage, SourceKey
from digest.storage.records import stored
from digest.storage.searching.keeping import article_row, row_of
from digest.storage.searching.spellings import MOST_WAYS
from digest.storage.searching.words import LONGEST_TOKEN, MOST_TOKENS, MOST_WORDS, sought, tokens_of
from tests.storage.searching.asked import CASES

TEXTS = [
    pytest.param("The ferry runs until midnight", "FERRY midn", True, id="capitals and a beginning"),
    pytest.param("The ferry runs until midnight", "erry", False, id="no middle of a word"),
    pytest.param("The ferry runs", "ferries", False, id="no stem is guessed"),
    pytest.param("École fermée", "ecole", True, id="an accent left out"),
    pytest.param("Ecole fermee", "école", True, id="an accent too many"),
    pytest.param("Straße gesperrt", "strasse", True, id="a sharp s"),
    pytest.param("Übermorgen", "ubermorgen", True, id="an umlaut"),
    pytest.param("İstanbul'da ısı", "istanbul isi", True, id="turkish letters"),
    pytest.param("Łódź Ærø", "lodz aero", True, id="letters that come apart in no other way"),
    pytest.param("l’école d'été", "ete", True, id="behind an apostrophe"),
    pytest.param("covid-19 spreads", "covid-19", True, id="a hyphen"),
    pytest.param("covid spreads, 19 died", "covid-19", False, id="parts that stand apart"),
    pytest.param("हिन्दी में समाचार", "हिन्दी", True, id="vowel signs"),
    pytest.param("हिन्दी में समाचार", "हिन्द", True, id="the beginning of a word with signs"),
    pytest.param("أعلنت الحكومة", "اعلنت", True, id="a hamza left out"),
    pytest.param("كِتَابٌ", "كتاب", True, id="vowel marks"),
    pytest.param("مدرسة", "مدرسه", True, id="two ways to end a word"),
    pytest.param("گزارش یک کتاب", "كتاب", True, id="persian letters typed on an arabic keyboard"),
    pytest.param("שָׁלוֹם", "שלום", True, id="hebrew points"),
    pytest.param("Привет, ёжик", "ежик", True, id="cyrillic"),
    pytest.param("Ελλάδα", "ελλαδα", True, id="greek"),
    pytest.param("東京都の天気は晴れ", "天気", True, id="two signs in the middle"),
    pytest.param("東京都の天気は晴れ", "都", True, id="one sign"),
    pytest.param("東京都の天気は晴れ", "れ", True, id="the last sign"),
    pytest.param("東京都の天気は晴れ", "京天", False, id="signs that stand apart"),
    pytest.param("東京の都", "東都", False, id="pairs that are not there"),
    pytest.param("ﾄｳｷｮｳ ＡＢＣ", "トウキョウ abc", True, id="half and full width"),
    pytest.param("新しいiPhoneを発売", "iphone 発売", True, id="two scripts in one word"),
    pytest.param("ข่าววันนี้ในกรุงเทพ", "วันนี้", True, id="thai"),
    pytest.param("ព័ត៌មានថ្មី", "ថ្មី", True, id="khmer"),
    pytest.param("서울시는 오늘", "서울", True, id="korean"),
    pytest.param("서울시는 오늘", "서울시", True, id="korean, apart"),
    pytest.param("٢٠٢٦ سنة", "2026", True, id="other digits"),
    pytest.param("co\u00adoperate", "cooperate", True, id="a hyphen nobody sees"),
    pytest.param("snake_case", "case", True, id="an underscore parts words"),
    pytest.param("a lone \ud800 half", "half", True, id="half a sign"),
]


@pytest.mark.parametrize(("text", "wanted", "is_there"), TEXTS)
def test_a_text_is_found_by_what_people_type(text: str, wanted: str, is_there: bool) -> None:
    assert sought(wanted).is_said_by(text) is is_there


@pytest.mark.parametrize("wanted", ["", "   ", '" \\ . %', "'", "*", "\x00", "—", "AND"[:0]])
def test_signs_alone_seek_nothing(wanted: str) -> None:
    assert not sought(wanted)


@pytest.mark.parametrize(
    "wanted",
    [
        "x" * 5_000,
        "a b c d e f g h i j",
        "東" * 500,
        "- " * 400,
        "é" * 300,
        "aeoeue" * 90,
        "ﷺ" * 90,
        '"' + "aeoeue " * 90 + '"',
        "oe-ue'ae" * 50,
    ],
)
def test_a_search_is_bounded(wanted: str) -> None:
    found = sought(wanted)

    assert len(found.phrases) <= MOST_WORDS
    assert all(1 <= len(ways) <= MOST_WAYS for ways in found.phrases)
    assert all(len(" ".join(way.tokens)) <= 400 for ways in found.phrases for way in ways)


@pytest.mark.parametrize(("said", "wanted", "is_there"), CASES)
def test_a_text_is_found_however_it_is_asked_for(said: str, wanted: str, is_there: bool | None) -> None:
    what = sought(wanted)

    assert (what.is_said_by(said) if what else None) is is_there


@given(st.text("aeoudj'-\"„“ «»üøåđßال ةبوה都ｶﾞ*():", max_size=60))
def test_whatever_is_typed_is_bounded_and_finds_itself(wanted: str) -> None:
    what = sought(wanted)

    assert all(1 <= len(ways) <= MOST_WAYS for ways in what.phrases)
    assert what.is_said_by(wanted)


def test_a_word_longer_than_any_is_found_by_all_of_it() -> None:
    word = "donaudampfschifffahrtsgesellschaftskapitänsmütze" * 3

    assert sought(word).is_said_by(word)
    assert max(map(len, tokens_of([word]))) == LONGEST_TOKEN


def test_what_is_kept_of_one_text_is_bounded() -> None:
    assert len(tokens_of(["word " * 50_000])) == MOST_TOKENS


PLAINLY = "".join(map(chr, range(32, 127))) + "“”‘’–—…«»„\xa0•"


@given(st.text(PLAINLY, max_size=60))
def test_a_text_of_plain_letters_is_kept_as_it_is_beside_other_letters(text: str) -> None:
    """Plain letters are read by a shorter way: it must lead to the same place."""
    assert tokens_of([f"{text} ж"]) == (*tokens_of([text]), "ж")


def test_an_articles_words_are_those_of_what_is_stored_of_it() -> None:
    """A migration draws them from the stored text, a crawl from the article itself."""
    now = datetime(2026, 3, 5, 6, tzinfo=UTC)
    plain = Article(SourceKey("a"), CanonicalUrl("https://a.example/1"), "Ferry “Olwen” back")
    told = replace(
        plain,
        byline="Ana Diaz",
        publisher="Harbour Daily",
        summary="港が開く",
        tags=("City", "Été"),
        passages=(Passage(("One.",)), Passage(("Two three.", "Four."), "A heading")),
        label="Anzeige",
    )
    articles = [
        plain,
        replace(told, guid="1"),
        replace(told, guid="2", published_on=date(2026, 3, 4)),
        replace(told, guid="3", published=now.astimezone(ZoneInfo("Asia/Tokyo"))),
    ]

    found = [row_of(one, now) for one in articles]

    assert found == [article_row(one.id, stored(Article, one).decode(), now) for one in articles]
