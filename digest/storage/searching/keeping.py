"""The words that are kept of editions and articles, written in the transaction of what they are of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, delete, insert

from digest.model import Article
from digest.storage.searching.tables import article_words, edition_words
from digest.storage.searching.words import tokens_of

_LINES = ("subject", "subject_b", "preheader")
_NO_TEXT = frozenset({"url", "link", "key", "article", "written_by", "language", "publisher", "byline"})
_CHUNK = 500


def keep_edition_words(connection: Connection, edition_id: int, content: str) -> None:
    """Keep what an edition says now, in place of what it said before.

    Args:
        content: the edition as it is stored.
    """
    connection.execute(delete(edition_words).where(edition_words.c.edition_id == edition_id))
    rows = [
        {"edition_id": edition_id, "article": article, "words": words}
        for article, words in words_of_edition(json.loads(content))
    ]
    if rows:
        connection.execute(insert(edition_words), rows)


def keep_correction_words(connection: Connection, edition_id: int, article: str, *texts: str) -> None:
    """Keep what was set right beside what the edition said."""
    values = {"edition_id": edition_id, "article": article, "words": tokens_of(texts)}
    connection.execute(insert(edition_words).values(**values))


def keep_article_words(connection: Connection, said: Sequence[Article], *, now: datetime) -> None:
    """Keep what new and changed articles say.

    Args:
        now: what counts as their time where they tell none.
    """
    for start in range(0, len(said), _CHUNK):
        rows = [row_of(one, now) for one in said[start : start + _CHUNK]]
        ours = article_words.c.article.in_([row["article"] for row in rows])
        connection.execute(delete(article_words).where(ours))
        connection.execute(insert(article_words), rows)


def row_of(article: Article, first_seen: datetime) -> dict[str, object]:
    """Return what `article_row` does, without a look at what is stored."""
    texts = [article.title, article.summary, article.byline, article.publisher, *article.tags]
    for passage in article.passages:
        texts += (passage.heading, *passage.paragraphs)
    on = article.published_on
    at = article.published or (datetime.combine(on, time(12), tzinfo=UTC) if on else first_seen)
    return {"article": article.id, "at": at, "words": tokens_of(texts)}


def article_row(article: str, content: str, first_seen: datetime) -> dict[str, object]:
    """Return the row of an article's words."""
    told = json.loads(content)
    return {"article": article, "at": _at(told, first_seen), "words": tokens_of(_texts_of_article(told))}


def words_of_edition(told: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the tokens of an edition's own lines under no name, and of each story under its article's.

    Whatever else it holds as text, in blocks of whatever kind, counts among its own lines.
    """
    own = [str(told.get(name, "")) for name in _LINES]
    stories: list[tuple[str, tuple[str, ...]]] = []
    for name, value in told.items():
        if name == "sections":
            for section in value:
                own += _texts({key: section[key] for key in section if key not in {"items", "title"}})
                stories += [(str(item.get("article", "")), _of_item(item)) for item in section["items"]]
        elif isinstance(value, dict | list) and name not in {"key", "window"}:
            own += _texts(value)
    yield "", tokens_of(own)
    yield from stories


def _of_item(item: Mapping[str, Any]) -> tuple[str, ...]:
    blurb = item.get("blurb") or {}
    return tokens_of(
        [str(item.get("headline", "")), *(str(one["text"]) for one in blurb.get("sentences", ()))]
    )


def _texts(value: object) -> list[str]:
    """Return the texts in a stored value, names and addresses left out."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, one in value.items() if key not in _NO_TEXT for text in _texts(one)]
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else []


def _texts_of_article(told: Mapping[str, Any]) -> Iterable[str]:
    yield from (str(told.get(name, "")) for name in ("title", "summary", "byline", "publisher"))
    yield from (str(tag) for tag in told.get("tags", ()))
    for passage in told.get("passages", ()):
        yield str(passage.get("heading", ""))
        yield from map(str, passage.get("paragraphs", ()))


def _at(told: Mapping[str, Any], first_seen: datetime) -> datetime:
    if told.get("published"):
        return datetime.fromisoformat(str(told["published"])).astimezone(UTC)
    if told.get("published_on"):
        return datetime.combine(date.fromisoformat(told["published_on"]), time(12), tzinfo=UTC)
    return first_seen
