"""Which sentences make the blurb: the best few of the first ones that fit the budget together.

The measure of a choice adds up four things, weighted by what 450 editors' blurbs of three kinds of
newspaper showed (fitted on all of them; docs/decisions.md has the cross-check): how early its
sentences stand, how much of the budget it uses, how many of the article's recurring words it covers,
and how much of the headline it explains.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from digest.model import BlurbBudget
from digest.summaries.candidates import Candidate

POOL = 5
"""Sentences to choose among; further down the lead's advantage is lost."""

_EARLY, _FULL, _RECURRING, _HEADLINE = 0.09, 0.085, 0.0107, 0.37
_SAME = 0.6
_MOST_CHOICES = 400


def choose(
    pool: Sequence[Candidate], budget: BlurbBudget, *, recurring: Mapping[str, int], headline: Iterable[str]
) -> list[Candidate]:
    """Return the best choice in order of position; empty where no sentence fits.

    Weak sentences are taken only where nothing else fits; a sentence that leans on the one before
    it only together with that one.

    Args:
        pool: in reading order; a few, for every combination of them is weighed.
        recurring: how often each content word stands in the article.
    """
    strong = [one for one in pool if not one.is_weak]
    weights = {word: math.log(count) for word, count in recurring.items() if count > 1}
    wanted = frozenset(headline)
    for allowed in (strong, list(pool)):
        fitting = _choices(allowed, budget)
        whole = [choice for choice in fitting if _stands_alone(choice)]
        if whole or (fitting and allowed is not strong):
            worth = [_worth(choice, budget, weights, wanted) for choice in whole or fitting]
            return list((whole or fitting)[worth.index(max(worth))])
    return []


def is_same(one: Candidate, other: Candidate, share: float = _SAME) -> bool:
    """Tell whether two sentences say mostly the same: they share that much of the shorter one's words."""
    smaller = min(len(one.terms), len(other.terms))
    return smaller > 0 and len(one.terms & other.terms) / smaller >= share


def _choices(pool: Sequence[Candidate], budget: BlurbBudget) -> list[tuple[Candidate, ...]]:
    """Return every combination within the budget, single sentences first."""
    found: list[tuple[Candidate, ...]] = []
    for size in range(1, min(budget.max_sentences, len(pool)) + 1):
        found.extend(
            choice
            for choice in combinations(pool, size)
            if sum(one.words for one in choice) <= budget.max_words
        )
        if len(found) > _MOST_CHOICES:
            break
    return found


def _stands_alone(choice: tuple[Candidate, ...]) -> bool:
    positions = {one.position for one in choice}
    if any(one.leans and one.position - 1 not in positions for one in choice):
        return False
    return not any(is_same(one, other) for one, other in combinations(choice, 2))


def _worth(
    choice: tuple[Candidate, ...],
    budget: BlurbBudget,
    weights: dict[str, float],
    headline: frozenset[str],
) -> float:
    terms = frozenset().union(*(one.terms for one in choice))
    early = sum(1 / (1 + one.position) for one in choice)
    full = sum(one.words for one in choice) / budget.max_words
    recurring = sum(weights.get(word, 0.0) for word in terms)
    explained = len(terms & headline) / len(headline) if headline else 0.0
    return _EARLY * early + _FULL * full + _RECURRING * recurring + _HEADLINE * explained
