"""Texts that are nearly the same: wire copies, reprints, an article under a second address."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import pairwise
from zlib import crc32

from digest.selection.tokenizing import shingles, words

THRESHOLD = 0.5
"""Jaccard of 5-character shingles from which two texts count as the same.

Source: recall .93-1.0 at precision >= .98 over five kinds of edits, benchmarks/near_duplicates.py.
"""

SHORT_TEXT = 40
"""In words: a text this short (a headline, a standfirst) shares half its shingles with its template."""

SHORT_THRESHOLD = 0.8

_SKETCH = 48
_SKETCH_SHARED = 12
"""How many of the 48 word pairs with the lowest checksums two texts must share to be compared at all.

Two texts at the threshold share about half of their word pairs, so some 20 of the 48.
"""

_COMMON = 50
"""A word pair in more texts than this, and than a tenth of all, counts only in texts made of such pairs."""

_CACHED = 400
"""Shingle sets held at once, some 200 kB each."""


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

    Pairs are first narrowed by sketches (the lowest checksums of their word pairs), then compared
    exactly, shingle by shingle.
    """
    tokens = [words(text) for text in texts]

    @lru_cache(maxsize=_CACHED)
    def shingled(index: int) -> frozenset[str]:
        return shingles(texts[index])

    found = []
    for second, first in sorted(_candidates([_sketch(one) for one in tokens])):
        is_short = min(len(tokens[first]), len(tokens[second])) <= SHORT_TEXT
        alike = jaccard(shingled(first), shingled(second))
        if alike >= (SHORT_THRESHOLD if is_short else THRESHOLD):
            found.append(Pair(first, second, alike))
    return sorted(found, key=lambda pair: (pair.first, pair.second))


def _sketch(tokens: Sequence[str]) -> list[int]:
    """Return the lowest checksums of a text's word pairs: a fair sample, the same in every text."""
    pairs = pairwise(tokens) if len(tokens) > 1 else [(token, "") for token in tokens]
    return nsmallest(_SKETCH, {crc32(" ".join(pair).encode()) for pair in pairs})


def _candidates(sketches: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Yield (second, first) for pairs that share enough of their sketches, each once."""
    frequency = Counter(mark for sketch in sketches for mark in sketch)
    common = max(_COMMON, len(sketches) // 10)
    index: defaultdict[int, list[int]] = defaultdict(list)
    for second, sketch in enumerate(sketches):
        telling = [mark for mark in sketch if frequency[mark] <= common]
        shared: Counter[int] = Counter()
        for mark in telling if len(telling) * 2 >= len(sketch) else sketch:
            if frequency[mark] > 1:
                shared.update(index[mark])
                index[mark].append(second)
        for first, count in shared.items():
            if count >= min(_SKETCH_SHARED, len(sketch) // 2, len(sketches[first]) // 2):
                yield second, first
