"""The article's own page, where its source only teases."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto

from digest.model import Article, ArticleId, Problem
from digest.sources.entries import Entry, Profile
from digest.sources.pages.doubts import tells_of_walls, why_not_the_article, without_offer
from digest.sources.pages.extraction import Extracted, extract
from digest.sources.pages.labels import title_says
from digest.sources.text.blocks import count_words
from digest.sources.web.fetching import Fetched, Fetcher, FetchFailed
from digest.sources.web.urls import shown

SHORT_TEXT_WORDS = 120
"""A feed's text under this is a teaser; longer ones are taken for the article."""
PAGE_MAX_AGE = timedelta(days=7)
MAX_PAGES = 60
MAX_KNOWN = 1500
MAX_FAILURES_IN_A_ROW = 3
MAX_TRIES = 3
"""So many crawls ask for a page that was not surely its article: walls and challenges go away, or stay."""
HTML_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "application/xml", "text/plain"})

log = logging.getLogger(__name__)


class FullText(StrEnum):
    """Where an article's body comes from: the feed, its page, or the page where the feed only teases."""

    FEED = "feed"
    PAGE = "page"
    AUTO = "auto"


class _Outcome(Enum):
    """What came of asking for a page: it was read, is not surely the article, or could not be read."""

    READ = auto()
    DOUBTED = auto()
    UNREAD = auto()


class FullPages:
    """Reads the pages of one crawl's articles, each once over all crawls.

    Attributes:
        problems: what went wrong, in order.
        gone: guids or URLs of articles whose pages are withdrawn (404, 410).
        left: the articles whose pages are wanted and were not read, or are asked for again.
        is_provisional: a page was left for the next crawl.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        profile: Profile,
        full_text: FullText,
        *,
        known: Iterable[str],
        now: datetime,
    ) -> None:
        """Begin a crawl that knows the pages of `known`, as an earlier one's `marks` gave them."""
        self._fetcher, self._profile, self._full_text, self._now = fetcher, profile, full_text, now
        self._known = dict.fromkeys(known)
        self._fetched = self._failures = 0
        self.problems: list[Problem] = []
        self.gone: list[str] = []
        self.left: set[ArticleId] = set()
        self.is_provisional = False

    @property
    def marks(self) -> tuple[str, ...]:
        """Return what to remember of the pages read, for `known` of the next crawl."""
        return tuple(self._known)[-MAX_KNOWN:]

    def complete(self, entry: Entry, article: Article) -> Article | None:
        """Return the article with its page's body where it is wanted.

        None where the page says that the article is withdrawn, and where the entry says just what it
        said when its page was read: what is stored is right then.
        """
        if entry.place or not self._is_wanted(entry, article):  # a page of several articles is none of them
            return article
        mark = hashlib.sha256(f"{article.id}{article.content_hash}".encode()).hexdigest()[:16]
        if mark in self._known:
            self._remember(mark)
            return None
        found, outcome = self._with_page(entry, article)
        if outcome is _Outcome.DOUBTED:
            if self._is_asked_again(mark):
                self.left.add(article.id)
        elif outcome is _Outcome.READ:
            self._remember(mark)
        else:
            self.left.add(article.id)
        return found

    def _is_asked_again(self, mark: str) -> bool:
        """Leave a doubtful page for the next crawl, but not for ever; tell whether it is."""
        tried = next((number for number in range(1, MAX_TRIES) if f"{mark}.{number}" in self._known), 0)
        self._known.pop(f"{mark}.{tried}", None)
        if tried + 1 >= MAX_TRIES:
            self._remember(mark)
            return False
        self._remember(f"{mark}.{tried + 1}")
        self.is_provisional = True
        return True

    def _remember(self, mark: str) -> None:
        """Keep the mark as the latest of all."""
        self._known.pop(mark, None)
        self._known[mark] = None

    def _is_wanted(self, entry: Entry, article: Article) -> bool:
        if self._full_text is FullText.FEED and not entry.needs_page:
            return False
        published = article.published
        if published is not None and published < self._now - PAGE_MAX_AGE:
            return False
        if article.published_on is not None and article.published_on < (self._now - PAGE_MAX_AGE).date():
            return False
        return (
            self._full_text is FullText.PAGE
            or entry.needs_page
            or entry.is_partial
            or count_words(article.text) < SHORT_TEXT_WORDS
        )

    def _with_page(self, entry: Entry, article: Article) -> tuple[Article | None, _Outcome]:
        """Return the article with its page's body, and what came of asking for it."""
        unread = None if entry.needs_page else article
        if self._fetched >= MAX_PAGES or self._failures >= MAX_FAILURES_IN_A_ROW:
            self.is_provisional = True
            return unread, _Outcome.UNREAD
        self._fetched += 1
        try:
            page = self._fetcher.get(article.url)
        except FetchFailed as error:
            self._note(entry, f"its page {shown(article.url)} {error.problem}")
            if error.is_gone:
                self.gone.append(article.guid or article.url)
                return None, _Outcome.UNREAD
            self._count_failure(entry)
            return unread, _Outcome.UNREAD
        self._failures = 0
        if page.content_type not in HTML_TYPES:
            return unread, _Outcome.READ
        found = self._extracted(page, "" if entry.needs_page else article.title)
        for problem in found.problems:
            self._note(entry, f"{shown(page.url)}: {problem}")
        if found.picture_problem and article.image is None and not entry.picture_problem:
            self._note(entry, found.picture_problem)
        if entry.needs_page:
            named, doubt = _named(article, found, page.url)
            if doubt:
                self._note(entry, f"its page {shown(page.url)} {doubt}; it was left out")
            return named, _Outcome.DOUBTED if doubt else _Outcome.READ
        weighed = self._weighed(entry, article, found, page.url)
        return weighed, _Outcome.DOUBTED if weighed.page_problem else _Outcome.READ

    def _extracted(self, page: Fetched, title: str) -> Extracted:
        """Return what is in a page; a page that breaks its readers costs its own text only."""
        try:
            return extract(
                page.body,
                url=page.url,
                charset=page.charset,
                zone=self._profile.zone,
                now=self._now,
                title=title,
            )
        except Exception as error:
            log.warning("%s breaks its reader", shown(page.url), exc_info=error)
            return Extracted(title=title, problems=(f"the page can't be read ({type(error).__name__})",))

    def _weighed(self, entry: Entry, article: Article, found: Extracted, landed: str) -> Article:
        """Return the article with its page's text, or with its own where the page is not surely it."""
        if doubt := why_not_the_article(article, found, landed):
            told = f"{shown(landed)} {doubt}"
            self._note(entry, f"its page {told}; the source's own text stays")
            return replace(article, page_problem=told)
        return merged(article, found)

    def _count_failure(self, entry: Entry) -> None:
        self.is_provisional = True
        self._failures += 1
        if self._failures == MAX_FAILURES_IN_A_ROW:
            self._note(
                entry, f"{self._failures} pages in a row failed; the others are left for the next crawl"
            )

    def _note(self, entry: Entry, what: str) -> None:
        self.problems.append(Problem(entry.where, what))


def merged(article: Article, page: Extracted) -> Article:
    """Fill the article from its page, which is surely its own: its body, and what the feed did not say.

    A page that gives less than the feed is a teaser, too.
    """
    passages = page.passages if tells_of_walls(article, page) else without_offer(page.passages)
    words = sum(count_words(text) for passage in passages for text in passage.paragraphs)
    has_date = article.published is not None or article.published_on is not None
    gets_date = page.published.at is not None or page.published.on is not None
    label = article.label or page.label
    has_label = not label or title_says(article.title, label)
    return replace(
        article,
        title=article.title if has_label else f"{label}: {article.title}",
        label=label,
        form=article.form or page.form,
        passages=passages if words > count_words(article.text) else article.passages,
        byline=article.byline or page.byline,
        published=article.published if has_date else page.published.at,
        published_on=article.published_on if has_date else page.published.on,
        date_problem="" if gets_date else article.date_problem,
        updated=article.updated or (page.updated.at if page.updated.at != article.published else None),
        summary=article.summary or page.summary,
        language=article.language or page.language,
        tags=article.tags or page.tags,
        image=article.image or page.image,
        publisher=article.publisher or page.publisher,
    )


def _named(article: Article, page: Extracted, landed: str) -> tuple[Article | None, str]:
    """Return the article of a page whose source knows but its address, or None and why it is doubted.

    A page that bears no publication date is a home page, a section, a form: none, without any doubt.
    """
    if not page.title or not page.passages or (page.published.at is None and page.published.on is None):
        return None, ""
    named = replace(article, title=page.title, published=None, published_on=None)
    free = replace(page, is_free=None) if page.is_free is False else page
    doubt = why_not_the_article(named, free, landed, is_named_by_page=True)
    return (None, doubt) if doubt else (merged(named, page), "")
