"""Floors that may only rise, on articles of our own making."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.grouping import b_cubed, measure
from benchmarks.near_duplicates import EDITS, read
from benchmarks.near_duplicates import measure as measure_edit
from digest.selection.grouping import Strictness

STORIES = Path(__file__).parent / "stories.jsonl"
TEXTS = Path(__file__).parent / "near_duplicates.jsonl"
ECB = Path(__file__).parents[3] / "shared" / "data" / "stories-ecb.jsonl"


@pytest.mark.parametrize(
    ("strictness", "precision", "recall", "f1"),
    [
        pytest.param(Strictness.BALANCED, 0.97, 0.99, 0.98, id="balanced"),
        pytest.param(Strictness.PRECISE, 0.97, 0.99, 0.98, id="precise"),
    ],
)
def test_our_own_stories_stay_grouped(
    strictness: Strictness, precision: float, recall: float, f1: float
) -> None:
    found = measure(STORIES, strictness)

    assert found[0] >= precision
    assert found[1] >= recall
    assert found[2] >= f1


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_edited_copies_stay_found(edit: str) -> None:
    result = measure_edit(read(TEXTS), EDITS[edit])

    assert result.recall >= 0.93
    assert result.precision >= 0.98


@pytest.mark.skipif(not ECB.exists(), reason="the shared stories are not here")
def test_the_shared_stories_reach_the_target() -> None:
    assert measure(ECB, Strictness.BALANCED)[2] >= 0.88
    precision, recall, _ = measure(ECB, Strictness.PRECISE)
    assert precision >= 0.97
    assert recall >= 0.57


def test_b_cubed_is_what_the_paper_says() -> None:
    truth = "aaaaabbccccc"
    assert b_cubed("111112222222", truth) == pytest.approx((0.7619, 1.0, 0.8649), abs=1e-4)
    assert b_cubed(truth, truth) == (1, 1, 1)
