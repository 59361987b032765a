"""How many articles of one source and day are weighed: a flood costs its own source, and is told."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from digest.model import MOST_A_DAY, Article, ArticleId, SourceKey

log = logging.getLogger(__name__)

Dated = tuple[Article, datetime]
"""An article with the moment it counts from."""


def beyond(
    articles: Sequence[Dated],
    most: Mapping[SourceKey, int],
    *,
    zone: ZoneInfo,
    pins: Collection[ArticleId] = (),
) -> dict[ArticleId, str]:
    """Return the articles that are too many of their source and day, each with why.

    Those stay that the source itself puts first, where its order tells anything; else the newest. A pinned
    one always stays.

    Args:
        articles: the candidates.
        most: so many of a source are weighed of one day; MOST_A_DAY where it is not named.
        zone: whose days count.
        pins: what an editor wants in.
    """
    found: dict[ArticleId, str] = {}
    for source, day, crowd in _crowds(articles, most, zone):
        bound = most.get(source, MOST_A_DAY)
        why = told(len(crowd), bound, day)
        log.warning("%s %s", source, why)
        ordered = sorted(
            crowd,
            key=lambda one: (
                one[0].id not in pins,
                one[0].source_place or len(crowd),
                -one[1].timestamp(),
                one[0].url,
                one[0].id,
            ),
        )
        left = [one.id for one, _ in ordered[bound:] if one.id not in pins]
        found |= dict.fromkeys(left, f"{source} {why}.")
    return found


def told_of(articles: Sequence[Dated], most: int, *, zone: ZoneInfo) -> Iterator[str]:
    """Yield what is told of a source's own articles where they are too many of one day."""
    for _, day, crowd in _crowds(articles, dict.fromkeys((one.source for one, _ in articles), most), zone):
        yield told(len(crowd), most, day)


def told(count: int, most: int, day: date) -> str:
    """Return the sentence's end that tells of a day with too many articles."""
    return f"gave {count} articles for {day}, and {most} of a day are weighed (`max_per_day`)"


def _crowds(
    articles: Sequence[Dated], most: Mapping[SourceKey, int], zone: ZoneInfo
) -> Iterator[tuple[SourceKey, date, list[Dated]]]:
    by_source: defaultdict[SourceKey, list[Dated]] = defaultdict(list)
    for one in articles:
        by_source[one[0].source].append(one)
    for source, listed in sorted(by_source.items()):
        bound = most.get(source, MOST_A_DAY)
        if len(listed) <= bound:
            continue
        by_day: defaultdict[date, list[Dated]] = defaultdict(list)
        for one in listed:
            by_day[one[1].astimezone(zone).date()].append(one)
        yield from ((source, day, crowd) for day, crowd in sorted(by_day.items()) if len(crowd) > bound)
