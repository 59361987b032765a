"""B-cubed precision, recall and F1 of story grouping on a jsonl of {id, text, title?, label}.

python benchmarks/grouping.py stories.jsonl [--mode balanced|precise] [--json]
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path

from digest.model import Article, ArticleId, CanonicalUrl, Passage, SourceKey
from digest.selection.likeness.levels import Strictness
from digest.selection.stories import group


def b_cubed(found: Sequence[Hashable], truth: Sequence[Hashable]) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 of one label for each text.

    Source: Bagga & Baldwin 1998.
    """
    together = Counter(zip(found, truth, strict=True))
    sizes, true_sizes = Counter(found), Counter(truth)
    precision = sum(count * count / sizes[mine] for (mine, _), count in together.items()) / len(found)
    recall = sum(count * count / true_sizes[real] for (_, real), count in together.items()) / len(found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def read(path: Path) -> tuple[list[Article], dict[ArticleId, str]]:
    """Return the articles of a jsonl, and the true label of each by its id."""
    articles: list[Article] = []
    labels: dict[ArticleId, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = Article(
            source=SourceKey("benchmark"),
            url=CanonicalUrl(f"https://benchmark.example/{row['id']}"),
            guid=str(row["id"]),
            title=row.get("title", ""),
            passages=(Passage((row["text"],)),) if row["text"] else (),
        )
        articles.append(article)
        labels[article.id] = row["label"]
    return articles, labels


def measure(path: Path, strictness: Strictness) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 on a jsonl."""
    articles, labels = read(path)
    grouping = group(articles, (), {}, strictness)
    pairs = [(number, labels[one.id]) for number, story in enumerate(grouping.stories) for one in story]
    return b_cubed([found for found, _ in pairs], [truth for _, truth in pairs])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("--mode", choices=["balanced", "precise"], action="append")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    for mode in options.mode or ["balanced", "precise"]:
        began = time.process_time()
        precision, recall, f1 = measure(options.path, Strictness[mode.upper()])
        seconds = time.process_time() - began
        if options.json:
            print(
                json.dumps(
                    {"mode": mode, "precision": precision, "recall": recall, "f1": f1, "cpu_s": seconds}
                )
            )
        else:
            print(f"{mode:9} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({seconds:.1f} s CPU)")


if __name__ == "__main__":
    main()
