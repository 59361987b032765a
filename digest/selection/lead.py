"""Which article of a story leads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from digest.model import Article, ArticleId, Newsletter
from digest.selection.pieces import is_about
from digest.selection.stories import Copy

FULL = 400
"""In characters: a report, no brief."""

TURN = timedelta(hours=3)
"""What is older by so much than the newest may no longer be true: a toll rises, a match ends."""

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

    In this order count: a pin; the newsletter's language; the source's weight; the report before what is
    told about it (an opinion, pictures, a correction); an original before its copies; a full text before a
    brief; the newer by some hours; about twice as much text, up to a limit; the newer; a picture; the
    address.
    """
    newest = max(moments[one.id] for one in members)

    def merit(article: Article) -> tuple[object, ...]:
        return (
            pins.get(article.id, float("inf")),
            _primary(article.language or newsletter.language) != _primary(newsletter.language),
            -newsletter.source_weights.get(article.source, 1.0),
            is_about(article),
            article.id in copies,
            0 if len(article.text) >= FULL else 99 - len(article.text).bit_length(),
            (newest - moments[article.id]) // TURN,
            -min(len(article.text), ENOUGH).bit_length(),
            -moments[article.id].timestamp(),
            article.image is None,
            article.url,
            article.id,
        )

    return sorted(members, key=merit)


def _primary(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]
