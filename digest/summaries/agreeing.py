"""What an article of a story may say beside the story's lead: nothing older, and no figure of its own.

Reports of one event count otherwise: twelve dead, then fourteen. Side by side in one blurb they are a
contradiction, whoever is named with each, and the lead's headline has taken its side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from digest.model import Article
from digest.summaries.language.numerals import numbers, parts
from digest.summaries.language.stemming import stem
from digest.summaries.language.words import idle_words, words

OLDER = timedelta(hours=6)
"""Another publisher's article that came so much before the lead tells of an earlier state of things."""

_ONE = re.compile(r"(?<!\d)1(?!\d)")
_COUNTED = re.compile(
    r"[〇一二两兩三四五六七八九十百千万萬億亿]{1,12}(?=[人名歳岁才件個个台台艘軒円元日月時时点點分校社棟頭匹])"
)
_MOST_LENGTH = 60_000
_NEAR = 3
"""So many words before and behind a figure may say what it counts."""


def not_older(articles: Sequence[Article], is_own: Sequence[bool]) -> tuple[Article, ...]:
    """Return the lead, which comes first, and those of the others that tell nothing older than it does.

    Args:
        is_own: for each, whether it is the lead's own publisher's: one of these that came before the lead
            was put right by it.
    """
    lead_at = _told_at(articles[0])

    def is_older(article: Article, is_its_own: bool) -> bool:
        at = _told_at(article)
        if lead_at is None or at is None:
            return False
        return at < lead_at if is_its_own else at < lead_at - OLDER

    return tuple(
        one
        for at, (one, own) in enumerate(zip(articles, is_own, strict=True))
        if at == 0 or not is_older(one, own)
    )


class Counted:
    """What a story's lead counts, and how many of each it tells."""

    def __init__(self, lead: Article) -> None:
        """Read its headline, summary and text."""
        self._language = lead.language
        text = "\n".join((lead.title, lead.summary, *lead.paragraphs))[:_MOST_LENGTH]
        self._values = numbers(text, lead.language) | parts(text, lead.language)
        self._counted = frozenset(word for line in text.split("\n") for word in self._beside(line))
        self._written = frozenset(_COUNTED.findall(text))

    def holds(self, sentence: str) -> bool:
        """Tell whether nothing that the lead counts is counted otherwise by another article's sentence."""
        if not self._written.issuperset(_COUNTED.findall(sentence)):
            return False
        values = numbers(sentence, self._language) - self._values
        if not _ONE.search(sentence):
            # "One" is an article in most languages.
            values.discard(1.0)
        return not values or self._counted.isdisjoint(self._beside(sentence))

    def _beside(self, text: str) -> Iterator[str]:
        """Yield the content words within a few words of each figure."""
        spelled = words(text)
        idle = idle_words(self._language)
        near = {
            at + step
            for at, word in enumerate(spelled)
            if numbers(word, self._language)
            for step in range(-_NEAR, _NEAR + 1)
        }
        for at, word in enumerate(spelled):
            if at in near and word not in idle and not numbers(word, self._language):
                yield stem(word)


def _told_at(article: Article) -> datetime | None:
    """Return when an article was last touched; of one with a day alone, the day's end."""
    if article.updated and article.published:
        return max(article.updated, article.published)
    if article.published or article.updated:
        return article.published or article.updated
    if article.published_on is not None:
        return datetime.combine(article.published_on, time.max, UTC)
    return None
