"""Which article of a story leads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from digest.model import Article, ArticleId, Newsletter
from digest.selection.stories import Copy

ENOUGH = 2400
"""In characters: a longer text is no better a lead for being longer."""


def lead_first(
    members: Sequence[Article],
    newsletter: Newsletter,
    *,
    moments: Mapping[ArticleId, datetime],
    pins: Mapping[ArticleId, int],
    copies: Mapping[ArticleId, Copy],
) -> list[Article]:
    """Return a story's articles with the leading one first, the others best first.

    In this order count: a pin; the newsletter's language; the source's weight; an original before its
    copies; about twice as much text, up to a limit; the newer; a picture; the address.
    """

    def merit(article: Article) -> tuple[float, bool, float, bool, int, float, bool, str, str]:
        return (
            pins.get(article.id, float("inf")),
            _primary(article.language or newsletter.language) != _primary(newsletter.language),
            -newsletter.source_weights.get(article.source, 1.0),
            article.id in copies,
            -min(len(article.text), ENOUGH).bit_length(),
            -moments[article.id].timestamp(),
            article.image is None,
            article.url,
            article.id,
        )

    return sorted(members, key=merit)


def _primary(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]
