"""F1 and exact match of extraction, on a folder laid out like scrapinghub's article-extraction-benchmark.

    python benchmarks/extraction.py FOLDER [--json] [--worst N]

FOLDER holds ground-truth.json ({id: {articleBody, url}}) and html/ID.html.gz. The measure is theirs:
four-word shingles as bags, precision and recall averaged over pages, F1 of the averages; exact is the
share of pages whose bags are equal.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.sources.pages.extraction import extract

SHINGLE_WORDS = 4
ZONE = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Figures:
    """What one folder gave."""

    pages: int
    f1: float
    precision: float
    recall: float
    exact: float
    cpu_s: float


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the bag of a text's four-word shingles."""
    words = re.findall(r"\w+", text)
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    return Counter(tuple(words[start : start + SHINGLE_WORDS]) for start in range(count))


def body_of(page: bytes, url: str) -> str:
    """Return headings and paragraphs as our extraction gives them."""
    found = extract(page, url=url, zone=ZONE, now=datetime.now(UTC))
    lines: list[str] = []
    for passage in found.passages:
        lines += [passage.heading, *passage.paragraphs]
    return "\n".join(line for line in lines if line)


def score(truth: str, found: str) -> tuple[float, float, bool]:
    """Return precision, recall and whether the bags are equal."""
    wanted, got = shingles(truth), shingles(found)
    both = sum((wanted & got).values())
    return both / sum(got.values()), both / sum(wanted.values()), wanted == got


def measure(folder: Path) -> tuple[Figures, list[tuple[float, str]]]:
    """Return the figures and each page's F1 with its address, worst first."""
    truths = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    scores: list[tuple[float, float, bool]] = []
    by_page: list[tuple[float, str]] = []
    cpu_s = 0.0
    for name, truth in truths.items():
        page = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        started = time.process_time()
        found = body_of(page, truth["url"])
        cpu_s += time.process_time() - started
        scores.append(score(truth["articleBody"], found))
        by_page.append((_f1(*scores[-1][:2]), truth["url"]))
    precision = sum(each[0] for each in scores) / len(scores)
    recall = sum(each[1] for each in scores) / len(scores)
    exact = sum(each[2] for each in scores) / len(scores)
    figures = Figures(len(scores), _f1(precision, recall), precision, recall, exact, cpu_s)
    return figures, sorted(by_page)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> None:
    """Print the figures of the folder named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--worst", type=int, default=0, help="list so many pages, worst first")
    options = parser.parse_args()
    figures, by_page = measure(options.folder)
    if options.json:
        print(json.dumps(asdict(figures)))
        return
    print(
        f"{figures.pages} pages: F1 {figures.f1:.3f} (precision {figures.precision:.3f}, "
        f"recall {figures.recall:.3f}), exact {figures.exact:.3f}, {figures.cpu_s:.1f} s of CPU"
    )
    for f1, url in by_page[: options.worst]:
        print(f"{f1:.3f} {url}")


if __name__ == "__main__":
    main()
