"""Where in a page the blocks stand that an extractor found."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from digest.sources.text.blocks import Block

RUN_WORDS = 4
MOST_PLACES = 20
"""So many places of one piece are looked at: more say the same words, so that none is surely its own."""
HIDDEN_SHARE = 0.15
FEWEST_HIDDEN = 3
"""So much of the text, and so many paragraphs, make what the page shows nowhere a part of the article."""


def places_of(blocks: Sequence[Block], keys: Sequence[str]) -> list[int | None]:
    """Return where in the page each block stands, in order; what comes often, between its neighbors.

    Several blocks may stand at one place: an extractor cuts paragraphs at links.
    """
    where: defaultdict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        where[key].append(place)
    sure = [
        (index, found[0])
        for index, block in enumerate(blocks)
        if len(found := where.get(block.key, [])) == 1
    ]
    places: list[int | None] = [None] * len(blocks)
    for index, place in in_order(sure):
        places[index] = place
    last, ends = -1, _ends(places, len(keys))
    starts = _starts(keys) if None in places else {}
    for index, block in enumerate(blocks):
        if places[index] is None:
            found = where.get(block.key) or _holding(block.key, keys, starts, last)
            later = bisect_left(found, last + (block.key in where))
            if later < len(found) and found[later] < ends[index]:
                places[index] = found[later]
        placed = places[index]
        last = last if placed is None else placed
    for index in range(len(blocks) - 2, -1, -1):  # a piece too short to be known begins what follows it
        after, key = places[index + 1], blocks[index].key
        if places[index] is None and after is not None and key and f" {key} " in f" {keys[after]} ":
            places[index] = after
    for index, place in sure:
        places[index] = place
    return places


def not_shown(
    blocks: Sequence[Block],
    places: Sequence[int | None],
    keys: Sequence[str],
    *,
    is_prose: Callable[[Block], bool],
) -> frozenset[int]:
    """Return which blocks the page shows nowhere as they are: pieces of others, boxes that are closed.

    Prose among the article's that is said nowhere else stays, and so does much of it at either end: a
    second half may wait for a click.
    """
    missing = [index for index, place in enumerate(places) if place is None]
    shown = [index for index, place in enumerate(places) if place is not None]
    if not missing or not shown:
        return frozenset()
    said = {run for key in keys for run in word_runs(key)}
    fresh = [index for index in missing if is_prose(blocks[index]) and not _is_said(blocks[index], said)]
    amid = [index for index in fresh if shown[0] < index < shown[-1]]
    ends = [index for index in fresh if index not in amid]
    length = sum(len(blocks[index].text) for index in ends)
    is_half = length >= HIDDEN_SHARE * sum(len(block.text) for block in blocks)
    kept = fresh if is_half and len(ends) >= FEWEST_HIDDEN else amid
    return frozenset(missing) - frozenset(kept)


def _is_said(block: Block, said: set[tuple[str, ...]]) -> bool:
    runs = word_runs(block.key)
    return 2 * sum(run in said for run in runs) > len(runs)


def in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs whose second numbers rise: what stands in the page's order."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [number]
        before.append(ends[at - 1] if at else -1)
    run: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _starts(keys: Sequence[str]) -> Mapping[tuple[str, ...], list[int]]:
    """Return where each run of a few words is said."""
    starts: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        for run in dict.fromkeys(word_runs(key)):
            starts[run].append(place)
    return starts


def _holding(
    key: str, keys: Sequence[str], starts: Mapping[tuple[str, ...], list[int]], last: int
) -> list[int]:
    """Return the places whose block holds a piece."""
    words = key.split()
    if len(words) < RUN_WORDS:
        return [last] if last >= 0 and f" {key} " in f" {keys[last]} " and key else []
    found = starts.get(tuple(words[:RUN_WORDS]), [])
    later = islice(found, bisect_left(found, last), None)
    return [place for place in islice(later, MOST_PLACES) if f" {key} " in f" {keys[place]} "]


def _ends(places: Sequence[int | None], end: int) -> list[int]:
    """Return before which place each block must stand: that of the next one that is sure."""
    ends = [end] * len(places)
    for index in range(len(places) - 1, -1, -1):
        ends[index] = end
        if (place := places[index]) is not None:
            end = place
    return ends


def word_runs(key: str) -> list[tuple[str, ...]]:
    """Return each run of a few words of a block's key; all of a shorter one."""
    words = key.split()
    return [tuple(words[start : start + RUN_WORDS]) for start in range(max(1, len(words) - RUN_WORDS + 1))]
