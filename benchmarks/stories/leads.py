"""How often the newest story leads an edition merely for being the newest, on real feeds.

    python -m benchmarks.stories.leads FOLDER

FOLDER holds feeds as they were fetched. Twenty editions are drawn: the days, over all feeds together, with
the most articles. Beside ours stands the order by recency and publishers alone.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.model import (
    AlreadySent,
    Article,
    Mailbox,
    Newsletter,
    Schedule,
    SectionRule,
    SeenArticle,
    SourceKey,
    Story,
    Window,
    distinct_voices,
)
from digest.selection.ranking import recency
from digest.selection.selecting import select
from digest.sources.entries import Profile, read_entry
from digest.sources.feed import parse_feed
from digest.sources.order import placed
from digest.sources.web.fetching import Fetched

EDITIONS = 20
DAY = timedelta(hours=24)
NOW = datetime(2100, 1, 1, tzinfo=UTC)


def read(folder: Path) -> list[Article]:
    """Return the dated articles of all feeds."""
    found: list[Article] = []
    for path in sorted(folder.iterdir()):
        parsed = parse_feed(Fetched(f"https://{path.name}.example/feed", 200, path.read_bytes()), path.name)
        profile = Profile(SourceKey(path.name), ZoneInfo("UTC"))
        read = [read_entry(entry, profile, now=NOW).article for entry in parsed.entries]
        found.extend(placed([one for one in read if one is not None]))
    return [one for one in found if one.published is not None]


def newsletter() -> Newsletter:
    """Return one that takes everything into one section."""
    return Newsletter(
        key="all",
        title="All",
        sender=Mailbox("All", "all@all.example"),
        lists=("all",),
        schedule=Schedule(ZoneInfo("UTC"), time(6), time(7)),
        sections=(SectionRule("all", "All", max_items=12),),
    )


def stories(articles: list[Article], window: Window) -> list[Story]:
    """Return the edition's stories, best first."""
    seen = [SeenArticle(one, one.published or window.end, one.published or window.end) for one in articles]
    selection = select(seen, newsletter=newsletter(), window=window, sent=AlreadySent({}))
    return [story for section in selection.sections for story in section.stories]


def by_recency(told: list[Story], window: Window) -> Story:
    """Return the story that leads where only the time and the number of publishers count."""

    def worth(story: Story) -> float:
        newest = max(one.published for one in story.articles if one.published)
        return recency(newest, window) ** 2 * (1 + len(distinct_voices(story.articles)) / 2)

    return max(told, key=worth)


def main() -> None:
    """Print in how many editions the newest story leads."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    articles = read(parser.parse_args().folder)
    days = Counter(one.published.date() for one in articles if one.published)
    ours = rival = drawn = 0
    for day, _ in days.most_common(EDITIONS):
        end = datetime.combine(day, time(0), UTC) + DAY
        window = Window(end - DAY, end)
        told = stories(
            [one for one in articles if one.published and end - DAY <= one.published < end], window
        )
        if len(told) < 2:
            continue
        newest = max(told, key=lambda story: max(one.published or window.start for one in story.articles))
        drawn += 1
        ours += told[0] is newest
        rival += by_recency(told, window) is newest
    print(f"{drawn} editions: the newest leads {ours} of ours, {rival} by recency and publishers alone")


if __name__ == "__main__":
    main()
