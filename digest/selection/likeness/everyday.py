"""How common words are in the news of a language: what a small collection can't know by itself.

A day's few texts make every word look rare that two of them share. Beside a language's everyday use, a
name that two texts share says more, and a word like "police" less.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib.resources import files

TEXTS = 198
"""For so many more texts the everyday use counts.

Source: benchmarks/stories/topics.py; 130 to 330 are level, from 660 on recall is lost. Frequencies of the
package wordfreq instead of ours gain three quarters as much, at 57 MB.
"""

KNOWN_SHARE = 0.4
"""So many of a text's words are known, and it is of that language.

Source: English reports have .52 and more (the lowest of a hundred; median .8), German ones .18 and less.
"""


@lru_cache(maxsize=1)
def everyday() -> Mapping[str, float]:
    """Return in how many of `TEXTS` English texts each word stands, by the letters it is compared by.

    Source: benchmarks/stories/everyday.py; 661 reports of five public sets, none of which measures stories.
    """
    total, *lines = (files("digest.selection.likeness") / "en.txt").read_text(encoding="utf-8").splitlines()
    return {
        stem: TEXTS * int(count) / int(total) for count, *stems in map(str.split, lines) for stem in stems
    }


def is_everyday(stems: Collection[str]) -> bool:
    """Tell whether a text with these words, each once, is of the language whose everyday use is known."""
    table = everyday()
    return bool(stems) and sum(stem in table for stem in stems) >= KNOWN_SHARE * len(stems)
