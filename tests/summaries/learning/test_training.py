from __future__ import annotations

import json
import math
from dataclasses import astuple
from pathlib import Path

import pytest

from digest.errors import BadData, ConfigurationError, OutputUnwritable
from digest.model import BlurbBudget
from digest.summaries.extractive import ExtractiveSummarizer
from digest.summaries.learning.training import FEWEST, fitted, lessons, train
from digest.summaries.learning.weights import SHIPPED, Weights, load, save
from tests.summaries.learning.publishers import samples, takes_any, takes_the_fourth

BUDGET = BlurbBudget(1, 60)


def test_a_publisher_with_a_rule_of_its_own_is_learned_from() -> None:
    found = train(samples(80, takes_the_fourth), BUDGET)

    assert found.is_worth_it
    assert found.learned[0] > found.shipped[0] + 0.03
    unseen = samples(1, takes_the_fourth, seed=99)[0]
    assert (
        ExtractiveSummarizer(weights=found.weights).summarize(unseen.story, BUDGET).text
        != ExtractiveSummarizer().summarize(unseen.story, BUDGET).text
    )


def test_a_publisher_without_a_rule_teaches_nothing() -> None:
    found = train(samples(80, takes_any), BUDGET)

    assert not found.is_worth_it


def test_the_same_samples_teach_the_same() -> None:
    given = samples(FEWEST, takes_any)

    assert train(given, BUDGET) == train(given, BUDGET)


def test_too_few_blurbs_are_refused_with_the_number() -> None:
    with pytest.raises(BadData, match=f"{FEWEST - 1} articles"):
        train(samples(FEWEST - 1, takes_any), BUDGET)


def test_the_more_it_is_drawn_the_less_a_fit_leaves_the_shipped_weights() -> None:
    learned = lessons(samples(60, takes_the_fourth), BUDGET)

    def distance(strength: float) -> float:
        pairs = zip(astuple(fitted(learned, strength)), astuple(SHIPPED), strict=True)
        return math.fsum(abs(a - b) for a, b in pairs)

    assert distance(0.1) > distance(1.0) > distance(100.0)
    assert distance(1e9) == pytest.approx(0.0, abs=1e-6)


def test_weights_come_back_from_their_file(tmp_path: Path) -> None:
    weights = Weights(0.1, -0.2, 0.03, 0.4)

    save(tmp_path / "w.json", weights, {"samples": 80})

    assert load(tmp_path / "w.json") == weights
    assert json.loads((tmp_path / "w.json").read_text())["samples"] == 80


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{", id="no JSON"),
        pytest.param("[1]", id="no object"),
        pytest.param('{"weights": {"early": 1}}', id="names missing"),
        pytest.param('{"weights": {"early": 1, "full": 1, "recurring": 1, "headline": "x"}}', id="a word"),
        pytest.param('{"weights": {"early": 1, "full": 1, "recurring": 1, "headline": true}}', id="a yes"),
        pytest.param(
            '{"weights": {"early": NaN, "full": 1, "recurring": 1, "headline": 1}}', id="no number"
        ),
    ],
)
def test_a_file_that_holds_no_weights_is_a_fault_of_the_configuration(tmp_path: Path, text: str) -> None:
    path = tmp_path / "w.json"
    path.write_text(text)

    with pytest.raises(ConfigurationError, match=r"summaries\.weights"):
        load(path)


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable):
        save(tmp_path / "missing" / "w.json", SHIPPED, {})
