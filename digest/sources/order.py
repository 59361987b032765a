"""A source's own order: an editor's, where it is not merely that of the dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from digest.model import Article

FEWEST = 5
"""Fewer dated articles show no order."""

_BY_DATE = 0.85
"""The share of neighbors in the order of their dates from which on that order is theirs."""


def placed(articles: Sequence[Article]) -> list[Article]:
    """Return the articles with their places in the source, where an editor put them in order.

    Args:
        articles: in the source's order.
    """
    moments = [moment for one in articles if (moment := _moment(one)) is not None]
    if len(moments) < FEWEST or _is_by_date(moments):
        return list(articles)
    return [replace(one, source_place=place) for place, one in enumerate(articles, 1)]


def _moment(article: Article) -> datetime | None:
    return article.published or article.updated


def _is_by_date(moments: Sequence[datetime]) -> bool:
    """Tell whether most neighbors follow the dates, the newest or the oldest first; all alike, they do."""
    falling = sum(one >= other for one, other in pairwise(moments))
    rising = sum(one <= other for one, other in pairwise(moments))
    return max(falling, rising) >= _BY_DATE * (len(moments) - 1)
