"""Columns that come every day in the same words with other figures: weather, rates, tides."""

from __future__ import annotations

from collections import Counter
from datetime import date

from digest.model import Article
from digest.selection.tokenizing import words

LEAST_FIGURES = 2
"""So many new figures make a new number of a column; a single one is a correction."""

WORDS_TO_FIGURES = 0.5
"""How many words may change for each figure that does: a day's name, “sunny”."""


def is_next_number(later: Article, earlier: Article) -> bool:
    """Tell whether an article is a later day's number of a column, for a text much like another.

    It comes from the same source as something else, dated a later day, and what differs is figures.
    """
    days = _day(earlier), _day(later)
    if later.source != earlier.source or set(later.identities) & set(earlier.identities):
        return False
    if days[0] is None or days[1] is None or days[1] <= days[0]:
        return False
    before, after = Counter(words(earlier.text)), Counter(words(later.text))
    gone, new = before - after, after - before
    figures = _figures(gone) + _figures(new)
    others = gone.total() + new.total() - figures
    return _figures(new) >= LEAST_FIGURES and others <= figures * WORDS_TO_FIGURES


def _day(article: Article) -> date | None:
    return article.published.date() if article.published else article.published_on


def _figures(tokens: Counter[str]) -> int:
    return sum(count for token, count in tokens.items() if any(sign.isdigit() for sign in token))
