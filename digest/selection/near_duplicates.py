"""Texts that are nearly the same: wire copies, reprints, an article under a second address."""

from __future__ import annotations

import logging
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from digest.selection.tokenizing import SHINGLE, run_line, shingles, words

log = logging.getLogger(__name__)

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

MOST_ALIKE = 200
"""Originals listed under one word pair, and compared with one text, at most.

Notices of one form share their word pairs by the thousand; each compared with all would cost their square.
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and the original it nearly equals, by index, `first` < `second`."""

    first: int
    second: int
    jaccard: float


def jaccard(one: Collection[object], other: frozenset[object]) -> float:
    """Return what two sets share of what they have together; 0 where both are empty."""
    shared = len(other.intersection(one))
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def near_duplicates(
    texts: Sequence[str], *, since: int = 0, may_copy: Callable[[int, int], bool] = lambda *_: True
) -> list[Pair]:
    """Return each text that nearly equals an earlier one, with the first such original, in order.

    An original is a text that is itself no copy. Only with originals is anything compared, so that a
    thousand copies cost a thousand comparisons. Which ones is narrowed by sketches (the lowest checksums
    of their word pairs); these are compared exactly, shingle by shingle. Empty texts equal nothing.

    Args:
        since: the texts before this index are originals, whatever they equal.
        may_copy: whether the second text, by index, counts as a copy of the first where they are alike.
    """
    compared = _Compared(texts)
    found = []
    for second in range(len(texts)):
        copied = compared.original_of(second, may_copy) if second >= since else None
        if copied is None:
            compared.add(second)
        else:
            found.append(copied)
    if compared.bounded:
        log.warning(
            "%d texts are of a form that %d others share: each was compared with that many only",
            compared.bounded,
            MOST_ALIKE,
        )
    return found


class _Compared:
    """The originals so far, by the word pairs of their sketches."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        tokens = [words(text) for text in texts]
        self._lengths = [len(one) for one in tokens]
        self._sketches = [_sketch(one) for one in tokens]
        self._frequency = Counter(mark for sketch in self._sketches for mark in sketch)
        self._common = max(_COMMON, len(texts) // 10)
        self._index: defaultdict[int, list[int]] = defaultdict(list)
        self._shingles: dict[int, array[int]] = {}
        self.bounded = 0
        """How many texts had more originals like them than are compared."""

    def original_of(self, second: int, may_copy: Callable[[int, int], bool]) -> Pair | None:
        """Return the first original that this text nearly equals."""
        own: frozenset[int] | None = None
        for first in self._like(second):
            own = _numbers(self._texts[second]) if own is None else own
            is_short = min(self._lengths[first], self._lengths[second]) <= SHORT_TEXT
            alike = jaccard(self._numbers_of(first), own)
            if alike >= (SHORT_THRESHOLD if is_short else THRESHOLD) and may_copy(first, second):
                return Pair(first, second, alike)
        return None

    def add(self, original: int) -> None:
        """Let later texts be compared with this one."""
        for mark in self._telling(original):
            listed = self._index[mark]
            if self._frequency[mark] > 1 and len(listed) < MOST_ALIKE:
                listed.append(original)

    def _like(self, second: int) -> list[int]:
        """Return the originals that share enough of this text's sketch, in order."""
        sketch = self._sketches[second]
        shared: Counter[int] = Counter()
        for mark in self._telling(second):
            shared.update(self._index.get(mark, ()))
        enough = min(_SKETCH_SHARED, len(sketch) // 2)
        found = [
            first
            for first, count in shared.items()
            if count >= min(enough, len(self._sketches[first]) // 2)
        ]
        if len(found) >= MOST_ALIKE:
            self.bounded += 1
            found.sort(key=lambda first: (-shared[first], first))
        return sorted(found[:MOST_ALIKE])

    def _telling(self, index: int) -> Sequence[int]:
        """Return the word pairs a text is found by: the rarer ones, where there are enough of them."""
        sketch = self._sketches[index]
        telling = [mark for mark in sketch if self._frequency[mark] <= self._common]
        return telling if len(telling) * 2 >= len(sketch) else sketch

    def _numbers_of(self, original: int) -> array[int]:
        if original not in self._shingles:
            self._shingles[original] = array("L", sorted(_numbers(self._texts[original])))
        return self._shingles[original]


def _numbers(text: str) -> frozenset[int]:
    """Return a text's shingles as numbers: four to eight bytes each where they are kept, and not sixty."""
    line = run_line(text)
    if line.isascii() and len(line) > SHINGLE:
        data = line.encode()
        return frozenset(map(crc32, {data[at : at + SHINGLE] for at in range(len(data) - SHINGLE + 1)}))
    return frozenset(crc32(one.encode()) for one in shingles(text))


def _sketch(tokens: Sequence[str]) -> list[int]:
    """Return the lowest checksums of a text's word pairs: a fair sample, the same in every text."""
    pairs = pairwise(tokens) if len(tokens) > 1 else [(token, "") for token in tokens]
    return sorted({crc32(f"{one} {other}".encode()) for one, other in pairs})[:_SKETCH]
