"""One blurb across the articles of one story.

Articles of different stories never meet here: a story comes in, one blurb goes out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from digest.model import Article, BlurbBudget, Story
from digest.summaries.agreeing import Counted, not_older
from digest.summaries.candidates import Candidate, candidates
from digest.summaries.choice import is_same
from digest.summaries.language.references.needing import told_whole
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
    """Return the lead and those whose words can be told apart from its own, none older than it."""
    lead = articles[0]
    told = [one for one in articles if one is lead or _is_same_voice(one, lead) or one.publisher]
    return not_older(told, [_is_same_voice(one, lead) for one in told])


def _is_same_voice(article: Article, lead: Article) -> bool:
    """Tell whether both are one publisher's, so that the name beside the headline stands for both."""
    if article.publisher and lead.publisher:
        return article.publisher.casefold() == lead.publisher.casefold()
    return article.source == lead.source


def named_candidates(article: Article, lead: Article, limit: int) -> list[Candidate]:
    """Return an article's candidates, with their publisher's name and its length where it must be told."""
    found = candidates(article, limit)
    if article is lead:
        return found
    counted = Counted(lead)
    found = [one for one in found if counted.holds(one.text)]
    if _is_same_voice(article, lead):
        return found
    name = article.publisher
    return [replace(one, publisher=name, words=one.words + count_words(name)) for one in found]


def _centroid(articles: Sequence[Article], budget: BlurbBudget) -> list[Candidate]:
    """Pick the sentences nearest to what all articles say, one of the lead's at least, the lead's first."""
    pools = [named_candidates(article, articles[0], _READ) for article in articles]
    weights = _weights([pool[:_WEIGHED] for pool in pools], articles)
    order = {article.id: at for at, article in enumerate(articles)}
    language = articles[0].language
    pool = [one for candidates_ in pools for one in candidates_ if not one.is_weak and not one.leans]
    ranked = sorted(
        pool, key=lambda one: (-_centrality(one, weights), order[one.source.article], one.position)
    )
    # The blurb stands under the lead's headline and byline: its own words open it.
    owned = [one for one in ranked if order[one.source.article] == 0]
    own = next((group for one in owned if (group := _with_needed(one, [], owned, language))), [])
    chosen = _pack([*own, *(one for one in ranked if one not in own)], budget, language)
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
    strong = [one for at in order for one in pools[at] if not one.is_weak]
    return _pack(strong, budget, articles[0].language)


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


def _pack(ranked: Sequence[Candidate], budget: BlurbBudget, language: str) -> list[Candidate]:
    """Take what fits in order, each sentence with those that it needs."""
    chosen: list[Candidate] = []
    waiting = list(ranked)
    while waiting:
        groups = (_with_needed(one, chosen, waiting, language) for one in waiting)
        taken = next((group for group in groups if group and _fits(group, chosen, budget)), None)
        if taken is None:
            break
        chosen += taken
        waiting = [one for one in waiting if one not in taken]
    return chosen


def _with_needed(
    one: Candidate, chosen: Sequence[Candidate], waiting: Sequence[Candidate], language: str
) -> list[Candidate]:
    """Return a sentence behind those that must yet be printed with it; empty where one is lost."""
    if _stands(one, chosen, language):
        return [one]
    if one.leans:
        return []
    beside = [other for other in waiting if other.source.article == one.source.article]
    needed = [
        next((other for other in reversed(beside) if other.position in need.positions), None)
        for need in one.needs
    ]
    first = list(dict.fromkeys(other for other in needed if other is not None))
    is_whole = all(_stands(other, chosen, language) for other in first)
    return [*first, one] if is_whole and _stands(one, [*chosen, *first], language) else []


def _stands(one: Candidate, chosen: Sequence[Candidate], language: str) -> bool:
    """Tell whether what a sentence needs is told by its own article or by the lead, which comes first."""
    if not one.needs and not one.leans:
        return True
    beside = [other.position for other in chosen if other.source.article == one.source.article]
    before = [other for other in chosen if one.publisher and not other.publisher]
    names = frozenset().union(*(told_whole(other.text, language) for other in before))
    return one.stands_among(beside, names)


def _fits(group: Sequence[Candidate], chosen: Sequence[Candidate], budget: BlurbBudget) -> bool:
    printed = [*chosen, *group]
    if len(printed) > budget.max_sentences or sum(one.words for one in printed) > budget.max_words:
        return False
    return not any(
        is_same(one, other, _SAME)
        for at, one in enumerate(printed)
        for other in printed[:at]
        if one in group
    )


def _primary(article: Article) -> str:
    return article.language.lower().split("-")[0]
