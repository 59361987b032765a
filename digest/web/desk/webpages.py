"""A story added by its address: known from the crawls, or read from its page."""

from __future__ import annotations

from datetime import datetime, timedelta

from digest.errors import BadData
from digest.model import Article, CanonicalUrl, SourceKey
from digest.ports import Collected
from digest.settings.unpacking import user_agent_of
from digest.sources.pages.extraction import extract
from digest.sources.web.fetching import Fetcher, FetchFailed
from digest.sources.web.urls import canonical, shown_link
from digest.web.desk.commands import Command, Subject, adding
from digest.web.serving.state import Desk
from digest.words.speaking import say

SOURCE = SourceKey("desk")
"""The source of articles that editors brought by hand."""

LOOKED_BACK = timedelta(days=60)


def read_page(url: str, subject: Subject, desk: Desk, *, now: datetime, section: str = "") -> Command:
    """Return the change that adds the article at `url`.

    Args:
        section: its key; where it is none of the newsletter's, the one for all the rest.

    Raises:
        BadData: no address, nothing to read there, or the edition holds it.
    """
    if not url.startswith(("https://", "http://")) or len(url) > 2_000:
        raise BadData(say("The address"), say("it does not begin with https://"))
    address, link = canonical(url), shown_link(url)
    article = _known(address, subject, now) or _fetched(address, link, desk, subject, now)
    return adding(article, subject, section)


def _known(address: CanonicalUrl, subject: Subject, now: datetime) -> Article | None:
    sources = (*subject.newsletter.sources, SOURCE)
    seen = subject.parts.reading.articles.seen(
        sources, since=now - LOOKED_BACK, until=now + timedelta(seconds=1)
    )
    return next((one.article for one in seen if one.article.url == address and one.gone_at is None), None)


def _fetched(address: CanonicalUrl, link: str, desk: Desk, subject: Subject, now: datetime) -> Article:
    settings = desk.loaded.settings
    fetcher = Fetcher(
        user_agent=user_agent_of(settings), allowed_hosts=settings.fetching.allowed_hosts, deadline_s=10.0
    )
    try:
        page = fetcher.get(address)
    except FetchFailed as error:
        raise BadData(say("The page"), error.problem) from error
    finally:
        fetcher.close()
    schedule = subject.newsletter.schedule
    found = extract(page.body, url=address, charset=page.charset, zone=schedule.zone, now=now)
    if not found.title or not found.passages:
        raise BadData(say("The page"), say("it has no article that can be read"), say("Check the address."))
    article = Article(
        source=SOURCE,
        url=address,
        title=found.title,
        byline=found.byline,
        published=found.published.at,
        published_on=found.published.on,
        summary=found.summary,
        passages=found.passages,
        language=found.language,
        tags=found.tags,
        image=found.image,
        publisher=found.publisher,
        link=link if link != address else "",
    )
    collected = Collected(articles=(article,))
    subject.parts.reading.articles.record(SOURCE, collected, undated_count_from_first_seen=True, now=now)
    return article
