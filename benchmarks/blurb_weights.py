"""What the choice of sentences is worth on blurbs it was not fitted to: nested cross-validation.

    python benchmarks/blurb_weights.py DATA.jsonl… [--repeats 3]

Forms (how early is counted, how recurrence is counted, how many sentences are weighed) and the strength
of the ridge are chosen on the training part of each fold by an inner cross-validation; the gain over the
packed lead is measured on the rest. Every file weighs the same. Then: each file with weights fitted to
the others, and the weights that all data give in the shipped form.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.model import BlurbBudget
from digest.summaries.candidates import Candidate, candidates
from digest.summaries.choice import choices
from digest.summaries.language.words import content_words, recurrence
from digest.summaries.learning.evaluation import compare, packed_lead
from digest.summaries.learning.rouge import Scorer
from digest.summaries.learning.samples import Sample, read_samples

BUDGET = BlurbBudget(3, 60)
FOLDS = 5
FORMS = tuple(product(("by sentence", "by word"), ("summed", "dense"), (4, 5, 6)))
SHIPPED_FORM = FORMS.index(("by word", "dense", 5))
STRENGTHS = (0.1, 1.0, 3.0)
SHIPPED_STRENGTH = 1.0

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One article: its file, the lead's scores, and for each form the choices' measures and scores."""

    file: str
    lead: Array
    forms: tuple[tuple[Array, Array], ...]


def case(file: str, sample: Sample) -> Case | None:
    """Return what one sample teaches; None where no sentence fits."""
    article = sample.articles[0]
    scorer = Scorer(sample.references, stemmed=True)
    often = {w: math.log(n) for w, n in recurrence(article.paragraphs, article.language).items() if n > 1}
    title = content_words(article.title, article.language)
    forms = []
    for early, recurring, pool in FORMS:
        allowed = choices(_first_strong(candidates(article, pool + 4), pool), BUDGET)
        if not allowed:
            return None
        rows = [_measures(one, early, recurring, often, title) for one in allowed]
        scores = [scorer.overlaps(scorer.tokens(" ".join(c.text for c in one))) for one in allowed]
        forms.append((np.array(rows), np.array(scores)))
    lead = scorer.overlaps(scorer.tokens(" ".join(packed_lead(sample.articles, BUDGET))))
    return Case(file, np.array(lead), tuple(forms))


def _first_strong(read: Sequence[Candidate], pool: int) -> list[Candidate]:
    strong = [one.position for one in read if not one.is_weak][:pool]
    return [one for one in read if not strong or one.position <= strong[-1]]


def _measures(
    choice: Sequence[Candidate], early: str, recurring: str, often: dict[str, float], title: set[str]
) -> tuple[float, ...]:
    terms = frozenset().union(*(one.terms for one in choice))
    share = {one: one.words / BUDGET.max_words if early == "by word" else 1.0 for one in choice}
    words = sum(often.get(word, 0.0) for word in terms)
    return (
        sum(share[one] / (1 + one.position) for one in choice),
        sum(one.words for one in choice) / BUDGET.max_words,
        words / math.sqrt(len(terms) or 1) if recurring == "dense" else words,
        len(terms & title) / len(title) if title else 0.0,
    )


def fitted(cases: Sequence[Case], form: int, strength: float) -> Array:
    """Return ridge weights of the measures within each article, every file weighing alike."""
    sizes = Counter(one.file for one in cases)
    squares, products = np.zeros((4, 4)), np.zeros(4)
    for one in cases:
        measures, scores = one.forms[form]
        closeness = scores.mean(1)
        rows = measures - measures.mean(0)
        weight = 1 / len(rows) / math.sqrt(sizes[one.file])
        squares += weight * rows.T @ rows
        products += weight * rows.T @ (closeness - closeness.mean())
    scale = np.sqrt(np.diag(squares) + 1e-12)
    solved = np.linalg.solve(squares / np.outer(scale, scale) + strength * np.eye(4), products / scale)
    return np.asarray(solved / scale)


def picked(cases: Sequence[Case], form: int, weights: Array) -> Array:
    """Return the scores of the choices that the weights make, one row for each case."""
    return np.array(
        [scores[np.argmax(measures @ weights)] for measures, scores in (one.forms[form] for one in cases)]
    )


def folds(cases: Sequence[Case], seed: int) -> Iterator[tuple[list[Case], list[int]]]:
    """Yield the training cases of each fold and the places of the others."""
    order = list(range(len(cases)))
    random.Random(seed).shuffle(order)
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        held = set(out)
        yield [one for at, one in enumerate(cases) if at not in held], out


def best(cases: Sequence[Case]) -> tuple[int, float]:
    """Return the form and strength that do best on held-out cases, every file weighing alike."""

    def worth(form: int, strength: float) -> float:
        scores = np.zeros(len(cases))
        for train, out in folds(cases, seed=99):
            held = [cases[at] for at in out]
            scores[out] = picked(held, form, fitted(train, form, strength)).mean(1)
        by_file = [[s for s, one in zip(scores, cases, strict=True) if one.file == f] for f in files(cases)]
        return float(np.mean([np.mean(part) for part in by_file]))

    return max(product(range(len(FORMS)), STRENGTHS), key=lambda given: worth(*given))


def files(cases: Sequence[Case]) -> list[str]:
    """Return the files in order."""
    return list(dict.fromkeys(one.file for one in cases))


def tell(name: str, cases: Sequence[Case], scores: Array) -> None:
    """Print one line for each file: scores, gains over the lead with intervals."""
    for file in files(cases):
        at = [i for i, one in enumerate(cases) if one.file == file]
        lead = np.array([cases[i].lead for i in at])
        gains = [
            compare(list(100 * scores[at][:, k]), list(100 * lead[:, k]), resamples=1000) for k in (0, 1)
        ]
        ours = 100 * scores[at].mean(0)
        told = "  ".join(f"{g.mean:+.2f} [{g.low:+.2f}, {g.high:+.2f}]" for g in gains)
        print(f"{name:<12} {file:<10} {ours[0]:.1f}/{ours[1]:.1f}   ours-lead {told}", flush=True)


def main() -> None:
    """Print the nested figures, those across files, and the weights of all data."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    cases = [
        found for path in given.files for one in read_samples(path)[0] if (found := case(path.stem, one))
    ]
    nested, fixed = np.zeros((len(cases), 2)), np.zeros((len(cases), 2))
    chosen: Counter[str] = Counter()
    for seed in range(given.repeats):
        for train, out in folds(cases, seed):
            held = [cases[at] for at in out]
            form, strength = best(train)
            chosen[f"{FORMS[form]}, {strength}"] += 1
            nested[out] += picked(held, form, fitted(train, form, strength)) / given.repeats
            weights = fitted(train, SHIPPED_FORM, SHIPPED_STRENGTH)
            fixed[out] += picked(held, SHIPPED_FORM, weights) / given.repeats
    tell("nested", cases, nested)
    tell("form fixed", cases, fixed)
    for file in files(cases) if len(files(cases)) > 1 else []:
        weights = fitted([one for one in cases if one.file != file], SHIPPED_FORM, SHIPPED_STRENGTH)
        held = [one for one in cases if one.file == file]
        tell("other files", held, picked(held, SHIPPED_FORM, weights))
    for name, times in chosen.most_common():
        print(f"chosen {times} times: {name}")
    print("weights of all:", np.round(fitted(cases, SHIPPED_FORM, SHIPPED_STRENGTH), 4))


if __name__ == "__main__":
    main()
