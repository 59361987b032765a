"""A source that is tried before it is kept: what it gives now, and why some of it would stay out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from digest.day.gathering import STORY_MEMORY
from digest.errors import DigestError
from digest.model import EditionKey, Newsletter, Problem, SeenArticle
from digest.ports import Collected, Memory, Source
from digest.selection import select
from digest.selection.window import edition_day, window_for
from digest.settings.schema import Settings
from digest.settings.unpacking import newsletter_of, user_agent_of
from digest.sources.web.fetching import Fetcher
from digest.wiring.newsroom import Newsroom
from digest.wiring.sources import source_of

PATIENCE_S = 30.0
MAX_BYTES = 5_000_000
MOST_TOLD = 8


@dataclass(frozen=True, slots=True)
class Tried:
    """What one look at a source came to.

    Attributes:
        problem: why nothing could be read, said of the source; empty where something could.
        count: how many articles it gives.
        newest: when the newest was published; None where none says so.
        titles: of some, in its own order.
        chosen: how many the next edition would have by now, were there no other source.
        out: why the others would not be in it, with how many and one title each.
        problems: what of it could not be used.
    """

    problem: str = ""
    count: int = 0
    newest: datetime | None = None
    titles: tuple[str, ...] = ()
    chosen: int = 0
    out: tuple[tuple[str, int, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def tried(newsroom: Newsroom, settings: Settings, newsletter: str, name: str, *, now: datetime) -> Tried:
    """Return what a source of some settings gives now; nothing is stored.

    Articles' own pages are not read, and a source that takes too long is given up.

    Args:
        settings: with the source in them, kept or not.
        name: the source's.
    """
    about = newsletter_of(settings, newsletter)
    given = next(one for one in settings.newsletters[newsletter].sources if str(one.key) == name)
    fetcher = Fetcher(
        user_agent=user_agent_of(settings),
        allowed_hosts=settings.fetching.allowed_hosts,
        deadline_s=PATIENCE_S / 2,
        max_bytes=MAX_BYTES,
    )
    plain = given.model_copy(update={"full_text": "never"})
    with closing(fetcher):
        try:
            source = source_of(plain, about, newsroom.site, fetcher, newsroom.database.pushes.of)
            collected = _collected(source, now)
        except DigestError as error:
            return Tried(problem=str(error))
    if collected is None:
        return Tried(problem=f"gave no full answer within {PATIENCE_S:.0f} seconds")
    problems = tuple(collected.problems[:MOST_TOLD])
    if collected.is_failed:
        return Tried(problem=problems[0].what if problems else "holds no articles")
    return _told(newsroom, replace(about, sources=(given.key,)), collected, problems, now)


def _collected(source: Source, now: datetime) -> Collected | None:
    """Return what one crawl gives; None where it takes too long: then it ends by itself, unheard."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="try")
    try:
        return pool.submit(source.collect, Memory(), now=now).result(PATIENCE_S)
    except TooLong:
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _told(
    newsroom: Newsroom,
    newsletter: Newsletter,
    collected: Collected,
    problems: tuple[Problem, ...],
    now: datetime,
) -> Tried:
    articles = collected.articles
    key = EditionKey(newsletter.key, edition_day(newsletter.schedule, now))
    sent = newsroom.database.editions.already_sent(newsletter.key, before=key, since=now - STORY_MEMORY)
    window = window_for(newsletter.schedule, key.day, last_cutoff=sent.last_cutoff, now=now)
    seen = [SeenArticle(one, now, now) for one in articles]
    chosen = select(seen, newsletter=newsletter, window=window, sent=sent)
    out = [one for one in chosen.decisions if not one.is_in]
    counts = Counter(one.reason for one in out)
    first: Mapping[str, str] = {one.reason: one.title for one in reversed(out)}
    return Tried(
        count=len(articles),
        newest=max((one.published for one in articles if one.published), default=None),
        titles=tuple(one.title for one in articles[:MOST_TOLD]),
        chosen=sum(one.is_in for one in chosen.decisions),
        out=tuple((why, number, first[why]) for why, number in counts.most_common(MOST_TOLD)),
        problems=problems,
    )
