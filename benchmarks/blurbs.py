"""Blurbs against the packed lead: scores with intervals, and articles per second of one core.

    python benchmarks/blurbs.py DATA.jsonl… [--words 60] [--sentences 3] [--ceilings]

DATA.jsonl holds {id, title, text, reference}; `text` may be a list of articles of one story, whose lead is
taken in turns and bounded by its words alone. Figures
are stemmed ROUGE F1 by google's rouge-score, the best over several references, so that they compare
with published ones, and with those of `digest evaluate`.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

from rouge_score import rouge_scorer

from digest.model import BlurbBudget
from digest.summaries.candidates import Candidate, candidates
from digest.summaries.choice import choices
from digest.summaries.extractive import ExtractiveSummarizer, pool_of
from digest.summaries.grounding import doubts
from digest.summaries.learning.evaluation import compare, oracle, packed_lead
from digest.summaries.learning.samples import Sample, read_samples

KINDS = ("rouge1", "rouge2", "rougeL")


def main() -> None:
    """Print one block for each file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--sentences", type=int, default=3)
    parser.add_argument(
        "--ceilings", action="store_true", help="what a choice that knew the answer could reach"
    )
    given = parser.parse_args()
    for path in given.files:
        samples, problems = read_samples(path)
        print(f"{path.stem}: {len(samples)} samples, {len(problems)} unreadable lines")
        budget = BlurbBudget(given.sentences, given.words)
        if given.ceilings:
            ceilings(samples, budget)
        else:
            measure(samples, budget)


def measure(samples: list[Sample], budget: BlurbBudget) -> None:
    """Print the scores, the differences to the lead, the doubts and the pace."""
    summarizer = ExtractiveSummarizer()
    tracemalloc.start()
    summarizer.summarize(samples[0].story, budget)
    for sample in samples:
        summarizer.summarize(sample.story, budget)
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    start = time.process_time()
    blurbs = [summarizer.summarize(sample.story, budget) for sample in samples]
    pace = sum(len(sample.articles) for sample in samples) / (time.process_time() - start)
    scorer = rouge_scorer.RougeScorer(list(KINDS), use_stemmer=True)

    def scores(texts: list[str], kind: str) -> list[float]:
        return [
            100 * max(scorer.score(reference, text)[kind].fmeasure for reference in sample.references)
            for text, sample in zip(texts, samples, strict=True)
        ]

    ours = [blurb.text for blurb in blurbs]
    # Three sentences of several articles leave a third of the words unused: words alone bound their lead.
    leads = [
        " ".join(packed_lead(sample.articles, budget, is_capped=len(sample.articles) == 1))
        for sample in samples
    ]
    oracles = [" ".join(oracle(sample, budget, stemmed=True)) for sample in samples]
    for kind in KINDS:
        own, lead, best = scores(ours, kind), scores(leads, kind), scores(oracles, kind)
        gain = compare(own, lead, seed=0)
        print(
            f"  {kind}: ours {mean(own):.1f}  lead {mean(lead):.1f}  oracle {mean(best):.1f}"
            f"  ours-lead {gain.mean:+.2f} [{gain.low:+.2f}, {gain.high:+.2f}] p={gain.p:.3f}"
        )
    doubted = sum(bool(doubts(b, s.articles)) for b, s in zip(blurbs, samples, strict=True))
    print(f"  {pace:.0f} articles/s, {memory / 1e6:.1f} MB at most, {doubted} blurbs doubted")


def ceilings(samples: list[Sample], budget: BlurbBudget) -> None:
    """Print what the best choices under our rules would score, picked by the answer itself by ROUGE-1."""
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2"], use_stemmer=True)
    found: dict[str, list[tuple[float, float]]] = {}
    for sample in samples:
        article = sample.articles[0]
        alone = [one for one in candidates(article) if not one.is_weak and not one.leans]
        allowed: dict[str, Sequence[Sequence[Candidate]]] = {
            "any choice of the first five": list(choices(pool_of(article), budget)),
            "any sentence alone": [[one] for one in alone],
            "one of the first three alone": [[one] for one in alone[:3]],
            **{f"sentence {at} alone": [[one]] for at, one in enumerate(alone[:3], 1)},
            "the first two": [alone[:2]],
        }
        for name, options in allowed.items():
            texts = [" ".join(one.text for one in option) for option in options]
            pairs = [_pair(scorer, text, sample) for text in texts]
            found.setdefault(name, []).append(max(pairs, default=(0.0, 0.0)))
    for name, pairs in found.items():
        print(f"  {name}: {mean([one for one, _ in pairs]):.1f}/{mean([two for _, two in pairs]):.1f}")


def _pair(scorer: rouge_scorer.RougeScorer, text: str, sample: Sample) -> tuple[float, float]:
    scores = [scorer.score(reference, text) for reference in sample.references]
    best = max(scores, key=lambda one: float(one["rouge1"].fmeasure))
    return 100 * best["rouge1"].fmeasure, 100 * best["rouge2"].fmeasure


def mean(values: list[float]) -> float:
    """Return the arithmetic mean."""
    return sum(values) / len(values)


if __name__ == "__main__":
    main()
