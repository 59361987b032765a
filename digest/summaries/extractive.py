"""The default summarizer: sentences of the article itself, cleaned, never cut."""

from __future__ import annotations

from enum import StrEnum

from digest.model import Article, Blurb, BlurbBudget, Story
from digest.summaries.candidates import Candidate, candidates
from digest.summaries.choice import POOL, choose
from digest.summaries.language.words import content_words, recurrence
from digest.summaries.learning.weights import SHIPPED, Weights
from digest.summaries.story_blurbs import blend, same_language

_FIRST = 7
_READ = 40


class BlurbStyle(StrEnum):
    """How a blurb is built: a lead, or for long headed articles one line per passage."""

    LEAD = "lead"
    PASSAGES = "passages"


class ExtractiveSummarizer:
    """Writes blurbs from the articles' own sentences; deterministic, no model, no network.

    Its sentences are source sentences, whitespace folded, at most with a connective, a pointer to a
    picture or an aside taken out; the provenance names the whole source sentence.
    """

    def __init__(self, style: BlurbStyle = BlurbStyle.LEAD, weights: Weights = SHIPPED) -> None:
        """Keep the style, and what a publisher's own blurbs taught (`digest train`)."""
        self._style = style
        self._weights = weights

    def summarize(self, story: Story, budget: BlurbBudget) -> Blurb:
        """Return a blurb within the budget; empty, with a warning, where no whole sentence fits.

        A story of several articles gets one blurb across those in the lead's language.
        """
        articles = same_language(story)
        if self._style is BlurbStyle.PASSAGES and _headed(story.lead) > 1:
            chosen = by_passage(story.lead, budget)
        elif len(articles) > 1:
            chosen = blend(articles, budget) or lead(story.lead, budget, self._weights)
        else:
            chosen = lead(story.lead, budget, self._weights)
        if not chosen:
            return Blurb(warnings=(_why_empty(story.lead, budget),))
        return Blurb(tuple(one.sentence for one in chosen))


def lead(article: Article, budget: BlurbBudget, weights: Weights = SHIPPED) -> list[Candidate]:
    """Return the best of the article's first sentences, or the first later one that fits alone."""
    if budget.max_sentences >= POOL:
        return _from_the_top(article, budget)
    chosen = choose(
        pool_of(article),
        budget,
        recurring=recurrence(article.paragraphs, article.language),
        headline=content_words(article.title, article.language),
        weights=weights,
    )
    if not chosen or all(one.is_weak for one in chosen):
        later = (one for one in candidates(article, _READ) if not one.is_weak and one.stands_among(()))
        chosen = next(([one] for one in later if one.words <= budget.max_words), chosen)
    return chosen


def _from_the_top(article: Article, budget: BlurbBudget) -> list[Candidate]:
    """Return the strong sentences in reading order while the budget lasts: for long blurbs."""
    chosen: list[Candidate] = []
    room = budget.max_words
    for one in candidates(article):
        stands = one.stands_among({other.position for other in chosen})
        if not one.is_weak and one.words <= room and stands:
            chosen.append(one)
            room -= one.words
        if len(chosen) == budget.max_sentences:
            break
    return chosen


def by_passage(article: Article, budget: BlurbBudget) -> list[Candidate]:
    """Return one sentence for each passage, in order, while sentences and words last."""
    chosen: list[Candidate] = []
    taken: set[int] = set()
    room = budget.max_words
    for one in candidates(article):
        if len(chosen) == budget.max_sentences:
            break
        stands = not one.leans and one.stands_among({other.position for other in chosen})
        if one.source.passage not in taken and not one.is_weak and stands and one.words <= room:
            taken.add(one.source.passage)
            chosen.append(one)
            room -= one.words
    return chosen


def pool_of(article: Article) -> list[Candidate]:
    """Return the first few strong sentences with the weak ones between them."""
    read = candidates(article, _FIRST)
    strong = 0
    for at, one in enumerate(read):
        strong += not one.is_weak
        if strong == POOL:
            return read[: at + 1]
    return read


def _headed(article: Article) -> int:
    return sum(bool(passage.heading) for passage in article.passages)


def _why_empty(article: Article, budget: BlurbBudget) -> str:
    if not article.passages and not article.summary:
        return "The source gave only a title, so there is no blurb."
    return f"No whole sentence fits {budget.max_words} words, so there is no blurb."
