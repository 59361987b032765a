"""Which section of a newsletter an article belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from digest.model import Article, Newsletter, SectionRule, SourceKey
from digest.selection.tokenizing import fold, phrase

ALL_STORIES = "stories"
ALL_STORIES_MAX = 12


@dataclass(frozen=True, slots=True)
class Placement:
    """A section for an article, and what put it there (`source`, `tag sport`, `nothing else`)."""

    section: SectionRule
    why: str


def sections_of(newsletter: Newsletter) -> tuple[SectionRule, ...]:
    """Return the newsletter's sections; without any, one that takes everything under its title."""
    if newsletter.sections:
        return newsletter.sections
    return (SectionRule(ALL_STORIES, newsletter.title, max_items=ALL_STORIES_MAX),)


class Sectioning:
    """The match rules of one newsletter, read once."""

    def __init__(self, sections: Sequence[SectionRule], source_sections: Mapping[SourceKey, str]) -> None:
        """Take the sections in the newsletter's order, and the section that sources are bound to."""
        self._sections = tuple(sections)
        self._by_key = {section.key: section for section in sections}
        self._source_sections = source_sections
        self._tags = [(one, frozenset(fold(tag) for tag in one.tags)) for one in sections]
        self._words = [(one, [(word, phrase(word)) for word in one.words]) for one in sections]
        self.catch_all = next((section for section in sections if section.is_catch_all), None)

    def place(self, article: Article) -> Placement | None:
        """Return where an article belongs; None where no section takes it.

        The strongest kind of hit decides: the section its source is bound to, then a section's
        sources, tags, urls, words, then the catch-all. Within one kind the newsletter's order decides.
        """
        bound = self._by_key.get(self._source_sections.get(article.source, ""))
        if bound is not None:
            return Placement(bound, "its source is bound to it")
        return (
            self._by_source(article)
            or self._by_tag(article)
            or self._by_url(article)
            or self._by_word(article)
            or (Placement(self.catch_all, "no other section takes it") if self.catch_all else None)
        )

    def place_story(self, articles: Iterable[Article]) -> Placement | None:
        """Return where a story belongs: by its lead, else by the first of the others that fits anywhere.

        A catch-all counts only where none of the articles has a section of its own.
        """
        found = [placement for article in articles if (placement := self.place(article)) is not None]
        return next((one for one in found if one.section != self.catch_all), found[0] if found else None)

    def _by_source(self, article: Article) -> Placement | None:
        hits = (one for one in self._sections if article.source in one.sources)
        return next((Placement(section, "its source") for section in hits), None)

    def _by_tag(self, article: Article) -> Placement | None:
        tags = {fold(tag): tag for tag in reversed(article.tags)}
        for section, wanted in self._tags:
            hit = next((tag for folded, tag in reversed(tags.items()) if folded in wanted), None)
            if hit is not None:
                return Placement(section, f"its tag “{hit}”")
        return None

    def _by_url(self, article: Article) -> Placement | None:
        for section in self._sections:
            for prefix in section.urls:
                if is_under(article.url, prefix):
                    return Placement(section, f"its address under {prefix}")
        return None

    def _by_word(self, article: Article) -> Placement | None:
        said = " | ".join(phrase(part) for part in (article.title, article.summary, *article.tags))
        for section, wanted in self._words:
            hit = next((word for word, line in wanted if line and says(said, line)), None)
            if hit is not None:
                return Placement(section, f"its word “{hit}”")
        return None


def says(said: str, line: str) -> bool:
    """Tell whether whole words are said; pairs of characters, where a script has no spaces."""
    return f" {line} " in f" {said} "


def is_under(url: str, prefix: str) -> bool:
    """Tell whether a page's path begins so, in whole parts."""
    parts = urlsplit(url)
    if "://" in prefix:
        where, wanted = f"{parts.netloc}{parts.path}", prefix.split("://", 1)[1]
    else:
        where, wanted = parts.path, prefix if prefix.startswith("/") else f"/{prefix}"
    wanted = wanted.rstrip("/")
    return where == wanted or where.startswith(f"{wanted}/")
