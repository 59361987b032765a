"""From which cosine on two texts tell of one event."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from digest.selection.likeness.names import disagree
from digest.selection.linkage import SMALL_DAY, Vectors

Named = Callable[[int], frozenset[str]]


class Strictness(Enum):
    """From which cosine on two texts tell of one event, by their length in words.

    Lines between the points: headlines share a word or two by chance, and long texts share background.
    PRECISE is for editions, where a wrong merge loses a story; BALANCED has the best F1.

    Source: benchmarks/grouping.py on stories-ecb (20 to 70 words a text), and on multinews, cnndm, xsum and
    inshorts cut to 8, 12, 25, 50, 100 and 200 words in collections of 40, 120 and 763 texts (P >= .97 in
    each of 40 and 120).
    """

    BALANCED = ((8, 0.20), (20, 0.09), (40, 0.08), (200, 0.10))
    PRECISE = ((8, 0.30), (20, 0.18), (40, 0.165), (200, 0.20))


COLLECTION = 426
"""The texts of the collection that the thresholds of `Strictness` were fitted to."""

_GROWTH = 0.4
_LEAST = {Strictness.BALANCED: 1.0, Strictness.PRECISE: 0.9}
_MOST = 2.2
FEW_TEXTS = 100
"""Among fewer it is chance which words are rare, and no threshold falls: at .9 two of seven stories that
share nothing but a word were one."""

_EVERYDAY_GROWTH = 0.15
_EVERYDAY = {Strictness.BALANCED: 0.85, Strictness.PRECISE: 0.95}
_EVERYDAY_FEW = {Strictness.BALANCED: 1.25, Strictness.PRECISE: 1.0}
_EVERYDAY_LEAST = 0.95
"""Where the everyday use of words is known, the size of the collection tells less of what is rare.

Source: benchmarks/stories/topics.py, 100 to 426 texts, and mixtures of 40, 120 and 400 as above, each with
the everyday use of other texts.
"""


def scale(collection: int, strictness: Strictness) -> float:
    """Return by how much the thresholds rise in a collection of so many texts.

    The more texts, the rarer are a subject's own words, and the more alike are two events of one kind.

    Source: leave-topics-out on stories-ecb, 100 to 426 texts, and on mixtures of up to 1,251 (see
    docs/measurements.md): the best level grows with the power .4 of the size.
    """
    least = 1.0 if collection < FEW_TEXTS else _LEAST[strictness]
    return min(max(grown(collection), least), _MOST)


def grown(collection: int, growth: float = _GROWTH) -> float:
    """Return what `scale` is where nothing bounds it."""
    return math.pow(max(collection, SMALL_DAY) / COLLECTION, growth)


def everyday_scale(collection: int, strictness: Strictness) -> float:
    """Return `scale` between two texts whose words' everyday use is known."""
    raised = _EVERYDAY[strictness] * min(max(everyday_grown(collection), _EVERYDAY_LEAST), _MOST)
    return max(raised, _EVERYDAY_FEW[strictness]) if collection < FEW_TEXTS else raised


def everyday_grown(collection: int) -> float:
    """Return what `everyday_scale` grows with where nothing bounds it."""
    return grown(collection, _EVERYDAY_GROWTH)


def threshold(first: int, second: int, strictness: Strictness) -> float:
    """Return the cosine from which two texts of so many words tell of one event, unscaled."""
    points = strictness.value
    length = math.sqrt(first * second)
    if length <= points[0][0]:
        return points[0][1]
    for (low, low_value), (high, high_value) in pairwise(points):
        if length <= high:
            return low_value + (high_value - low_value) * (length - low) / (high - low)
    return points[-1][1]


@dataclass(frozen=True, slots=True)
class Levels:
    """The cosines from which the texts of one collection tell of one event.

    Attributes:
        scaled: what the thresholds are multiplied with, and, in `everyday`, those between two texts whose
            words' everyday use is known.
        named: tells the names that a text bears, by its place; asked for those only that may be linked.
    """

    vectors: Vectors
    strictness: Strictness
    scaled: float
    everyday: float
    named: Named

    @classmethod
    def of(cls, vectors: Vectors, strictness: Strictness, named: Named) -> Levels:
        """Return those of a collection of its size; `named` tells the names that a text bears."""
        size = len(vectors.weights)
        return cls(vectors, strictness, scale(size, strictness), everyday_scale(size, strictness), named)

    def between(self, first: int, second: int) -> float:
        """Return the cosine from which on two texts tell of one event; infinite where names differ."""
        if disagree(self.named(first), self.named(second)):
            return math.inf
        vectors = self.vectors
        both_known = vectors.are_everyday[first] and vectors.are_everyday[second]
        asked = threshold(vectors.lengths[first], vectors.lengths[second], self.strictness)
        return (self.everyday if both_known else self.scaled) * asked

    @property
    def least(self) -> float:
        """Return the cosine under which no two texts tell of one event, however long they are."""
        lowest = min(cosine for _, cosine in self.strictness.value)
        return lowest * min(self.scaled, self.everyday)
