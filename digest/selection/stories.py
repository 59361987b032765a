"""Articles of one event become one story; copies of one text are told once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from digest.model import Article, ArticleId, SentArticle
from digest.selection.likeness.levels import Levels, Strictness
from digest.selection.likeness.names import names
from digest.selection.linkage import Near, average_linkage, vectorize
from digest.selection.near_duplicates import near_duplicates
from digest.selection.recurring_columns import is_next_number
from digest.selection.tokenizing import words

BODY_WORDS = 200
"""How much of a body tells the event; what follows is background that other events share."""

LONGEST_WORD = 12
"""In characters with its space, on average over 200 words, in any language."""


SURE = 1.5
"""So many times the threshold, and two texts tell of one event without a doubt."""


@dataclass(frozen=True, slots=True)
class Copy:
    """That an article's text is nearly that of another, which came first."""

    original: ArticleId
    jaccard: float


@dataclass(frozen=True, slots=True)
class Echo:
    """That an article resembles one an earlier edition holds.

    Attributes:
        likeness: Jaccard of shingles for a copy, cosine for a follow-up.
    """

    sent: SentArticle
    likeness: float


def body_text(article: Article) -> str:
    """Return what near-duplicates are known by: the body, else all that is there."""
    return article.text or f"{article.title}\n{article.summary}"


def story_words(article: Article) -> list[str]:
    """Return what a story is known by: the title (twice), the summary and the body's beginning."""
    title = words(article.title)
    return (
        title
        + title
        + words(article.summary)
        + words(article.text[: BODY_WORDS * LONGEST_WORD])[:BODY_WORDS]
    )


def story_names(article: Article) -> frozenset[str]:
    """Return the names that tell a story from one of its kind: those of the summary and the beginning."""
    return names(article.title, f"{article.summary}\n{article.text[: BODY_WORDS * LONGEST_WORD]}")


def find_copies(
    articles: Sequence[Article], recent: Sequence[SentArticle]
) -> tuple[dict[ArticleId, Copy], dict[ArticleId, Echo]]:
    """Return which articles are copies of an earlier one, and which of one already sent.

    The next number of a column (see `is_next_number`) is no copy of the one before.

    Args:
        articles: the earliest first: the first of several copies is the original.
        recent: in a fixed order; an article is never a copy of itself.
    """
    pool = [*(one.seen.article for one in recent), *articles]

    def may_copy(first: int, second: int) -> bool:
        return pool[first].id != pool[second].id and not is_next_number(pool[second], pool[first])

    copies: dict[ArticleId, Copy] = {}
    echoes: dict[ArticleId, Echo] = {}
    texts = [body_text(article) for article in pool]
    for pair in near_duplicates(texts, since=len(recent), may_copy=may_copy):
        article = pool[pair.second].id
        if pair.first < len(recent):
            echoes[article] = Echo(recent[pair.first], pair.jaccard)
        else:
            copies[article] = Copy(pool[pair.first].id, pair.jaccard)
    return copies, echoes


def copies_of(originals: Sequence[Article], articles: Sequence[Article]) -> dict[ArticleId, Copy]:
    """Return which articles are copies of one of the originals."""
    pool = [*originals, *articles]
    pairs = near_duplicates(
        [body_text(article) for article in pool],
        since=len(originals),
        may_copy=lambda first, _: first < len(originals),
    )
    return {pool[pair.second].id: Copy(pool[pair.first].id, pair.jaccard) for pair in pairs}


def cluster(near: Near, levels: Levels, count: int) -> list[list[int]]:
    """Return the stories among the first `count` texts, as lists of indexes.

    Args:
        near: whose links are those from `levels.least` on, or more of them.
    """

    def link(first: int, second: int) -> float:
        return near.cosine(first, second) / levels.between(first, second)

    links = [
        {second: link(first, second) for second in near.links[first] if second < count}
        for first in range(count)
    ]
    # The mean of links reaches 1 only where one of them does: what stands apart never comes together.
    for together in _components(links):
        for first, second in combinations(together, 2):
            if second not in links[first] and (found := link(first, second)):
                links[first][second] = links[second][first] = found
    return average_linkage(links)


def _components(links: Sequence[Mapping[int, float]]) -> list[list[int]]:
    """Return the texts that links of 1 and more hold together, where they are more than two."""
    known: set[int] = set()
    found: list[list[int]] = []
    for start in range(len(links)):
        together, waiting = list[int](), [] if start in known else [start]
        known.add(start)
        while waiting:
            together.append(at := waiting.pop())
            fresh = [other for other, link in links[at].items() if link >= 1 and other not in known]
            known.update(fresh)
            waiting += fresh
        if len(together) > 2:
            found.append(sorted(together))
    return found


@dataclass(frozen=True, slots=True)
class Grouping:
    """The day's stories, and what they have to do with each other and with what was sent.

    Attributes:
        stories: each article once; copies right after their originals.
        echoes: for the articles of a story that follows up a sent one, which.
    """

    stories: tuple[tuple[Article, ...], ...]
    echoes: Mapping[ArticleId, Echo]
    levels: Levels
    places: Mapping[ArticleId, int]

    def is_sure(self, one: ArticleId, other: ArticleId) -> bool:
        """Tell whether two articles surely tell of one event: copies, or far over the threshold."""
        first, second = self.places[one], self.places[other]
        if first == second:
            return True
        enough = self.levels.between(first, second)
        return self.levels.vectors.similarity(first, second) >= SURE * enough

    def likeness(self, one: ArticleId, other: ArticleId) -> float:
        """Return the cosine of two articles' words, 0 to 1."""
        return self.levels.vectors.similarity(self.places[one], self.places[other])


def group(
    articles: Sequence[Article],
    recent: Sequence[SentArticle],
    copies: Mapping[ArticleId, Copy],
    strictness: Strictness = Strictness.PRECISE,
    background: Sequence[Article] = (),
) -> Grouping:
    """Return the day's stories.

    Copies stand with their originals.

    Args:
        recent: what earlier editions hold; a story close enough to one of them is its follow-up.
        background: other articles, whose words count only towards what is rare.
    """
    originals = [article for article in articles if article.id not in copies]
    pool = [*originals, *(one.seen.article for one in recent)]
    vectors = vectorize([story_words(article) for article in pool], map(story_words, background))
    places = {article.id: place for place, article in enumerate(originals)}
    followers: dict[ArticleId, list[Article]] = {}
    for article in articles:
        if article.id in copies:
            original = copies[article.id].original
            followers.setdefault(original, []).append(article)
            places[article.id] = places[original]
    earlier = dict(enumerate(recent, start=len(originals)))
    stories: list[tuple[Article, ...]] = []
    echoes: dict[ArticleId, Echo] = {}
    levels = Levels.of(vectors, strictness, cache(lambda at: story_names(pool[at])))
    near = Near(vectors, levels.least)
    for indexes in cluster(near, levels, len(originals)):
        leads = [originals[index] for index in indexes]
        members = tuple(one for lead in leads for one in (lead, *followers.get(lead.id, ())))
        stories.append(members)
        names = {member.id for member in members}
        others = {at for index in indexes for at in near.links[index] if at in earlier}
        strangers = [at for at in sorted(others) if earlier[at].seen.article.id not in names]
        best = _closest(near, levels, indexes, strangers)
        if best is not None:
            echo = Echo(earlier[best[1]], best[0])
            echoes |= dict.fromkeys(sorted(names), echo)
    return Grouping(tuple(stories), echoes, levels, places)


def _closest(
    near: Near, levels: Levels, indexes: Sequence[int], others: Sequence[int]
) -> tuple[float, int] | None:
    """Return the text that a story is closest to, where it is close enough to belong to it."""
    best: tuple[float, int] | None = None
    for other in others:
        cosines = [near.cosine(index, other) for index in indexes]
        links = [
            cosine / levels.between(index, other) for index, cosine in zip(indexes, cosines, strict=True)
        ]
        mean = math.fsum(cosines) / len(cosines)
        if math.fsum(links) >= len(links) and (best is None or mean > best[0]):
            best = (mean, other)
    return best
