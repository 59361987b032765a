"""One blurb across the articles of one story.

Articles of different stories never meet here: a story comes in, one blurb goes out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from digest.model import Article, BlurbBudget, Story
from digest.summaries.candidates import Candidate, candidates
from digest.summaries.choice import is_same
from digest.summaries.language.words import content_words, count_words

LONG_WORDS = 120
"""From here on the most central article's lead beats picking sentences across articles."""

_READ = 12
_WEIGHED = 8
"""The first sentences tell what a story is about."""
_EARLY = 0.25
"""What an article's first sentence is worth over its last ones; more, and the blurb is but its lead."""

_SAME = 0.5
_READ_LONG = 40


def same_language(story: Story) -> tuple[Article, ...]:
    """Return the lead and those of the others that are in its language, or in none known."""
    language = _primary(story.lead)
    others = (one for one in story.others if not language or _primary(one) in {"", language})
    return (story.lead, *others)


def blend(articles: Sequence[Article], budget: BlurbBudget) -> list[Candidate]:
    """Return sentences that tell what the articles of one story agree on, nothing said twice.

    The words of another publisher than the lead's bear its name; those of one that has none stay out.
    """
    named = nameable(articles)
    if budget.max_words >= LONG_WORDS:
        return _central_lead(named, budget)
    return _centroid(named, budget)


def nameable(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the lead and those whose words can be told apart from its own."""
    lead = articles[0]
    return tuple(one for one in articles if one is lead or _is_same_voice(one, lead) or one.publisher)


def _is_same_voice(article: Article, lead: Article) -> bool:
    """Tell whether both are one publisher's, so that the name beside the headline stands for both."""
    if article.publisher and lead.publisher:
        return article.publisher.casefold() == lead.publisher.casefold()
    return article.source == lead.source


def named_candidates(article: Article, lead: Article, limit: int) -> list[Candidate]:
    """Return an article's candidates, with their publisher's name and its length where it must be told."""
    found = candidates(article, limit)
    if article is lead or _is_same_voice(article, lead):
        return found
    name = article.publisher
    return [replace(one, publisher=name, words=one.words + count_words(name)) for one in found]


def _centroid(articles: Sequence[Article], budget: BlurbBudget) -> list[Candidate]:
    """Pick the sentences nearest to what all articles say, one of the lead's at least, the lead's first."""
    pools = [named_candidates(article, articles[0], _READ) for article in articles]
    weights = _weights([pool[:_WEIGHED] for pool in pools], articles)
    order = {article.id: at for at, article in enumerate(articles)}
    pool = [one for candidates_ in pools for one in candidates_ if not one.is_weak and not one.leans]
    ranked = sorted(
        pool, key=lambda one: (-_centrality(one, weights), order[one.source.article], one.position)
    )
    # The blurb stands under the lead's headline and byline: its own words open it.
    own = next((one for one in ranked if order[one.source.article] == 0), None)
    chosen = _pack([own, *(one for one in ranked if one is not own)] if own else ranked, budget)
    return sorted(chosen, key=lambda one: (order[one.source.article], one.position))


def _central_lead(articles: Sequence[Article], budget: BlurbBudget) -> list[Candidate]:
    """Take the most central article from its beginning, then the others, nothing said twice."""
    pools = [named_candidates(article, articles[0], _READ_LONG) for article in articles]
    weights = _weights(pools, articles)

    def closeness(at: int) -> float:
        terms = frozenset().union(*(one.terms for one in pools[at][:_WEIGHED]))
        norm = math.sqrt(len(terms)) or 1.0
        return sum(weights.get(word, 0.0) for word in terms) / norm

    order = sorted(range(len(pools)), key=lambda at: (-closeness(at), at))
    return _pack([one for at in order for one in pools[at] if not one.is_weak], budget)


def _weights(pools: Sequence[Sequence[Candidate]], articles: Sequence[Article]) -> dict[str, float]:
    """Return how central each word is: in many articles, in many sentences, in the headlines."""
    counts = [Counter(word for one in pool for word in one.terms) for pool in pools]
    spread = Counter(word for count in counts for word in count)
    weights: dict[str, float] = dict.fromkeys(spread, 0.0)
    for count in counts:
        for word, times in count.items():
            weights[word] += math.log1p(times) * spread[word] / len(pools)
    for article in articles:
        for word in content_words(article.title, article.language):
            weights[word] = weights.get(word, 0.0) + 1
    return weights


def _centrality(candidate: Candidate, weights: dict[str, float]) -> float:
    norm = math.sqrt(len(candidate.terms)) or 1.0
    early = 1 + _EARLY / (1 + candidate.position)
    return early * sum(weights.get(word, 0.0) for word in candidate.terms) / norm


def _pack(ranked: Sequence[Candidate], budget: BlurbBudget) -> list[Candidate]:
    chosen: list[Candidate] = []
    room = budget.max_words
    for one in ranked:
        if len(chosen) == budget.max_sentences:
            break
        if one.leans and not any(_is_before(other, one) for other in chosen):
            continue
        if one.words <= room and not any(is_same(one, other, _SAME) for other in chosen):
            chosen.append(one)
            room -= one.words
    return chosen


def _is_before(one: Candidate, other: Candidate) -> bool:
    """Tell whether a sentence stands right before another one of the same article."""
    return one.source.article == other.source.article and one.position == other.position - 1


def _primary(article: Article) -> str:
    return article.language.lower().split("-")[0]
