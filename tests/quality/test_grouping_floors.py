"""Floors that may only rise, on articles of our own making."""

from __future__ import annotations

import json
import random
from pathlib import Path
from statistics import fmean

import pytest

from benchmarks.grouping import b_cubed, measure
from benchmarks.grouping import read as read_stories
from benchmarks.near_duplicates import EDITS, read
from benchmarks.near_duplicates import measure as measure_edit
from digest.selection.likeness.levels import Strictness
from digest.selection.stories import group
from tests.outside_data import only_with, outside
from tests.quality.town_news import reports

STORIES = Path(__file__).parent / "stories.jsonl"
REPORTS = 80
LEAST_TEXTS = 80
TEXTS = Path(__file__).parent / "near_duplicates.jsonl"
DRAWS = 12
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
    assert measure(outside(ECB), Strictness.BALANCED)[2] >= 0.89
    precision, recall, _ = measure(outside(ECB), Strictness.PRECISE)
    assert precision >= 0.975
    assert recall >= 0.6


@only_with(ECB)
def test_stories_of_some_topics_alone_stay_grouped() -> None:
    articles, labels = read_stories(outside(ECB))
    topics = sorted({label.split("/")[0] for label in labels.values()})
    found: dict[Strictness, list[tuple[float, float, float]]] = {one: [] for one in Strictness}
    for seed in range(DRAWS):
        drawn = set(random.Random(seed).sample(topics, 11))
        side = [one for one in articles if labels[one.id].split("/")[0] in drawn]
        for strictness in Strictness:
            stories = group(side, (), {}, strictness).stories
            pairs = [(number, labels[one.id]) for number, story in enumerate(stories) for one in story]
            found[strictness].append(b_cubed([mine for mine, _ in pairs], [real for _, real in pairs]))

    means = {one: [fmean(column) for column in zip(*found[one], strict=True)] for one in Strictness}
    assert means[Strictness.BALANCED][2] >= 0.89
    assert means[Strictness.PRECISE][0] >= 0.975
    assert means[Strictness.PRECISE][1] >= 0.585


def test_b_cubed_is_what_the_paper_says() -> None:
    truth = "aaaaabbccccc"
    assert b_cubed("111112222222", truth) == pytest.approx((0.7619, 1.0, 0.8649), abs=1e-4)
    assert b_cubed(truth, truth) == (1, 1, 1)
