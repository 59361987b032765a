"""How close blurbs come to editors' own on others' data: floors that may only rise.

Once they fell: a last name, an acronym or `the man` alone is printed no more (docs/measurements.md).
"""

from __future__ import annotations

import pytest

from digest.model import BlurbBudget
from digest.summaries.extractive import ExtractiveSummarizer
from digest.summaries.learning.evaluation import compare, packed_lead
from digest.summaries.learning.rouge import Scorer
from digest.summaries.learning.samples import read_samples
from tests.outside_data import only_with, outside

BUDGET = BlurbBudget(3, 60)


@pytest.mark.parametrize(
    ("name", "one", "two"),
    [
        pytest.param("cnndm", 40.5, 18.5, marks=only_with("data/blurbs/cnndm.jsonl")),
        pytest.param("inshorts", 46.1, 23.2, marks=only_with("data/blurbs/inshorts.jsonl")),
        pytest.param("writers", 45.8, 22.6, marks=only_with("data/blurbs/writers.jsonl")),
        pytest.param("xsum", 18.5, 2.6, marks=only_with("data/blurbs/xsum.jsonl")),
        pytest.param("multinews", 25.0, 7.7, marks=only_with("data/blurbs/multinews.jsonl")),
    ],
)
def test_blurbs_stay_as_close_and_never_fall_behind_the_lead(name: str, one: float, two: float) -> None:
    samples, _ = read_samples(outside(f"data/blurbs/{name}.jsonl"))
    ours, leads = [], []
    for sample in samples:
        scorer = Scorer(sample.references, stemmed=True)
        lead = packed_lead(sample.articles, BUDGET, is_capped=len(sample.articles) == 1)
        ours.append(scorer.score(ExtractiveSummarizer().summarize(sample.story, BUDGET).text))
        leads.append(scorer.score(" ".join(lead)))

    assert 100 * sum(score.one for score in ours) / len(ours) >= one
    assert 100 * sum(score.two for score in ours) / len(ours) >= two
    for figure in ("one", "two"):
        gain = compare(*([getattr(score, figure) for score in scores] for scores in (ours, leads)))
        assert gain.mean > 0 or not gain.is_significant
