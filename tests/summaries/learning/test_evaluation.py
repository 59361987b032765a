from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score import rouge_scorer

from digest.errors import BadData
from digest.model import BlurbBudget
from digest.summaries.extractive import ExtractiveSummarizer
from digest.summaries.learning.evaluation import compare, evaluate, oracle, packed_lead
from digest.summaries.learning.rouge import Scorer, rouge
from digest.summaries.learning.samples import Sample, read_samples
from tests.outside_data import only_with, outside
from tests.summaries.newsroom import FERRY, FERRY_TITLE, article

BLURBS = "data/blurbs"
BUDGET = BlurbBudget(3, 60)
VOCABULARY = "ferry ferries Ferried crossing crosses happily happy news 12 b.c it's"
WORDS = st.lists(st.sampled_from(VOCABULARY.split())).map(" ".join)
TEXTS = st.text(st.sampled_from("ab cd ef AB 12.,-'"), max_size=60) | WORDS


@settings(deadline=None, max_examples=100, derandomize=True)
@given(TEXTS, TEXTS, st.booleans())
def test_figures_are_those_of_rouge_score(text: str, reference: str, stemmed: bool) -> None:
    kinds = ["rouge1", "rouge2", "rougeL"]
    theirs = rouge_scorer.RougeScorer(kinds, use_stemmer=stemmed).score(reference, text)

    ours = rouge(text, reference, stemmed=stemmed)

    assert ours.one == pytest.approx(theirs["rouge1"].fmeasure)
    assert ours.two == pytest.approx(theirs["rouge2"].fmeasure)
    assert ours.longest == pytest.approx(theirs["rougeL"].fmeasure)


def test_the_closest_reference_counts() -> None:
    assert Scorer(["no boat", "the ferry runs"]).score("the ferry runs").one == 1.0


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return path


def test_samples_come_from_good_lines_and_bad_ones_are_named(tmp_path: Path) -> None:
    good = {"id": "a", "title": FERRY_TITLE, "text": "\n\n".join(FERRY), "reference": "Ferries run."}
    several = {"text": ["One text.", "Another."], "reference": ["First.", "Second."]}
    path = write(tmp_path / "b.jsonl", good, "{broken", several, {"text": 5, "reference": "x"}, "[1]", "")

    samples, problems = read_samples(path)

    assert [len(one.articles) for one in samples] == [1, 2]
    assert samples[0].articles[0].paragraphs[1] == FERRY[1]
    assert samples[1].references == ("First.", "Second.")
    assert [one.where for one in problems] == [f"b.jsonl, line {n}" for n in (2, 4, 5)]


def test_a_file_that_cannot_be_read_is_bad_data(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"missing\.jsonl"):
        read_samples(tmp_path / "missing.jsonl")


def test_no_sample_is_bad_data() -> None:
    with pytest.raises(BadData, match="no sample"):
        evaluate([], ExtractiveSummarizer(), BUDGET)


def test_ours_lead_and_oracle_stand_side_by_side_and_repeat(tmp_path: Path) -> None:
    row = {"title": FERRY_TITLE, "text": "\n\n".join(FERRY), "reference": FERRY[1] + " " + FERRY[4]}
    samples, _ = read_samples(write(tmp_path / "b.jsonl", row, row))

    first = evaluate(samples, ExtractiveSummarizer(), BUDGET, seed=7, resamples=50)
    second = evaluate(samples, ExtractiveSummarizer(), BUDGET, seed=7, resamples=50)

    assert first == second
    assert first.oracle.mean >= max(first.ours.mean, first.lead.mean)
    assert first.rouge_1.mean == pytest.approx(first.ours.one - first.lead.one)


def test_the_packed_lead_takes_what_fits_of_the_first_sentences() -> None:
    one = article("One two three. Four five six seven eight. Nine ten. Never.")

    assert packed_lead((one,), BlurbBudget(3, 5)) == ["One two three.", "Nine ten."]


def test_the_oracle_finds_the_reference() -> None:
    sample = Sample("a", (article(*FERRY),), (FERRY[4],))

    assert oracle(sample, BUDGET) == [FERRY[4]]


def test_a_clear_gain_is_significant_and_noise_is_not() -> None:
    assert compare([1.0] * 20, [0.5] * 20).is_significant
    assert not compare([1.0, 0.0] * 20, [0.0, 1.0] * 20).is_significant


@only_with(BLURBS)
@pytest.mark.parametrize(
    ("name", "floor_1", "floor_2"),
    [
        pytest.param("cnndm", 0.013, 0.015, id="cnndm"),
        pytest.param("inshorts", -0.003, -0.007, id="inshorts"),
        pytest.param("writers", 0.015, 0.010, id="writers"),
        pytest.param("xsum", 0.001, 0.004, id="xsum"),
    ],
)
def test_quality_never_falls_under_its_floor(name: str, floor_1: float, floor_2: float) -> None:
    samples, _ = read_samples(outside(BLURBS) / f"{name}.jsonl")
    summarizer = ExtractiveSummarizer()
    gains: list[tuple[float, float]] = []

    for one in samples:
        scorer = Scorer(one.references, stemmed=True)
        ours = scorer.overlaps(scorer.tokens(summarizer.summarize(one.story, BUDGET).text))
        lead = scorer.overlaps(scorer.tokens(" ".join(packed_lead(one.articles, BUDGET))))
        gains.append((ours[0] - lead[0], ours[1] - lead[1]))

    assert sum(one for one, _ in gains) / len(gains) > floor_1
    assert sum(two for _, two in gains) / len(gains) > floor_2
