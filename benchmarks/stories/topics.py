"""Story grouping on topics that nothing was fitted to, beside scikit-learn's average linkage.

    python -m benchmarks.stories.topics stories.jsonl [--train 0.35] [--repeats 20] [--json]

Labels are `topic/event`. Some topics are drawn at random; on them the level of the thresholds of ours,
and the threshold of the rival, are chosen; both are measured on all the others. As in a newsroom, the
collection that is measured has another size than the one that was fitted. The rival is TF-IDF with English
stop words and average linkage of cosines (`pip install scikit-learn`; left out where it is missing).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.grouping import b_cubed, read
from digest.model import Article
from digest.selection.likeness.levels import Levels, Strictness, everyday_grown, everyday_scale
from digest.selection.linkage import average_linkage, similarities, vectorize
from digest.selection.stories import story_names, story_words

LEVELS = [round(0.4 + 0.05 * step, 2) for step in range(33)]
RIVAL_LEVELS = [round(0.04 + 0.01 * step, 2) for step in range(50)]
PRECISION = 0.97

Figures = tuple[float, float, float]
Curve = list[Figures]


def ours(articles: Sequence[Article], labels: Sequence[str], strictness: Strictness) -> Curve:
    """Return the figures at each level of the thresholds."""
    vectors = vectorize([story_words(one) for one in articles])
    raised = everyday_grown(len(articles))
    levels = Levels(vectors, strictness, raised, raised, [story_names(one) for one in articles].__getitem__)
    links = [
        {other: cosine / levels.between(one, other) for other, cosine in near.items()}
        for one, near in enumerate(similarities(vectors))
    ]
    found = []
    for level in LEVELS:
        groups = average_linkage([{at: link / level for at, link in near.items()} for near in links])
        found.append(_figures(groups, labels))
    return found


def rival(texts: Sequence[str], labels: Sequence[str]) -> Curve:
    """Return scikit-learn's figures at each threshold; nothing where it is not installed."""
    try:
        from sklearn.cluster import AgglomerativeClustering
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError:
        return []
    weights = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    distances = (1 - (weights @ weights.T).toarray()).clip(0)
    found = []
    for level in RIVAL_LEVELS:
        model = AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - level
        )
        found.append(b_cubed([int(one) for one in model.fit_predict(distances)], labels))
    return found


def _figures(groups: Sequence[Sequence[int]], labels: Sequence[str]) -> Figures:
    of = {member: number for number, group in enumerate(groups) for member in group}
    return b_cubed([of[at] for at in range(len(labels))], labels)


def best(curve: Curve) -> int:
    """Return the level with the best F1."""
    return max(range(len(curve)), key=lambda at: curve[at][2])


def precise(curve: Curve) -> int:
    """Return the first level from which on the precision holds."""
    return next(
        (at for at in range(len(curve)) if all(one[0] >= PRECISION for one in curve[at:])), len(curve) - 1
    )


def main() -> None:
    """Print the mean figures on the topics left out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--train", type=float, default=0.35, help="the share of topics fitted to")
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    given = parser.parse_args()
    articles, labels = read(given.path)
    topics = sorted({label.split("/")[0] for label in labels.values()})
    results: dict[str, list[Figures]] = {}
    for seed in range(given.repeats):
        drawn = set(random.Random(seed).sample(topics, round(given.train * len(topics))))
        sides = [
            [one for one in articles if (labels[one.id].split("/")[0] in drawn) is fitted]
            for fitted in (True, False)
        ]
        truths = [[labels[one.id] for one in side] for side in sides]
        for mode, choose in ((Strictness.BALANCED, best), (Strictness.PRECISE, precise)):
            name = mode.name.lower()
            fit, held = (ours(*pair, mode) for pair in zip(sides, truths, strict=True))
            results.setdefault(f"{name}, ours", []).append(held[choose(fit)])
            shipped = everyday_scale(len(truths[1]), mode) / everyday_grown(len(truths[1]))
            nearest = min(range(len(LEVELS)), key=lambda at: abs(LEVELS[at] - shipped))
            results.setdefault(f"{name}, ours as shipped", []).append(held[nearest])
        curves = [
            rival([one.text for one in side], truth) for side, truth in zip(sides, truths, strict=True)
        ]
        for name, choose in (("balanced", best), ("precise", precise)) if curves[0] else ():
            results.setdefault(f"{name}, scikit-learn", []).append(curves[1][choose(curves[0])])
    tell(results, as_json=given.json)


def tell(results: dict[str, list[Figures]], *, as_json: bool) -> None:
    """Print one line for each system."""
    write: Callable[[str], None] = print
    for name in sorted(results):
        precision, recall, f1 = (fmean(column) for column in zip(*results[name], strict=True))
        if as_json:
            write(json.dumps({"system": name, "precision": precision, "recall": recall, "f1": f1}))
        else:
            write(f"{name:28} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


if __name__ == "__main__":
    main()
