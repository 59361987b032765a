"""Texts that are nearly the same: wire copies, reprints, an article under a second address."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.selection.tokenizing import shingles, words

THRESHOLD = 0.5
"""Jaccard of 5-character shingles from which two texts count as the same.

Source: recall .93-1.0 at precision >= .98 over five kinds of edits, benchmarks/near_duplicates.py.
"""

SHORT_TEXT = 40
"""In words: a text this short (a headline, a standfirst) shares half its shingles with its template."""

SHORT_THRESHOLD = 0.8

_SKETCH_THRESHOLD = 0.2
"""Overlap of word pairs below which shingles are not compared at all; far under what a pair at .5 has."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nearly equal texts, by index, `first` < `second`."""

    first: int
    second: int
    jaccard: float


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return what two sets share of what they have together; 0 where both are empty."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def near_duplicates(texts: Sequence[str]) -> list[Pair]:
    """Return every pair of nearly equal texts, in order of index; empty texts equal nothing.

    Exact: pairs are first narrowed by the rarer part of their word pairs (prefix filtering), then
    compared shingle by shingle.
    """
    tokens = [words(text) for text in texts]
    cache: dict[int, frozenset[str]] = {}

    def shingled(index: int) -> frozenset[str]:
        if index not in cache:
            cache[index] = shingles(texts[index])
        return cache[index]

    found = []
    for first, second in sorted(_candidates([_sketch(one) for one in tokens])):
        is_short = min(len(tokens[first]), len(tokens[second])) <= SHORT_TEXT
        alike = jaccard(shingled(first), shingled(second))
        if alike >= (SHORT_THRESHOLD if is_short else THRESHOLD):
            found.append(Pair(first, second, alike))
    return found


def _sketch(tokens: Sequence[str]) -> frozenset[tuple[str, str]]:
    if len(tokens) == 1:
        return frozenset({(tokens[0], "")})
    return frozenset(pairwise(tokens))


def _candidates(sketches: Sequence[frozenset[tuple[str, str]]]) -> Iterator[tuple[int, int]]:
    """Yield pairs whose word pairs overlap by the sketch threshold (Jaccard), each once.

    Two sets with Jaccard >= t share an element among the rarest |set| * (1 - t) + 1 of each.
    """
    frequency = Counter(pair for sketch in sketches for pair in sketch)
    index: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for second, sketch in enumerate(sketches):
        rare_first = sorted(sketch, key=lambda pair: (frequency[pair], pair))
        prefix = rare_first[: int(len(rare_first) * (1 - _SKETCH_THRESHOLD)) + 1]
        met: set[int] = set()
        for pair in prefix:
            if frequency[pair] > 1:
                met.update(index[pair])
                index[pair].append(second)
        for first in met:
            other = sketches[first]
            shared = len(sketch & other)
            if shared >= _SKETCH_THRESHOLD * (len(sketch) + len(other) - shared):
                yield first, second
