"""The last look before sending: which articles' pages are gone."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait

from digest.model import Article, ArticleId
from digest.sources.web.fetching import MAX_AT_ONCE, Fetcher, FetchFailed
from digest.sources.web.urls import host_of, shown

MOST_S = 120.0
"""So long one last look may take; pages not asked for by then count as there."""
FEWEST_FOR_AN_OUTAGE = 3

log = logging.getLogger(__name__)


def withdrawn(
    articles: Sequence[Article], fetcher: Fetcher, *, most_s: float = MOST_S
) -> frozenset[ArticleId]:
    """Return the articles whose pages the server says are not there (404, 410).

    Anything else (a timeout, a refusal, an error of the server) proves nothing. Where most of a host's
    pages are missing, three at least, the host is at fault, not its articles: none of them counts.

    Args:
        most_s: the time for all of them together, in seconds.
    """
    until = time.monotonic() + most_s

    def is_gone(article: Article) -> bool:
        if time.monotonic() >= until:
            return False
        try:
            fetcher.get(article.url)
        except FetchFailed as error:
            return error.is_gone
        return False

    with ThreadPoolExecutor(MAX_AT_ONCE, thread_name_prefix="recheck") as pool:
        asked = {pool.submit(is_gone, article): article for article in articles}
        wait(asked)
    gone = [article for each, article in asked.items() if each.result()]
    return frozenset(article.id for article in _of_sound_hosts(gone, articles))


def _of_sound_hosts(gone: Sequence[Article], asked: Sequence[Article]) -> list[Article]:
    missing = Counter(host_of(article.url) for article in gone)
    total = Counter(host_of(article.url) for article in asked)
    kept = []
    for article in gone:
        host = host_of(article.url)
        if missing[host] >= FEWEST_FOR_AN_OUTAGE and missing[host] * 2 > total[host]:
            log.warning("%s is not there, like most pages of its host: it stays", shown(article.url))
        else:
            kept.append(article)
    return kept
