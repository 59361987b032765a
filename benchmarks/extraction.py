"""F1 and exact match of extraction, on a folder laid out like scrapinghub's article-extraction-benchmark.

    python benchmarks/extraction.py FOLDER [--json] [--worst N] [--rival] [--folds K]

`--rival` measures trafilatura alone, with its defaults, on the same pages. `--folds K` leaves sites out:
the bounds of digest/sources/pages/layout.py are chosen, of a grid, on the pages of all sites but a K-th,
and measured on the pages of that K-th; every page is measured once, by bounds that never saw its site.

FOLDER holds ground-truth.json ({id: {articleBody, url}}) and html/ID.html.gz. The measure is theirs:
four-word shingles as bags, precision and recall averaged over pages, F1 of the averages; exact is the
share of pages whose bags are equal.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import trafilatura

from digest.sources.pages import layout
from digest.sources.pages.extraction import decode, extract

SHINGLE_WORDS = 4
GRID: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "BODY_SHARE": (0.6, 0.75, 0.9),
        "OWN_SHARE": (0.06, 0.12, 0.25),
        "LINKED_SHARE": (0.4, 0.6, 0.8),
    }
)
"""Bounds of digest/sources/pages/layout.py, and what is tried of each."""
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


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what its article says."""

    url: str
    content: bytes
    truth: str

    @property
    def site(self) -> str:
        """Return the host without `www.`."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


Score = tuple[float, float, bool]


def read_pages(folder: Path) -> list[Page]:
    """Return the pages of a folder."""
    truths = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        Page(
            truth["url"],
            gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()),
            truth["articleBody"],
        )
        for name, truth in truths.items()
    ]


def measure(folder: Path) -> tuple[Figures, list[tuple[float, str]]]:
    """Return the figures and each page's F1 with its address, worst first."""
    pages = read_pages(folder)
    started = time.process_time()
    scores = [score(page.truth, body_of(page.content, page.url)) for page in pages]
    figures = figures_of(scores, time.process_time() - started)
    return figures, sorted((_f1(*each[:2]), page.url) for each, page in zip(scores, pages, strict=True))


def figures_of(scores: Sequence[Score], cpu_s: float = 0.0) -> Figures:
    """Return precision and recall averaged over pages, F1 of the averages, and the share of exact ones."""
    precision = sum(each[0] for each in scores) / len(scores)
    recall = sum(each[1] for each in scores) / len(scores)
    exact = sum(each[2] for each in scores) / len(scores)
    return Figures(len(scores), _f1(precision, recall), precision, recall, exact, cpu_s)


def measure_rival(folder: Path) -> Figures:
    """Return the figures of trafilatura alone."""
    pages = read_pages(folder)
    started = time.process_time()
    scores = [
        score(page.truth, trafilatura.extract(decode(page.content), include_comments=False) or "")
        for page in pages
    ]
    return figures_of(scores, time.process_time() - started)


def measure_left_out(folder: Path, folds: int) -> Figures:
    """Return the figures of pages whose sites the bounds were not chosen on."""
    pages = read_pages(folder)
    sites = sorted(
        {page.site for page in pages}, key=lambda site: hashlib.sha256(site.encode()).hexdigest()
    )
    fold_of = {site: number % folds for number, site in enumerate(sites)}
    by_bounds = {bounds: _scores(pages, bounds) for bounds in itertools.product(*GRID.values())}
    chosen: list[Score] = []
    for fold in range(folds):
        seen = [number for number, page in enumerate(pages) if fold_of[page.site] != fold]
        best = max(by_bounds, key=lambda bounds: figures_of([by_bounds[bounds][n] for n in seen]).f1)
        chosen += [by_bounds[best][n] for n in range(len(pages)) if n not in set(seen)]
    return figures_of(chosen)


def _scores(pages: Sequence[Page], bounds: Sequence[float]) -> list[Score]:
    before = {name: getattr(layout, name) for name in GRID}
    for name, value in zip(GRID, bounds, strict=True):
        setattr(layout, name, value)
    try:
        return [score(page.truth, body_of(page.content, page.url)) for page in pages]
    finally:
        for name, value in before.items():
            setattr(layout, name, value)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> None:
    """Print the figures of the folder named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--rival", action="store_true", help="measure trafilatura, too")
    parser.add_argument(
        "--folds", type=int, default=0, help="choose bounds on other sites, in so many folds"
    )
    parser.add_argument("--worst", type=int, default=0, help="list so many pages, worst first")
    options = parser.parse_args()
    figures, by_page = measure(options.folder)
    told = {"ours": figures}
    if options.folds:
        told[f"ours, sites left out, {options.folds} folds"] = measure_left_out(
            options.folder, options.folds
        )
    if options.rival:
        told["trafilatura"] = measure_rival(options.folder)
    if options.json:
        print(json.dumps({name: asdict(each) for name, each in told.items()}))
        return
    for name, each in told.items():
        print(
            f"{name}: {each.pages} pages: F1 {each.f1:.3f} (precision {each.precision:.3f}, "
            f"recall {each.recall:.3f}), exact {each.exact:.3f}, {each.cpu_s:.1f} s of CPU"
        )
    for f1, url in by_page[: options.worst]:
        print(f"{f1:.3f} {url}")


if __name__ == "__main__":
    main()
