"""How close blurbs come to an editor's own: ROUGE, the lead and the oracle beside ours.

Source: Lin 2004, ROUGE; the figures equal google's rouge-score without stemming (a test compares).
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from digest.errors import BadData
from digest.model import Article, BlurbBudget, CanonicalUrl, Passage, Problem, SourceKey, Story
from digest.ports import Summarizer
from digest.summaries.sentences import split
from digest.summaries.words import count_words

_TOKEN = re.compile(r"[^\W_]+")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_ORACLE_SENTENCES = 12
_EXACT_SENTENCES = 3
_SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Rouge:
    """F1 of ROUGE-1, -2 and -L, each 0 to 1."""

    one: float
    two: float
    longest: float

    @property
    def mean(self) -> float:
        """Return the mean of ROUGE-1 and -2, what choices are compared by."""
        return (self.one + self.two) / 2


@dataclass(frozen=True, slots=True)
class Sample:
    """The articles of a story, and what editors made of them.

    Attributes:
        references: one or several editors' blurbs; the closest counts.
    """

    name: str
    articles: tuple[Article, ...]
    references: tuple[str, ...]

    @property
    def story(self) -> Story:
        """Return the articles as one story, in the file's order."""
        return Story(self.articles[0], self.articles[1:])


@dataclass(frozen=True, slots=True)
class Difference:
    """Ours minus the lead, by paired bootstrap.

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
    """The mean scores of the three, and the differences of ROUGE-1 and ROUGE-2 to the lead."""

    samples: int
    ours: Rouge
    lead: Rouge
    oracle: Rouge
    rouge_1: Difference
    rouge_2: Difference


def rouge(text: str, reference: str) -> Rouge:
    """Return how much of the reference the text has, and how little else."""
    ours, theirs = _tokens(text), _tokens(reference)
    return Rouge(_overlap(ours, theirs, 1), _overlap(ours, theirs, 2), _longest(ours, theirs))


def best_rouge(text: str, references: Sequence[str]) -> Rouge:
    """Return the best figures over several references, each figure by itself."""
    found = [rouge(text, reference) for reference in references]
    return Rouge(*(max(getattr(one, name) for one in found) for name in ("one", "two", "longest")))


def evaluate(
    samples: Sequence[Sample],
    summarizer: Summarizer,
    budget: BlurbBudget,
    *,
    seed: int = 0,
    resamples: int = 2000,
) -> Evaluation:
    """Return ours, the packed lead's and the oracle's scores over the samples.

    Raises:
        BadData: no sample.
    """
    if not samples:
        raise BadData("The evaluation", "there is no sample to measure", "Check the file's fields.")
    ours = [best_rouge(summarizer.summarize(one.story, budget).text, one.references) for one in samples]
    leads = [best_rouge(" ".join(packed_lead(one.articles, budget)), one.references) for one in samples]
    oracles = [best_rouge(" ".join(oracle(one, budget)), one.references) for one in samples]
    return Evaluation(
        samples=len(samples),
        ours=_mean(ours),
        lead=_mean(leads),
        oracle=_mean(oracles),
        rouge_1=compare([s.one for s in ours], [s.one for s in leads], seed=seed, resamples=resamples),
        rouge_2=compare([s.two for s in ours], [s.two for s in leads], seed=seed, resamples=resamples),
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


def packed_lead(articles: Sequence[Article], budget: BlurbBudget) -> list[str]:
    """Return the first sentences while they fit; of several articles, in turns."""
    queues = [sentences_of(article)[: budget.max_sentences] for article in articles]
    longest = max((len(queue) for queue in queues), default=0)
    in_turns = [queue[at] for at in range(longest) for queue in queues if at < len(queue)]
    chosen: list[str] = []
    room = budget.max_words
    for sentence in in_turns[: budget.max_sentences]:
        words = count_words(sentence)
        if words <= room:
            chosen.append(sentence)
            room -= words
    return chosen


def oracle(sample: Sample, budget: BlurbBudget) -> list[str]:
    """Return the best whole sentences there are among the first ones: the bound of every choice.

    Exact for up to three sentences of twelve; grown one by one beyond that.
    """

    def closeness(choice: Sequence[str]) -> float:
        return best_rouge(" ".join(choice), sample.references).mean

    per_article = max(2, _ORACLE_SENTENCES // len(sample.articles))
    pool = [text for article in sample.articles for text in sentences_of(article)[:per_article]]
    sizes = range(1, min(budget.max_sentences, _EXACT_SENTENCES) + 1)
    choices = (choice for size in sizes for choice in combinations(pool[: 2 * _ORACLE_SENTENCES], size))
    best = max(
        (choice for choice in choices if _fits(choice, budget)),
        key=closeness,
        default=(),
    )
    while len(best) >= _EXACT_SENTENCES:
        grown = [(*best, text) for text in pool if text not in best and _fits((*best, text), budget)]
        better = max(grown, key=closeness, default=best)
        if closeness(better) <= closeness(best):
            break
        best = better
    return list(best)


def _fits(choice: Sequence[str], budget: BlurbBudget) -> bool:
    words = sum(map(count_words, choice))
    return len(choice) <= budget.max_sentences and words <= budget.max_words


def sentences_of(article: Article) -> list[str]:
    """Return the raw sentences of the body, else of the summary."""
    texts = article.paragraphs or (article.summary,)
    return [span.of(text) for text in texts for span in split(text, article.language)]


def read_samples(path: Path) -> tuple[list[Sample], list[Problem]]:
    """Return the samples of a JSONL file of {id, title, text, reference}, and what was wrong by line.

    `text` is one article, or a list of several of one story; paragraphs are apart by a blank line.

    Raises:
        BadData: the file can't be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as failure:
        raise BadData(str(path), f"can't be read ({failure})", "Give a UTF-8 JSONL file.") from failure
    samples: list[Sample] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = _sample(line, number)
        if found is None:
            problems.append(
                Problem(f"{path.name}, line {number}", "no JSON object with text and reference")
            )
        else:
            samples.append(found)
    return samples, problems


def _sample(line: str, number: int) -> Sample | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    if not isinstance(row, dict):
        return None
    wanted = row.get("reference")
    references = tuple(wanted) if isinstance(wanted, list) else (wanted,)
    if not references or not all(isinstance(text, str) and text.strip() for text in references):
        return None
    given = row.get("text")
    texts = given if isinstance(given, list) else [given]
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        return None
    name, title = str(row.get("id") or number), str(row.get("title") or "")
    language = str(row.get("language") or "en")
    articles = tuple(_article(f"{name}-{at}", title, text, language) for at, text in enumerate(texts))
    return Sample(name, articles, references)


def _article(name: str, title: str, text: str, language: str) -> Article:
    paragraphs = tuple(" ".join(part.split()) for part in _PARAGRAPHS.split(text) if part.strip())
    url = CanonicalUrl(f"https://evaluation.invalid/{name}")
    return Article(SourceKey("evaluation"), url, title, passages=(Passage(paragraphs),), language=language)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.lower())


def _overlap(ours: Sequence[str], theirs: Sequence[str], size: int) -> float:
    mine, gold = _grams(ours, size), _grams(theirs, size)
    return _f1(sum((mine & gold).values()), sum(mine.values()), sum(gold.values()))


def _grams(tokens: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(tokens[at:] for at in range(size)), strict=False))


def _longest(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Return the F1 of the longest common subsequence."""
    row = [0] * (len(theirs) + 1)
    for word in ours:
        diagonal = 0
        for at, other in enumerate(theirs, 1):
            above = row[at]
            row[at] = diagonal + 1 if word == other else max(above, row[at - 1])
            diagonal = above
    return _f1(row[-1], len(ours), len(theirs))


def _f1(common: int, mine: int, gold: int) -> float:
    return 2 * common / (mine + gold) if common else 0.0


def _mean(scores: Sequence[Rouge]) -> Rouge:
    def of(pick: Callable[[Rouge], float], scores: Iterable[Rouge] = scores) -> float:
        values = [pick(score) for score in scores]
        return sum(values) / len(values)

    return Rouge(of(lambda s: s.one), of(lambda s: s.two), of(lambda s: s.longest))
