"""ROUGE: how much of an editor's words a blurb has, and how little else.

Source: Lin 2004, ROUGE; the figures equal google's rouge-score with and without stemming (a test
compares).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.summaries.language.stemming import stem

_TOKEN = re.compile(r"[^\W_]+")
_SHORTEST_STEMMED = 4

Grams = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rouge:
    """F1 of ROUGE-1, -2 and -L, each 0 to 1."""

    one: float
    two: float
    longest: float

    @property
    def mean(self) -> float:
        """Return the mean of ROUGE-1 and -2, what choices are compared by."""
        return (self.one + self.two) / 2


class Scorer:
    """One or several references, made ready to be compared with; each figure's best counts."""

    def __init__(self, references: Sequence[str], *, stemmed: bool = False) -> None:
        """Prepare the references.

        Args:
            stemmed: compare English words without their endings, as published figures do.
        """
        self._stemmed = stemmed
        self._references = [self.tokens(text) for text in references]
        self._grams = [(_grams(text, 1), _grams(text, 2)) for text in self._references]

    def tokens(self, text: str) -> list[str]:
        """Return the words that are compared."""
        found = _TOKEN.findall(text.lower())
        if not self._stemmed:
            return found
        return [stem(word) if len(word) >= _SHORTEST_STEMMED else word for word in found]

    def score(self, text: str) -> Rouge:
        """Return the best figures over the references, each figure by itself."""
        ours = self.tokens(text)
        one, two = self.overlaps(ours)
        return Rouge(one, two, max(_longest(ours, theirs) for theirs in self._references))

    def overlaps(self, tokens: Sequence[str]) -> tuple[float, float]:
        """Return ROUGE-1 and -2 of a text's `tokens`, which cost a tenth of ROUGE-L."""
        ours = (_grams(tokens, 1), _grams(tokens, 2))
        one, two = (
            max(_overlap(mine, theirs[at]) for theirs in self._grams) for at, mine in enumerate(ours)
        )
        return one, two


def rouge(text: str, reference: str, *, stemmed: bool = False) -> Rouge:
    """Return how much of the reference the text has, and how little else."""
    return Scorer((reference,), stemmed=stemmed).score(text)


def mean_rouge(scores: Iterable[Rouge]) -> Rouge:
    """Return the mean of each figure; at least one score."""
    columns = zip(*((one.one, one.two, one.longest) for one in scores), strict=True)
    return Rouge(*(sum(column) / len(column) for column in columns))


def _grams(tokens: Sequence[str], size: int) -> Grams:
    return Counter(zip(*(tokens[at:] for at in range(size)), strict=False))


def _overlap(mine: Grams, gold: Grams) -> float:
    return _f1(sum((mine & gold).values()), mine.total(), gold.total())


def _longest(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Return the F1 of the longest common subsequence."""
    row = [0] * (len(theirs) + 1)
    for word in ours:
        diagonal = 0
        for at, other in enumerate(theirs, 1):
            above = row[at]
            row[at] = diagonal + 1 if word == other else max(above, row[at - 1])
            diagonal = above
    return _f1(row[-1], len(ours), len(theirs))


def _f1(common: int, mine: int, gold: int) -> float:
    return 2 * common / (mine + gold) if common else 0.0
