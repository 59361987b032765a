from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.selection.near_duplicates import MOST_ALIKE, THRESHOLD, jaccard, near_duplicates
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

    assert pairs(*copies) == [(0, number) for number in range(1, 100)]


def test_texts_of_one_form_cost_by_their_number(caplog: pytest.LogCaptureFixture) -> None:
    """Each is compared with so many others at most, and that is told."""
    form = " ".join(f"word{number}" for number in range(60))
    notices = [f"{form} {' '.join(f'own{number}x{at}' for at in range(70))}" for number in range(600)]
    compared = 0

    def may_copy(_first: int, _second: int) -> bool:
        nonlocal compared
        compared += 1
        return False

    assert near_duplicates([*notices, *[form] * 300], may_copy=may_copy) == []
    assert compared <= 300 * MOST_ALIKE
    assert "each was compared with that many only" in caplog.text


def test_what_may_be_no_copy_stays_an_original() -> None:
    assert near_duplicates([FERRY, FERRY, FERRY], may_copy=lambda first, _: first == 1)[0].first == 1


def test_texts_before_the_first_new_one_are_originals_whatever_they_equal() -> None:
    found = near_duplicates([FERRY, FERRY, MANGO, FERRY], since=3)

    assert [(one.first, one.second) for one in found] == [(0, 3)]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from((FERRY, MANGO, LIBRARY, FERRY_LATER, "")).flatmap(
        lambda text: st.integers(min_value=0, max_value=len(text)).map(lambda cut: text[cut:] + text[:cut])
    ), max_size=6)
)  # fmt: skip
def test_every_copy_is_of_its_first_original_and_none_is_missed(texts: list[str]) -> None:
    found = {one.second: one for one in near_duplicates(texts)}

    for second in range(len(texts)):
        alike = {
            first: jaccard(shingles(texts[first]), shingles(texts[second]))
            for first in range(second)
            if first not in found
        }
        if second in found:
            pair = found[second]
            assert pair.jaccard == alike[pair.first] >= THRESHOLD
            assert pair.first == min(first for first, exact in alike.items() if exact >= pair.jaccard)
        else:
            assert all(exact < 0.8 or not texts[second] for exact in alike.values())
