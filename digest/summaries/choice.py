"""Which sentences make the blurb: the best few of the first ones that fit the budget together.

The worth of a choice adds up four measures: how early its words stand, how much of the budget it uses,
how many of the article's recurring words it covers, and how much of the headline it explains.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from digest.model import BlurbBudget
from digest.summaries.candidates import Candidate
from digest.summaries.learning.weights import SHIPPED, Measures, Weights

POOL = 5
"""Sentences to choose among; further down the lead's advantage is lost."""

_SAME = 0.6
_MOST_CHOICES = 400

Choice = tuple[Candidate, ...]


def choose(
    pool: Sequence[Candidate],
    budget: BlurbBudget,
    *,
    recurring: Mapping[str, int],
    headline: Iterable[str],
    weights: Weights = SHIPPED,
) -> list[Candidate]:
    """Return the best choice in order of position; empty where no sentence fits.

    Args:
        pool: in reading order; a few, for every combination of them is weighed.
        recurring: how often each content word stands in the article.
    """
    allowed = choices(pool, budget)
    if not allowed:
        return []
    worth = [weights.of(one) for one in measures(allowed, budget, recurring=recurring, headline=headline)]
    return list(allowed[worth.index(max(worth))])


def choices(pool: Sequence[Candidate], budget: BlurbBudget) -> list[Choice]:
    """Return the choices within the budget that can stand in a mail, single sentences first.

    Weak sentences are taken only where nothing else fits; a sentence that leans on the one before
    it only together with that one, or where it is the article's first, and one that names somebody short
    only with one that tells who it is; two that say the same never.
    """
    strong = [one for one in pool if not one.is_weak]
    for allowed in (strong, list(pool)):
        fitting = _fitting(allowed, budget)
        whole = [choice for choice in fitting if _stands_alone(choice)]
        if whole:
            return whole
    # Before the article's first sentence nothing was left out: its headline must do.
    return [(one,) for one in pool if one.position == 0 and one.words <= budget.max_words]


def measures(
    choices: Sequence[Choice],
    budget: BlurbBudget,
    *,
    recurring: Mapping[str, int],
    headline: Iterable[str],
) -> list[Measures]:
    """Return each choice's measures, in the order of `Weights`."""
    often = {word: math.log(count) for word, count in recurring.items() if count > 1}
    wanted = frozenset(headline)
    found: list[Measures] = []
    for choice in choices:
        terms = frozenset().union(*(one.terms for one in choice))
        early = sum(one.words / (1 + one.position) for one in choice) / budget.max_words
        full = sum(one.words for one in choice) / budget.max_words
        dense = sum(often.get(word, 0.0) for word in terms) / math.sqrt(len(terms) or 1)
        explained = len(terms & wanted) / len(wanted) if wanted else 0.0
        found.append((early, full, dense, explained))
    return found


def is_same(one: Candidate, other: Candidate, share: float = _SAME) -> bool:
    """Tell whether two sentences say mostly the same: they share that much of the shorter one's words."""
    smaller = min(len(one.terms), len(other.terms))
    return smaller > 0 and len(one.terms & other.terms) / smaller >= share


def _fitting(pool: Sequence[Candidate], budget: BlurbBudget) -> list[Choice]:
    """Return every combination within the budget, single sentences first."""
    found: list[Choice] = []
    for size in range(1, min(budget.max_sentences, len(pool)) + 1):
        found.extend(
            choice
            for choice in combinations(pool, size)
            if sum(one.words for one in choice) <= budget.max_words
        )
        if len(found) > _MOST_CHOICES:
            break
    return found


def _stands_alone(choice: Choice) -> bool:
    positions = {one.position for one in choice}
    if not all(one.stands_among(positions) for one in choice):
        return False
    return not any(is_same(one, other) for one, other in combinations(choice, 2))
