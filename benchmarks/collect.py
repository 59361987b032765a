"""CPU time from collect to a ranked edition, against feedparser's and trafilatura's own on the same bytes.

    python -m benchmarks.collect FOLDER [--articles 500] [--json]

FOLDER is laid out like scrapinghub's article-extraction-benchmark (html/ID.html.gz, ground-truth.json).
Its pages come again as often as it takes, the words of each round spelled otherwise, so that no two
texts are alike. Ten feeds name them with teasers, so every page is read. No network is used: the pages
come from memory. "alone" is feedparser.parse on each feed, and trafilatura.bare_extraction with its
defaults on each page; "ours" is everything from the feeds' bytes to the edition's stories in order. The
two take turns, feed by feed, so that what else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import feedparser
import trafilatura

from digest.model import (
    AlreadySent,
    Mailbox,
    Newsletter,
    Schedule,
    SectionRule,
    SeenArticle,
    Selection,
    SourceKey,
)
from digest.ports import Memory
from digest.selection import select
from digest.selection.window import window_for
from digest.sources.feed import FeedSource
from digest.sources.pages import full_pages
from digest.sources.pages.extraction import decode
from digest.sources.web.fetching import Fetched, Fetcher

FEEDS = 10
TARGET = 1.2
NOW = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
ZONE = ZoneInfo("UTC")
_TEXT = re.compile(r">([^<>]{20,})<")
_WORD = re.compile(r"[a-z]{5,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

T = TypeVar("T")


class MemoryFetcher(Fetcher):
    """Answers from memory."""

    def __init__(self, pages: Mapping[str, bytes]) -> None:
        """Serve `pages` by URL."""
        super().__init__(user_agent="benchmark")
        self._pages = pages
        self.asked: Counter[str] = Counter()

    def get(self, url: str, **_: object) -> Fetched:
        """Return the stored page."""
        self.asked[url] += 1
        return Fetched(url, 200, self._pages[url], content_type="text/html")


@dataclass(frozen=True, slots=True)
class Figures:
    """What one measurement gave, in seconds of CPU time; `asked` is how often for which URL."""

    articles: int
    feedparser_s: float
    trafilatura_s: float
    collect_s: float
    select_s: float
    stories: int
    asked: Mapping[str, int]

    @property
    def ratio(self) -> float:
        """Return our time in those of the two libraries alone."""
        return (self.collect_s + self.select_s) / (self.feedparser_s + self.trafilatura_s)


def pages_of(folder: Path, count: int) -> list[bytes]:
    """Return that many pages, each round of the folder's in other words."""
    stored = [gzip.decompress(path.read_bytes()) for path in sorted((folder / "html").glob("*.html.gz"))]
    pages = []
    for number in range(count):
        page, turn = stored[number % len(stored)], number // len(stored)
        pages.append(page if turn == 0 else _respelled(decode(page), turn).encode())
    return pages


def feeds_of(pages: list[bytes]) -> dict[str, bytes]:
    """Return ten feeds that name the pages with teasers, and the pages, by URL."""
    served: dict[str, bytes] = {}
    items: list[list[str]] = [[] for _ in range(FEEDS)]
    for number, page in enumerate(pages):
        url = f"https://news{number % FEEDS}.example/{number}"
        served[url] = page
        at = NOW - timedelta(minutes=2 * number)
        title = escape(re.sub(r"\s+", " ", _title(page)) or f"Article {number}")
        items[number % FEEDS].append(
            f"<item><link>{url}</link><guid>{url}</guid><title>{title}</title>"
            f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate><description>A teaser.</description></item>"
        )
    for number, rows in enumerate(items):
        body = "".join(rows)
        served[f"https://news{number}.example/feed.xml"] = (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>News {number}</title>{body}'
            "</channel></rss>"
        ).encode()
    return served


def measure(folder: Path, count: int) -> Figures:
    """Return the CPU times of both ways."""
    pages = pages_of(folder, count)
    served = feeds_of(pages)
    trafilatura.bare_extraction(pages[0])  # both ways find its tables loaded
    full_pages.MAX_PAGES = count
    fetcher = MemoryFetcher(served)
    spent: dict[str, float] = defaultdict(float)
    seen: list[SeenArticle] = []
    for number in range(FEEDS):
        url = f"https://news{number}.example/feed.xml"
        theirs = pages[number::FEEDS]
        laps: dict[str, Callable[[], object]] = {
            "feedparser": partial(feedparser.parse, served[url]),
            "trafilatura": partial(_extracted, theirs),
            "collect": partial(_collect_into, seen, number, url, fetcher),
        }
        for name in sorted(laps, reverse=bool(number % 2)):
            spent[name] += _timed(laps[name])[0]
    select_s, selection = _timed(lambda: _selected(seen))
    stories = sum(len(section.stories) for section in selection.sections)
    return Figures(
        len(seen),
        spent["feedparser"],
        spent["trafilatura"],
        spent["collect"],
        select_s,
        stories,
        fetcher.asked,
    )


def _extracted(pages: Sequence[bytes]) -> None:
    for page in pages:
        trafilatura.bare_extraction(page)


def _collect_into(seen: list[SeenArticle], number: int, url: str, fetcher: Fetcher) -> None:
    source = FeedSource(SourceKey(f"news{number}"), url, fetcher, zone=ZONE)
    articles = source.collect(Memory(), now=NOW).articles
    seen += [SeenArticle(article, NOW, NOW) for article in articles]


def _selected(seen: list[SeenArticle]) -> Selection:
    schedule = Schedule(ZONE, NOW.time(), NOW.time())
    letter = Newsletter(
        key="all",
        title="All",
        sender=Mailbox("All", "all@news.example"),
        lists=("all",),
        schedule=schedule,
        sections=(SectionRule("all", "All", max_items=20),),
        sources=tuple({one.article.source for one in seen}),
    )
    window = window_for(schedule, NOW.date(), last_cutoff=None)
    return select(seen, newsletter=letter, window=window, sent=AlreadySent({}))


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def _title(page: bytes) -> str:
    match = re.search(r"<title[^>]*>([^<]{1,200})", decode(page))
    return match.group(1) if match else ""


def _respelled(page: str, turn: int) -> str:
    """Turn the alphabet in words of five letters and more: other words in the same markup."""
    table = str.maketrans(_LETTERS, _LETTERS[turn:] + _LETTERS[:turn])

    def respell(match: re.Match[str]) -> str:
        return ">" + _WORD.sub(lambda word: word.group().translate(table), match.group(1)) + "<"

    return _TEXT.sub(respell, page)


def main() -> None:
    """Print the figures of the folder named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    found = measure(options.folder, options.articles)
    if options.json:
        names = ("articles", "feedparser_s", "trafilatura_s", "collect_s", "select_s", "stories", "ratio")
        print(json.dumps({name: getattr(found, name) for name in names}))
        return
    print(f"{found.articles} articles, {found.stories} stories ranked")
    print(f"alone  feedparser {found.feedparser_s:6.2f} s  trafilatura {found.trafilatura_s:6.2f} s")
    print(f"ours   collect    {found.collect_s:6.2f} s  select      {found.select_s:6.2f} s")
    print(f"ratio  {found.ratio:.2f} (target {TARGET}: {'met' if found.ratio <= TARGET else 'missed'})")


if __name__ == "__main__":
    main()
