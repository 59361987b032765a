from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.selection.near_duplicates import THRESHOLD, jaccard, near_duplicates
from digest.selection.tokenizing import shingles
from tests.selection.test_selecting import FERRY, FERRY_LATER, LIBRARY, MANGO


def pairs(*texts: str) -> list[tuple[int, int]]:
    return [(one.first, one.second) for one in near_duplicates(texts)]


def test_a_copy_with_another_top_and_end_is_found() -> None:
    assert pairs(FERRY, MANGO, f"LIKONI (Coast Press) – {FERRY} Read more on our site.") == [(0, 2)]


def test_a_follow_up_is_no_copy() -> None:
    assert pairs(FERRY, FERRY_LATER) == []


def test_short_texts_of_one_template_are_no_copies() -> None:
    assert (
        pairs(
            "Petrol prices fall by three shillings in Mombasa",
            "Petrol prices rise by nine shillings in Malindi",
        )
        == []
    )
    assert pairs("Petrol prices fall by three shillings", "Petrol prices fall by three shillings.") == [
        (0, 1)
    ]


def test_empty_texts_equal_nothing() -> None:
    assert pairs("", "", FERRY) == []


def test_one_character_texts_are_compared_too() -> None:
    assert pairs("7", "7", "8") == [(0, 1)]


def test_scripts_without_spaces_are_compared_too() -> None:
    text = "港湾局は火曜日の朝、リコニ沖の砂州に乗り上げたフェリーを離礁させたと発表した。"
    text += "乗客二百十二人にけがはなかった。"

    assert pairs(text, MANGO, "【速報】" + text) == [(0, 2)]


def test_a_hundred_copies_are_all_found() -> None:
    copies = [f"{FERRY} Number {number}." for number in range(100)]

    assert len(near_duplicates(copies)) == 100 * 99 // 2


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from((FERRY, MANGO, LIBRARY, FERRY_LATER, "")).flatmap(
        lambda text: st.integers(min_value=0, max_value=len(text)).map(lambda cut: text[cut:] + text[:cut])
    ), max_size=6)
)  # fmt: skip
def test_every_pair_found_is_a_pair_and_long_pairs_are_found(texts: list[str]) -> None:
    found = {(one.first, one.second): one.jaccard for one in near_duplicates(texts)}

    for second in range(len(texts)):
        for first in range(second):
            exact = jaccard(shingles(texts[first]), shingles(texts[second]))
            assert found.get((first, second), exact) == exact
            if exact >= 0.8 and texts[first]:
                assert (first, second) in found
            if exact < THRESHOLD:
                assert (first, second) not in found
