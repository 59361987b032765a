"""What a source ends its articles with, learned over its crawls."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from digest.model import Article, ArticleId, Passage
from digest.sources.text.blocks import sameness_key

MAX_PARAGRAPHS = 600
MAX_ARTICLES = 500
BOILERPLATE_ARTICLES = 3


class Closings:
    """Which closing paragraphs a source repeats, and in which articles they were met.

    A paragraph among the last three of three or more articles is boilerplate, whichever crawls brought
    them. An article is cleaned of what was known when it first came: were it cleaned anew with every
    paragraph learned later, its text would change, and readers would be offered a correction.
    """

    def __init__(self) -> None:
        """Begin with nothing learned."""
        self._met_in: OrderedDict[str, list[str]] = OrderedDict()
        self._taken: OrderedDict[str, list[str]] = OrderedDict()

    @classmethod
    def read(cls, note: str) -> Closings:
        """Return what `write` kept; nothing where it can't be read."""
        closings = cls()
        try:
            stored = json.loads(note or "{}")
            for name, marks in dict(stored.get("met", {})).items():
                closings._met_in[str(name)] = [str(mark) for mark in marks]
            for name, marks in dict(stored.get("taken", {})).items():
                closings._taken[str(name)] = [str(mark) for mark in marks]
        except (ValueError, TypeError, AttributeError):
            return cls()
        return closings

    def write(self) -> str:
        """Return it as a note of the source's memory, bounded in size."""
        stored = {"met": dict(self._met_in), "taken": dict(self._taken)}
        return json.dumps(stored, separators=(",", ":")) if self._met_in else ""

    def clean(self, articles: Sequence[Article], known: Sequence[ArticleId] = ()) -> list[Article]:
        """Learn from the articles as they came, and return them without their boilerplate.

        Args:
            known: articles that are still there and were cleaned before; what they lost is remembered.
        """
        for name in known:
            if name[:8] in self._taken:
                self._taken.move_to_end(name[:8])
        for article in articles:
            self._learn(article)
        cleaned = [self._cleaned(article) for article in articles]
        _shorten(self._met_in, max(MAX_PARAGRAPHS, 3 * (len(articles) + len(known))))
        _shorten(self._taken, max(MAX_ARTICLES, 2 * (len(articles) + len(known))))
        return cleaned

    def _learn(self, article: Article) -> None:
        mark = article.id[:8]
        for key in closing_keys(article):
            name = _name(key)
            marks = self._met_in.setdefault(name, [])
            self._met_in.move_to_end(name)
            if mark not in marks and len(marks) < BOILERPLATE_ARTICLES:
                marks.append(mark)

    def _cleaned(self, article: Article) -> Article:
        mark = article.id[:8]
        ends = {_name(key): key for key in closing_keys(article)}
        if mark not in self._taken:
            self._taken[mark] = [name for name in ends if self._is_boilerplate(name)]
        self._taken.move_to_end(mark)
        names = self._taken[mark]
        return without_boilerplate(article, frozenset(ends[name] for name in names if name in ends))

    def _is_boilerplate(self, name: str) -> bool:
        return len(self._met_in.get(name, ())) >= BOILERPLATE_ARTICLES


def clean_closings(articles: Iterable[Article], note: str) -> tuple[tuple[Article, ...], str]:
    """Return the articles without their source's boilerplate, and the note to keep for its next crawl."""
    closings = Closings.read(note)
    return tuple(closings.clean(list(articles))), closings.write()


def closing_keys(article: Article) -> tuple[str, ...]:
    """Return the keys of the last three paragraphs, but the first: each may be boilerplate."""
    keys = (sameness_key(text) for text in article.paragraphs[1:][-3:])
    return tuple(dict.fromkeys(key for key in keys if key))


def without_boilerplate(article: Article, closings: frozenset[str]) -> Article:
    """Return the article without its closing paragraphs that are among `closings`; never emptied."""
    passages = list(article.passages)
    while passages and passages[-1].paragraphs and sameness_key(passages[-1].paragraphs[-1]) in closings:
        last = passages.pop()
        if rest := last.paragraphs[:-1]:
            passages.append(Passage(rest, last.heading, last.level))
    if not any(passage.paragraphs for passage in passages):
        return article
    return replace(article, passages=tuple(passages))


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _shorten(kept: OrderedDict[str, list[str]], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
