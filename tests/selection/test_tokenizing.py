from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.selection.tokenizing import fold, phrase, shingles, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The Port’s 3 ferries", ["the", "port", "3", "ferries"], id="english, initials dropped"
        ),
        pytest.param("ÉLECTIONS à Besançon", ["elections", "besancon"], id="french accents and case"),
        pytest.param("Straße STRASSE", ["strasse", "strasse"], id="german sharp s"),
        pytest.param("كِتَابٌ كتاب", ["كتاب", "كتاب"], id="arabic vowel points"),
        pytest.param("Президент подписал", ["президент", "подписал"], id="cyrillic"),
        pytest.param("हिन्दी में", ["हिन्दी", "में"], id="hindi signs are letters"),
        pytest.param("東京タワー", ["東京", "京タ", "タワ", "ワー"], id="japanese in pairs"),
        pytest.param("서울시", ["서울", "울시"], id="korean in pairs"),
        pytest.param("กรุงเทพ", ["กร", "รุ", "ุง", "งเ", "เท", "ทพ"], id="thai in pairs"),
        pytest.param("iPhone在北京", ["iphone", "在北", "北京"], id="two scripts in one run"),
        pytest.param("snake_case", ["snake", "case"], id="underscores part"),
        pytest.param("ＦＵＬＬ width", ["full", "width"], id="full width"),
        pytest.param(" \n\t—!", [], id="nothing"),
    ],
)
def test_words_of_any_language(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_shingles_ignore_case_punctuation_and_space() -> None:
    assert shingles("Ferry aground, says port!") == shingles("ferry  AGROUND says port")
    assert shingles("") == frozenset()
    assert shingles("abc") == {"abc"}
    assert shingles("abcdef") == {"abcde", "bcdef"}


def test_a_phrase_keeps_single_letters() -> None:
    assert phrase("Plan B for the port") == "plan b for the port"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text())
def test_folding_twice_changes_nothing_and_no_word_is_blank(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(word.strip() for word in words(text))
