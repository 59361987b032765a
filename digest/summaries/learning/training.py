"""Weights from a publisher's own blurbs, and whether they are better than the shipped ones.

The fit is a ridge regression of closeness on the measures, within each article, drawn towards the
shipped weights: few blurbs move them little. Its strength is chosen, and the gain measured, on blurbs
that were held out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass
from statistics import fmean

from digest.errors import BadData
from digest.model import BlurbBudget
from digest.ports import Progress
from digest.summaries.choice import choices, measures
from digest.summaries.extractive import pool_of
from digest.summaries.language.words import content_words, recurrence
from digest.summaries.learning.evaluation import Difference, compare
from digest.summaries.learning.rouge import Scorer
from digest.summaries.learning.samples import Sample
from digest.summaries.learning.weights import NAMES, SHIPPED, Measures, Weights

FEWEST = 50
"""Samples without which no gain could be told from chance."""

STRENGTHS = (0.1, 1.0, 10.0)
"""How strongly a fit may be drawn towards the shipped weights; the strongest that is best wins."""

_FOLDS = 5
_REPEATS = 3

Scores = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article's choices with their measures, and how close each comes to the editor's blurb.

    Attributes:
        scores: ROUGE-1 and -2, stemmed, of each choice.
    """

    measures: tuple[Measures, ...]
    scores: tuple[Scores, ...]

    def picked(self, weights: Weights) -> Scores:
        """Return the scores of the choice that these weights make."""
        worth = [weights.of(one) for one in self.measures]
        return self.scores[worth.index(max(worth))]


@dataclass(frozen=True, slots=True)
class Training:
    """What was learned, and what it is worth on articles it was not learned from.

    Attributes:
        shipped, learned: mean ROUGE-1 and -2 with each weights, over held-out articles.
        gain: of the mean of both figures, learned minus shipped.
        strength: how strongly the final fit is drawn towards the shipped weights.
    """

    samples: int
    weights: Weights
    shipped: Scores
    learned: Scores
    gain: Difference
    strength: float

    @property
    def is_worth_it(self) -> bool:
        """Tell whether the gain is there and not by chance."""
        return self.gain.mean > 0 and self.gain.is_significant


def train(
    samples: Iterable[Sample], budget: BlurbBudget, *, seed: int = 0, progress: Progress | None = None
) -> Training:
    """Return weights fitted to the samples, with their cross-validated gain over the shipped ones.

    Samples of several articles, and those of which no sentence fits, teach nothing and are left out.

    Raises:
        BadData: fewer than `FEWEST` samples teach something.
    """
    learned = lessons(samples, budget, progress=progress)
    if len(learned) < FEWEST:
        raise BadData(
            "The training",
            f"{len(learned)} articles with an editor's blurb are too few to learn from",
            f"Give {FEWEST} or more; from 250 on it tends to pay.",
        )
    held_out = cross_validated(learned, lambda part: fitted(part, best_strength(part, seed)), seed)
    shipped = [one.picked(SHIPPED) for one in learned]
    strength = best_strength(learned, seed)
    return Training(
        samples=len(learned),
        weights=fitted(learned, strength),
        shipped=_means(shipped),
        learned=_means(held_out),
        gain=compare([fmean(one) for one in held_out], [fmean(one) for one in shipped], seed=seed),
        strength=strength,
    )


def lessons(
    samples: Iterable[Sample], budget: BlurbBudget, *, progress: Progress | None = None
) -> list[Lesson]:
    """Return what each sample teaches about choosing."""
    given = list(samples)
    found: list[Lesson] = []
    for done, sample in enumerate(given, 1):
        if len(sample.articles) == 1:
            article = sample.articles[0]
            allowed = choices(pool_of(article), budget)
            scorer = Scorer(sample.references, stemmed=article.language[:2] in {"", "en"})
            weighed = measures(
                allowed,
                budget,
                recurring=recurrence(article.paragraphs, article.language),
                headline=content_words(article.title, article.language),
            )
            scores = [scorer.overlaps(scorer.tokens(" ".join(c.text for c in one))) for one in allowed]
            if allowed:
                found.append(Lesson(tuple(weighed), tuple(scores)))
        if progress is not None:
            progress.step("train", done, len(given), sample.name)
    return found


def cross_validated(
    learned: Sequence[Lesson],
    fit: Callable[[Sequence[Lesson]], Weights],
    seed: int,
    repeats: int = _REPEATS,
) -> list[Scores]:
    """Return each lesson's scores with weights that were fitted without it, the mean of some splits."""
    found: list[list[Scores]] = [[] for _ in learned]
    for repeat in range(repeats):
        order = list(range(len(learned)))
        random.Random(seed + repeat).shuffle(order)  # noqa: S311 - folds, no secret
        for fold in range(_FOLDS):
            held_out = set(order[fold::_FOLDS])
            weights = fit([one for at, one in enumerate(learned) if at not in held_out])
            for at in held_out:
                found[at].append(learned[at].picked(weights))
    return [_means(scores) for scores in found]


def best_strength(learned: Sequence[Lesson], seed: int) -> float:
    """Return the strength whose fits do best on held-out lessons; the strongest of equals."""

    def worth(strength: float) -> float:
        held_out = cross_validated(learned, lambda part: fitted(part, strength), seed, repeats=1)
        return fmean(fmean(one) for one in held_out)

    return max(sorted(STRENGTHS, reverse=True), key=worth)


def fitted(learned: Sequence[Lesson], strength: float) -> Weights:
    """Return the weights that explain the closeness of the choices, drawn towards the shipped ones."""
    size = len(NAMES)
    squares = [[0.0] * size for _ in range(size)]
    products = [0.0] * size
    for lesson in learned:
        rows, target = _centered(lesson)
        share = 1 / len(rows)
        for row, value in zip(rows, target, strict=True):
            for i in range(size):
                products[i] += share * row[i] * value
                for j in range(size):
                    squares[i][j] += share * row[i] * row[j]
    for i, weight in enumerate(astuple(SHIPPED)):
        pull = strength * (squares[i][i] or 1.0)
        squares[i][i] += pull
        products[i] += pull * weight
    return Weights(*_solved(squares, products))


def _centered(lesson: Lesson) -> tuple[list[list[float]], list[float]]:
    """Return measures and closeness less their means: only differences within an article teach."""
    middles = [fmean(column) for column in zip(*lesson.measures, strict=True)]
    rows = [[value - mid for value, mid in zip(one, middles, strict=True)] for one in lesson.measures]
    closeness = [fmean(one) for one in lesson.scores]
    mean = fmean(closeness)
    return rows, [value - mean for value in closeness]


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Return x of matrix·x = right, by elimination with the largest pivots."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            rows[below] = [b - factor * a for a, b in zip(rows[at], rows[below], strict=True)]
    solution = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][col] * solution[col] for col in range(at + 1, size))
        solution[at] = (rows[at][size] - known) / rows[at][at]
    return solution


def _means(scores: Sequence[Scores]) -> Scores:
    return fmean(one for one, _ in scores), fmean(two for _, two in scores)
