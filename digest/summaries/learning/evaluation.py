"""How close blurbs come to an editor's own: ours, the lead and the oracle side by side."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from digest.errors import BadData
from digest.model import Article, BlurbBudget
from digest.ports import Progress, Summarizer
from digest.summaries.language.sentences import split
from digest.summaries.language.words import count_words
from digest.summaries.learning.rouge import Rouge, Scorer, mean_rouge
from digest.summaries.learning.samples import Sample

_ORACLE_SENTENCES = 12
_EXACT_SENTENCES = 3
_SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """Ours minus another's, by paired bootstrap.

    Attributes:
        low, high: the 95 % interval of the mean difference.
        p: share of resamples that contradict the difference's sign, two-sided.
    """

    mean: float
    low: float
    high: float
    p: float

    @property
    def is_significant(self) -> bool:
        """Tell whether chance is an unlikely explanation (p < 0.05)."""
        return self.p < _SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The mean scores of the three, and the differences of each figure to the lead."""

    samples: int
    ours: Rouge
    lead: Rouge
    oracle: Rouge
    rouge_1: Difference
    rouge_2: Difference
    rouge_l: Difference


def evaluate(
    samples: Sequence[Sample],
    summarizer: Summarizer,
    budget: BlurbBudget,
    *,
    stemmed: bool = False,
    seed: int = 0,
    resamples: int = 2000,
    progress: Progress | None = None,
) -> Evaluation:
    """Return ours, the packed lead's and the oracle's scores over the samples.

    Args:
        stemmed: compare English words without their endings, as published figures do.

    Raises:
        BadData: no sample.
    """
    if not samples:
        raise BadData("The evaluation", "there is no sample to measure", "Check the file's fields.")
    ours, leads, oracles = [], [], []
    for done, sample in enumerate(samples, 1):
        scorer = Scorer(sample.references, stemmed=stemmed)
        ours.append(scorer.score(summarizer.summarize(sample.story, budget).text))
        leads.append(scorer.score(" ".join(packed_lead(sample.articles, budget))))
        oracles.append(scorer.score(" ".join(oracle(sample, budget, stemmed=stemmed))))
        if progress is not None:
            progress.step("evaluate", done, len(samples), sample.name)

    def gain(name: str) -> Difference:
        own, theirs = ([getattr(one, name) for one in scores] for scores in (ours, leads))
        return compare(own, theirs, seed=seed, resamples=resamples)

    return Evaluation(
        samples=len(samples),
        ours=mean_rouge(ours),
        lead=mean_rouge(leads),
        oracle=mean_rouge(oracles),
        rouge_1=gain("one"),
        rouge_2=gain("two"),
        rouge_l=gain("longest"),
    )


def compare(
    ours: Sequence[float], theirs: Sequence[float], *, seed: int = 0, resamples: int = 2000
) -> Difference:
    """Return the paired bootstrap of two systems' scores on the same samples; same seed, same result."""
    differences = [a - b for a, b in zip(ours, theirs, strict=True)]
    size = len(differences)
    chance = random.Random(seed)  # noqa: S311 - resampling, no secret
    means = sorted(sum(chance.choices(differences, k=size)) / size for _ in range(resamples))
    below = sum(mean <= 0 for mean in means) / resamples
    above = sum(mean >= 0 for mean in means) / resamples
    return Difference(
        mean=sum(differences) / size,
        low=means[int(resamples * 0.025)],
        high=means[int(resamples * 0.975) - 1],
        p=min(1.0, 2 * min(below, above)),
    )


def packed_lead(articles: Sequence[Article], budget: BlurbBudget, *, is_capped: bool = True) -> list[str]:
    """Return the first sentences while they fit; of several articles, in turns.

    Args:
        is_capped: no more sentences than a blurb may have; else as many as its words have room for.
    """
    most = budget.max_sentences if is_capped else budget.max_words
    queues = [sentences_of(article)[:most] for article in articles]
    longest = max((len(queue) for queue in queues), default=0)
    in_turns = [queue[at] for at in range(longest) for queue in queues if at < len(queue)]
    chosen: list[str] = []
    room = budget.max_words
    for sentence in in_turns[:most]:
        words = count_words(sentence)
        if words <= room:
            chosen.append(sentence)
            room -= words
    return chosen


def oracle(sample: Sample, budget: BlurbBudget, *, stemmed: bool = False) -> list[str]:
    """Return the best whole sentences there are among the first ones: the bound of every choice.

    Exact for up to three sentences of twelve; grown one by one beyond that.
    """
    scorer = Scorer(sample.references, stemmed=stemmed)
    per_article = max(2, _ORACLE_SENTENCES // len(sample.articles))
    pool = [text for article in sample.articles for text in sentences_of(article)[:per_article]]
    pool = list(dict.fromkeys(pool))
    tokens = {text: scorer.tokens(text) for text in pool}
    lengths = {text: count_words(text) for text in pool}

    def closeness(choice: Sequence[str]) -> float:
        return sum(scorer.overlaps([word for text in choice for word in tokens[text]]))

    def fits(choice: Sequence[str]) -> bool:
        words = sum(lengths[text] for text in choice)
        return len(choice) <= budget.max_sentences and words <= budget.max_words

    sizes = range(1, min(budget.max_sentences, _EXACT_SENTENCES) + 1)
    choices = (choice for size in sizes for choice in combinations(pool[: 2 * _ORACLE_SENTENCES], size))
    best = max(filter(fits, choices), key=closeness, default=())
    while len(best) >= _EXACT_SENTENCES:
        grown = [(*best, text) for text in pool if text not in best and fits((*best, text))]
        better = max(grown, key=closeness, default=best)
        if closeness(better) <= closeness(best):
            break
        best = better
    return list(best)


def sentences_of(article: Article) -> list[str]:
    """Return the raw sentences of the body, else of the summary."""
    texts = article.paragraphs or (article.summary,)
    return [span.of(text) for text in texts for span in split(text, article.language)]
