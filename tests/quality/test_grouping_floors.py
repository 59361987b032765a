"""Floors that may only rise, on articles of our own making."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.grouping import b_cubed, measure
from benchmarks.near_duplicates import EDITS, read
from benchmarks.near_duplicates import measure as measure_edit
from digest.selection.stories import Strictness
from tests.outside_data import only_with, outside
from tests.quality.town_news import reports

STORIES = Path(__file__).parent / "stories.jsonl"
REPORTS = 80
LEAST_TEXTS = 80
TEXTS = Path(__file__).parent / "near_duplicates.jsonl"
ECB = "data/stories-ecb.jsonl"


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


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return written texts, and reports that are made of the same sentences with other words in them."""
    path = tmp_path_factory.mktemp("texts") / "texts.jsonl"
    made = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(reports(REPORTS))]
    path.write_text("\n".join([TEXTS.read_text().rstrip(), *made]))
    return read(path)


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_edited_copies_stay_found_and_nothing_else_is(texts: list[str], edit: str) -> None:
    result = measure_edit(texts, EDITS[edit])

    assert result.texts >= LEAST_TEXTS
    assert (result.recall, result.precision) == (1, 1)


@only_with(ECB)
def test_stories_of_others_reach_the_target() -> None:
    assert measure(outside(ECB), Strictness.BALANCED)[2] >= 0.88
    precision, recall, _ = measure(outside(ECB), Strictness.PRECISE)
    assert precision >= 0.97
    assert recall >= 0.57


def test_b_cubed_is_what_the_paper_says() -> None:
    truth = "aaaaabbccccc"
    assert b_cubed("111112222222", truth) == pytest.approx((0.7619, 1.0, 0.8649), abs=1e-4)
    assert b_cubed(truth, truth) == (1, 1, 1)
