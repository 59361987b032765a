"""What the day's job gathers: the crawls, the choice among all that was seen, the last look."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from digest import selection
from digest.editions.revisions import wishes
from digest.editions.withdrawals import held
from digest.model import (
    MOST_A_DAY,
    Article,
    ArticleId,
    CrawlReport,
    Decision,
    Edition,
    EditionKey,
    EditionState,
    Newsletter,
    Problem,
    SeenArticle,
    Selection,
    SourceKey,
)
from digest.ports import ArticleStore, Collected, EditionStore, Memory, Progress, Source
from digest.selection import daily_bounds
from digest.selection.click_weights import learned_weights
from digest.selection.eligibility import effective_time
from digest.selection.explain import bare, matching
from digest.selection.rules import Rule
from digest.selection.window import window_for

CRAWLS_AT_ONCE = 8

STORY_MEMORY = timedelta(days=10)
"""How far back selection knows the stories of earlier editions: follow-ups come within days."""

EVER = datetime(1970, 1, 2, tzinfo=UTC)
LATEST_AHEAD = timedelta(days=3)

LEARNED_EDITIONS = 30
"""So many editions, the latest, say what readers open."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """What is known of how an edition was read.

    Attributes:
        mails: how many went out.
        opened: how many readers opened each address, scanners left out.
    """

    mails: int
    opened: Mapping[str, int] = field(default_factory=dict)


class Shelves(Protocol):
    """Where articles come from, and where they are kept."""

    @property
    def sources(self) -> Sequence[Source]:
        """Return what is crawled."""

    @property
    def articles(self) -> ArticleStore:
        """Return what keeps what was seen."""


def collect(newsletter: Newsletter, shelves: Shelves, progress: Progress, *, now: datetime) -> CrawlReport:
    """Crawl every source, each on its own: a broken one is reported and costs only its own articles."""
    sources, articles = shelves.sources, shelves.articles
    report = CrawlReport()
    with ThreadPoolExecutor(CRAWLS_AT_ONCE, thread_name_prefix="crawl") as pool:
        memories = [articles.memory(source.key) or Memory() for source in sources]
        # In a context of its own each, so that their log lines tell whose work it is.
        contexts = [copy_context() for _ in sources]
        crawls = pool.map(lambda c, s, m: c.run(s.collect, m, now=now), contexts, sources, memories)
        for done, (source, given) in enumerate(zip(sources, crawls, strict=True), start=1):
            collected = _with_crowds(given, source.key, newsletter, now)
            fresh = articles.record(
                source.key,
                collected,
                undated_count_from_first_seen=source.undated_count_from_first_seen,
                now=now,
            )
            report = report.plus(
                source.key,
                fresh=fresh,
                articles=len(collected.articles) + collected.known,
                problems=collected.problems,
                is_unchanged=collected.is_unchanged,
                is_failed=collected.is_failed,
            )
            progress.step("collect", done, len(sources), str(source.key))
    for problem in report.problems:
        log.warning("%s", problem)
    return report


def _with_crowds(
    collected: Collected, source: SourceKey, newsletter: Newsletter, now: datetime
) -> Collected:
    """Return a crawl that also tells where it gave more of one day than is weighed."""
    most = newsletter.source_most.get(source, MOST_A_DAY)
    if len(collected.articles) <= most:
        return collected
    zone = newsletter.schedule.zone
    told = daily_bounds.told_of(
        [(one, _counts_from(one, zone, now)) for one in collected.articles], most, zone=zone
    )
    problems = (Problem(str(source), what) for what in told)
    return replace(collected, problems=(*collected.problems, *problems))


def _counts_from(article: Article, zone: ZoneInfo, now: datetime) -> datetime:
    """Return the moment an article counts from that is met now."""
    return effective_time(SeenArticle(article, now, now), zone) or now


def choose(
    newsletter: Newsletter,
    key: EditionKey,
    *,
    editions: EditionStore,
    articles: ArticleStore,
    reads: Callable[[EditionKey], Read] | None = None,
    now: datetime,
) -> Selection:
    """Return what the edition would hold if it were drafted now, and why; stores nothing.

    What an editor pinned or took out of the stored draft stays so.

    Args:
        reads: where given, what readers open weighs the sources.
    """
    newsletter, schedule = as_edited(newsletter, editions), newsletter.schedule
    sent = editions.already_sent(newsletter.key, before=key, since=now - STORY_MEMORY)
    window = window_for(schedule, key.day, last_cutoff=sent.last_cutoff, now=now)
    candidates = articles.seen(
        newsletter.sources,
        since=window.end - schedule.max_age,
        until=max(window.end, now + timedelta(seconds=1)),
    )
    stored = editions.load(key)
    is_touched = stored is not None and stored.is_edited
    pins, excludes = wishes(stored, editions.decisions(key)) if stored and is_touched else ((), ())
    if reads is not None:
        newsletter = interested(newsletter, editions=editions, articles=articles, reads=reads)
    return selection.select(
        candidates, newsletter=newsletter, window=window, sent=sent, pins=pins, excludes=excludes
    )


def as_edited(newsletter: Newsletter, editions: EditionStore) -> Newsletter:
    """Return the newsletter with what editors leave out of it."""
    return replace(newsletter, left_out=editions.left_out(newsletter.key))


def gathered_at(
    newsletter: Newsletter, url: str, articles: ArticleStore, *, now: datetime
) -> tuple[SeenArticle, ...]:
    """Return what the newsletter's sources ever gave at an address, however it is spelled."""
    return articles.seen(newsletter.sources, since=EVER, until=now + LATEST_AHEAD, address=bare(url))


def reconsider(
    newsletter: Newsletter,
    key: EditionKey,
    url: str,
    *,
    editions: EditionStore,
    articles: ArticleStore,
    now: datetime,
) -> tuple[Decision, ...]:
    """Return why articles at an address were not even weighed for an edition: too old, met later."""
    newsletter, address = as_edited(newsletter, editions), bare(url)
    candidates = articles.seen(newsletter.sources, since=EVER, until=now + LATEST_AHEAD, address=address)
    sent = editions.already_sent(newsletter.key, before=key, since=now - STORY_MEMORY)
    window = window_for(newsletter.schedule, key.day, last_cutoff=sent.last_cutoff)
    found = selection.select(candidates, newsletter=newsletter, window=window, sent=sent).decisions
    met = {one.article.id: one.first_seen for one in candidates}

    def told(one: Decision) -> Decision:
        if not one.is_in:
            return one
        at = met[one.article].astimezone(newsletter.schedule.zone)
        reason = f"It was first met at {at:%Y-%m-%d %H:%M}, after this edition was chosen."
        return replace(one, is_in=False, rule=Rule.MET_LATER.value, reason=reason, numbers=())

    return tuple(told(one) for one in matching(found, url))


def interested(
    newsletter: Newsletter,
    *,
    editions: EditionStore,
    articles: ArticleStore,
    reads: Callable[[EditionKey], Read],
) -> Newsletter:
    """Return the newsletter with its sources weighed by what readers opened, on top of its own weights."""
    shown: Counter[SourceKey] = Counter()
    clicked: Counter[SourceKey] = Counter()
    for edition in editions.listed(newsletter.key, LEARNED_EDITIONS):
        if edition.state is not EditionState.CLOSED:
            continue
        read = reads(edition.key)
        leads = articles.load([item.article for item in edition.items])
        sources = {str(one.article.url): one.article.source for one in leads}
        for source in sources.values():
            shown[source] += read.mails
        for url, readers in read.opened.items():
            of = sources.get(_page(url))
            if of is not None:
                clicked[of] += readers
    learned = learned_weights(shown, clicked)
    weights = {
        source: newsletter.source_weights.get(source, 1.0) * learned.get(source, 1.0)
        for source in newsletter.sources
    }
    return replace(newsletter, source_weights=weights)


def mark_withdrawn(
    edition: Edition,
    articles: ArticleStore,
    withdrawn: Callable[[Sequence[Article]], Collection[ArticleId]],
    *,
    now: datetime,
) -> None:
    """Ask for the page of every article of the edition, and keep which are gone.

    Args:
        withdrawn: which of some articles are proved gone.
    """
    seen = [one for one in articles.load(held(edition)) if one.gone_at is None]
    gone = withdrawn([one.article for one in seen])
    for source, names in _by_source(one for one in seen if one.article.id in gone).items():
        memory = articles.memory(source) or Memory()
        log.warning("%s: withdrawn by %s: %s", edition.key, source, ", ".join(names))
        collected = Collected(memory=memory, gone=tuple(names))
        articles.record(source, collected, undated_count_from_first_seen=False, now=now)


def _by_source(seen: Iterable[SeenArticle]) -> dict[SourceKey, list[str]]:
    names: dict[SourceKey, list[str]] = {}
    for one in seen:
        names.setdefault(one.article.source, []).append(one.article.guid or one.article.url)
    return names


def _page(url: str) -> str:
    return url.partition("#")[0]
