"""Makes the table of how common words are in English news, of texts that no story is measured on.

    python -m benchmarks.stories.everyday cnndm.jsonl xsum.jsonl … > digest/selection/likeness/en.txt

Each line holds a count and the words (their first letters, as stories compare them) that stand in so many
of the texts; words of one text alone are left out. Of several articles of one story the first counts.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from digest.selection.linkage import STEM
from digest.selection.stories import BODY_WORDS, LONGEST_WORD
from digest.selection.tokenizing import words

LEAST = 2


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    counts: Counter[str] = Counter()
    texts = 0
    for path in parser.parse_args().files:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row["text"] if isinstance(row["text"], str) else row["text"][0]
            told = words(f"{row.get('title') or ''} {text[: BODY_WORDS * LONGEST_WORD]}")[:BODY_WORDS]
            counts.update({word[:STEM] for word in told})
            texts += 1
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for stem, found in sorted(counts.items()):
        if found >= LEAST and stem.isascii():
            lines[found].append(stem)
    print(texts)
    for found in sorted(lines, reverse=True):
        print(found, *lines[found])


if __name__ == "__main__":
    main()
