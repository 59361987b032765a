"""Recall and precision of near-duplicates under five kinds of edits, on a jsonl of {id, text}.

    python benchmarks/near_duplicates.py articles.jsonl [--json]

Every text gets one edited copy of each kind. Of the pairs found, those of a text and its own copy are
right, all others wrong. Texts that share a fifth of their sentences with an earlier one in the file are
left out: they are copies already.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.selection.near_duplicates import near_duplicates

SEED = 20_261_123
LEAST_WORDS = 60
LEAST_SENTENCE = 5
AD = (
    "Sign up for our evening letter to get the day's most read pieces. "
    "You can leave the list at any time, and we never pass on your address."
)

Edit = Callable[[list[str], random.Random], list[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """What one kind of edit gave."""

    recall: float
    precision: float
    texts: int


def sentences(text: str) -> list[str]:
    """Return rough sentences, enough to edit by."""
    return [one for one in re.split(r"(?<=[.!?])\s+", text) if one]


def cut_end(parts: list[str], _: random.Random) -> list[str]:
    """Return the text as a partner paper prints it: the last third cut off."""
    return parts[: max(1, len(parts) - len(parts) // 3)]


def new_top(parts: list[str], _: random.Random) -> list[str]:
    """Return the text with an agency's line before it and another first sentence."""
    return ["HARBOUR CITY (Coast Press) –", "This is what is known so far.", *parts[1:]]


def put_ads(parts: list[str], _: random.Random) -> list[str]:
    """Return the text with an appeal in the middle and at the end."""
    middle = len(parts) // 2
    return [*parts[:middle], AD, *parts[middle:], "Read more on our site.", AD]


def change_words(parts: list[str], chance: random.Random) -> list[str]:
    """Return the text with every twelfth word or so another one."""

    def change(word: str) -> str:
        return word[::-1] if chance.random() < 1 / 12 else word

    return [" ".join(change(word) for word in part.split()) for part in parts]


def reorder(parts: list[str], chance: random.Random) -> list[str]:
    """Return the text with its blocks in another order, in other case and punctuation."""
    size = max(1, len(parts) // 4)
    blocks = [parts[at : at + size] for at in range(0, len(parts), size)]
    chance.shuffle(blocks)
    return [part.upper().replace(",", " –").replace('"', "”") for block in blocks for part in block]


EDITS: Mapping[str, Edit] = {
    "end cut": cut_end,
    "new top": new_top,
    "ads": put_ads,
    "words": change_words,
    "order, case": reorder,
}


def read(path: Path) -> list[str]:
    """Return the texts long enough to edit; several texts a row count each."""
    found: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        found.extend([text] if isinstance(text, str) else text)
    known: set[str] = set()
    kept = []
    for text in found:
        said = {one for one in sentences(text) if len(one.split()) >= LEAST_SENTENCE}
        if len(text.split()) >= LEAST_WORDS and len(said & known) * 5 < len(said):
            kept.append(text)
        known |= said
    return kept


def measure(texts: Sequence[str], edit: Edit) -> Result:
    """Return recall over the texts, and precision over all pairs found."""
    chance = random.Random(SEED)
    copies = [" ".join(edit(sentences(text), chance)) for text in texts]
    pairs = near_duplicates([*texts, *copies])
    right = sum(1 for pair in pairs if pair.second == pair.first + len(texts))
    return Result(right / len(texts), right / len(pairs) if pairs else 1.0, len(texts))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    texts = read(options.path)
    for name, edit in EDITS.items():
        began = time.process_time()
        result = measure(texts, edit)
        seconds = time.process_time() - began
        if options.json:
            figures = {"edit": name, "recall": result.recall, "precision": result.precision}
            print(json.dumps({**figures, "texts": result.texts, "cpu_s": seconds}))
        else:
            print(
                f"{name:12} recall {result.recall:.3f}  precision {result.precision:.3f}"
                f"  ({result.texts} texts, {seconds:.1f} s CPU)"
            )


if __name__ == "__main__":
    main()
