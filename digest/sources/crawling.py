"""The crawl that all HTTP feeds share: conditional fetch, entries to articles, full pages where asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from digest.model import Article, ArticleId, Problem
from digest.ports import Collected, Memory
from digest.sources.cleaning import closing_boilerplate, without_boilerplate
from digest.sources.entries import Entry, Profile, read_entry
from digest.sources.extraction import Extracted, extract
from digest.sources.fetching import Fetched, Fetcher, FetchFailed
from digest.sources.prose import count_words
from digest.sources.urls import shown

SHORT_TEXT_WORDS = 120
"""A feed's text under this is a teaser; longer ones are taken for the article."""
PAGE_MAX_AGE = timedelta(days=7)
MAX_PAGES = 60
MAX_FAILURES_IN_A_ROW = 3
HTML_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "application/xml", "text/plain"})


class FullText(StrEnum):
    """Where an article's body comes from: the feed, its page, or the page where the feed only teases."""

    FEED = "feed"
    PAGE = "page"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed's body, parsed.

    Attributes:
        failure: why nothing of it could be read; empty where it is a feed.
        gone: guids or URLs that the feed says are withdrawn.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    gone: tuple[str, ...] = ()


Parse = Callable[[Fetched, str], Parsed]
"""From an answer and the name it has in problems to its entries."""


class Crawl:
    """One crawl of one feed.

    Args:
        parse: reads the feed's format.
        full_text: where bodies come from.
    """

    def __init__(
        self,
        url: str,
        fetcher: Fetcher,
        profile: Profile,
        *,
        parse: Parse,
        full_text: FullText,
        now: datetime,
    ) -> None:
        self._url, self._fetcher, self._profile, self._parse = url, fetcher, profile, parse
        self._full_text, self._now, self._where = full_text, now, shown(url)
        self._problems: list[Problem] = []
        self._gone: list[str] = []
        self._is_provisional = False
        self._failures = 0

    def run(self, memory: Memory) -> Collected:
        """Return what is there now; see `Source.collect`."""
        notes = dict(memory.notes) if memory.notes.get("url") == self._url else {}
        try:
            fetched = self._fetcher.get(
                self._url, etag=notes.get("etag", ""), last_modified=notes.get("last_modified", "")
            )
        except FetchFailed as error:
            return self._failed(memory, error.problem)
        digest = hashlib.sha256(fetched.body).hexdigest()[:32]
        if fetched.is_unchanged or digest == notes.get("digest"):
            return Collected(memory=memory, is_unchanged=True)
        if fetched.moved_to:
            self._note(f"has moved for good to {shown(fetched.moved_to)}; put that into digest.toml")
        parsed = self._parse(fetched, self._where)
        if parsed.failure:
            return self._failed(memory, parsed.failure)
        self._problems.extend(parsed.problems)
        self._gone.extend(parsed.gone)
        articles, pages = self._articles(parsed, notes.get("pages", ""))
        closings = closing_boilerplate(articles)
        articles = [without_boilerplate(article, closings) for article in articles]
        return Collected(
            articles=tuple(articles),
            problems=tuple(self._problems),
            memory=Memory(self._notes(fetched, digest, pages)),
            gone=tuple(self._gone),
        )

    def _failed(self, memory: Memory, problem: str) -> Collected:
        return Collected(problems=(Problem(self._where, problem),), memory=memory, is_failed=True)

    def _notes(self, fetched: Fetched, digest: str, pages: list[str]) -> Mapping[str, str]:
        """What to remember; no validators where another look may give more than this one did."""
        notes = {"url": self._url, "pages": " ".join(pages)}
        if not self._is_provisional:
            notes |= {"etag": fetched.etag, "last_modified": fetched.last_modified, "digest": digest}
        return {name: value for name, value in notes.items() if value}

    def _articles(self, parsed: Parsed, known: str) -> tuple[list[Article], list[str]]:
        """Turn entries into articles; one that says the same and whose page was read is left out."""
        have_read, pages, articles = frozenset(known.split()), list[str](), list[Article]()
        ids: set[ArticleId] = set()
        for entry in parsed.entries:
            read = read_entry(entry, self._profile, now=self._now)
            self._problems.extend(read.problems)
            self._is_provisional |= read.is_provisional
            if read.article is None or read.article.id in ids:
                continue
            ids.add(read.article.id)
            if not self._wants_page(entry, read.article):
                articles.append(read.article)
                continue
            mark = hashlib.sha256(f"{read.article.id}{read.article.content_hash}".encode()).hexdigest()[:16]
            if mark in have_read:
                pages.append(mark)
                continue
            article, is_read = self._with_page(read.article, entry.where, budget=MAX_PAGES - len(pages))
            if article is not None:
                articles.append(article)
            if is_read:
                pages.append(mark)
        return articles, pages

    def _wants_page(self, entry: Entry, article: Article) -> bool:
        if self._full_text is FullText.FEED:
            return False
        published = article.published
        if published is not None and published < self._now - PAGE_MAX_AGE:
            return False
        if article.published_on is not None and article.published_on < (self._now - PAGE_MAX_AGE).date():
            return False
        return (
            self._full_text is FullText.PAGE
            or entry.is_partial
            or count_words(article.text) < SHORT_TEXT_WORDS
        )

    def _with_page(self, article: Article, where: str, budget: int) -> tuple[Article | None, bool]:
        """Return the article with its page's body, and whether the page is done with."""
        if budget <= 0 or self._failures >= MAX_FAILURES_IN_A_ROW:
            self._is_provisional = True
            return article, False
        try:
            page = self._fetcher.get(article.url)
        except FetchFailed as error:
            self._problems.append(Problem(where, f"its page {shown(article.url)} {error.problem}"))
            if error.is_gone:
                self._gone.append(article.guid or article.url)
                return None, False
            self._count_failure()
            return article, False
        self._failures = 0
        if page.content_type not in HTML_TYPES:
            return article, True
        found = extract(
            page.body,
            url=page.url,
            charset=page.charset,
            zone=self._profile.zone,
            now=self._now,
            title=article.title,
        )
        self._problems.extend(Problem(where, f"{shown(page.url)}: {problem}") for problem in found.problems)
        return _merged(article, found), True

    def _count_failure(self) -> None:
        self._is_provisional = True
        self._failures += 1
        if self._failures == MAX_FAILURES_IN_A_ROW:
            self._note(f"{self._failures} pages in a row failed; the others are left for the next crawl")

    def _note(self, what: str) -> None:
        self._problems.append(Problem(self._where, what))


def _merged(article: Article, page: Extracted) -> Article:
    """Fill the article from its page: the longer body, and what the feed did not say."""
    words = sum(count_words(text) for passage in page.passages for text in passage.paragraphs)
    has_date = article.published is not None or article.published_on is not None
    return replace(
        article,
        passages=page.passages if words > count_words(article.text) else article.passages,
        byline=article.byline or page.byline,
        published=article.published if has_date else page.published.at,
        published_on=article.published_on if has_date else page.published.on,
        updated=article.updated or (page.updated.at if page.updated.at != article.published else None),
        summary=article.summary or page.summary,
        language=article.language or page.language,
        tags=article.tags or page.tags,
        image=article.image or page.image,
        publisher=article.publisher or page.publisher,
    )
