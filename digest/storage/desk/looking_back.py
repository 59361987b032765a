"""Looking back: editions and articles of any day, by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, exists, or_, select, tuple_

from digest.model import ArticleId, Edition, EditionKey, SeenArticle, SourceKey
from digest.storage.articles import seen_article
from digest.storage.desk.history import is_out
from digest.storage.editions import restored_edition
from digest.storage.engine import Store
from digest.storage.searching.tables import article_words, edition_words, saying
from digest.storage.searching.words import Sought
from digest.storage.tables import articles, editions

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from digest.storage.columns import AnyRow


@dataclass(frozen=True, slots=True)
class Found:
    """An edition that a search found.

    Attributes:
        stories: the stories that say what was sought; none where its own lines do, or nothing was sought.
    """

    edition: Edition
    stories: frozenset[ArticleId] = frozenset()


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that was found.

    Attributes:
        at: when it was published, or first seen where nobody knows.
        told_in: the editions of the newsletter that hold it, the newest first.
    """

    seen: SeenArticle
    at: datetime
    told_in: tuple[EditionKey, ...] = ()


class SqlLookingBack:
    """Questions about past days; nothing is written."""

    def __init__(self, store: Store) -> None:
        """Read through `store`, which its owner closes."""
        self._store = store

    def editions(
        self,
        newsletter: str,
        what: Sought,
        *,
        limit: int,
        after: EditionKey | None = None,
        out_by: datetime | None = None,
    ) -> tuple[Found, ...]:
        """Return a newsletter's editions that say it in one story or in their own lines, newest first.

        Args:
            what: all of them where nothing is sought.
            after: only those behind this one, in that order; it need not be there itself.
            out_by: only those that readers may have by then; None for all, drafts included.
        """
        query = _newest_first(newsletter, after).limit(limit)
        if out_by is not None:
            query = query.where(is_out(out_by))
        says = saying(edition_words, what, is_postgresql=self._store.is_postgresql) if what else None
        if says is not None:
            query = query.where(exists().where(edition_words.c.edition_id == editions.c.id, says))
        with self._store.reading() as connection:
            rows = connection.execute(query).all()
            stories: dict[int, set[ArticleId]] = {}
            if says is not None:
                named = select(edition_words.c.edition_id, edition_words.c.article).where(
                    says,
                    edition_words.c.edition_id.in_([row.id for row in rows]),
                    edition_words.c.article != "",
                )
                for edition_id, article in connection.execute(named):
                    stories.setdefault(edition_id, set()).add(ArticleId(article))
            return tuple(Found(restored_edition(row), frozenset(stories.get(row.id, ()))) for row in rows)

    def articles(
        self,
        sources: Sequence[SourceKey],
        what: Sought,
        *,
        limit: int,
        newsletter: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        after: tuple[datetime, str] | None = None,
    ) -> tuple[FoundArticle, ...]:
        """Return articles of these sources, the newest first.

        Args:
            newsletter: whose editions are named with each.
            since, until: the half-open span they are of.
            after: time and id of the last that was told, for the next page.
        """
        query = (
            select(articles, article_words.c.at)
            .join(article_words, article_words.c.article == articles.c.id)
            .where(articles.c.source.in_(sources))
            .order_by(article_words.c.at.desc(), articles.c.id.desc())
            .limit(limit)
        )
        if what:
            query = query.where(saying(article_words, what, is_postgresql=self._store.is_postgresql))
        if since is not None:
            query = query.where(article_words.c.at >= since)
        if until is not None:
            query = query.where(article_words.c.at < until)
        if after is not None:
            at, name = after
            is_same = and_(article_words.c.at == at, articles.c.id < name)
            query = query.where(or_(article_words.c.at < at, is_same))
        with self._store.reading() as connection:
            rows = connection.execute(query).all()
            told = _told_in(connection, newsletter, [row.id for row in rows]) if newsletter else {}
        return tuple(FoundArticle(seen_article(row), row.at, tuple(told.get(row.id, ()))) for row in rows)


def _newest_first(newsletter: str, after: EditionKey | None) -> Select[Any]:
    query = (
        select(editions)
        .where(editions.c.newsletter == newsletter)
        .order_by(editions.c.day.desc(), editions.c.slot.desc())
    )
    if after is None:
        return query
    return query.where(tuple_(editions.c.day, editions.c.slot) < tuple_(after.day, after.slot))


def _told_in(connection: Connection, newsletter: str, ids: Sequence[str]) -> dict[str, list[EditionKey]]:
    query = (
        select(edition_words.c.article, editions.c.day, editions.c.slot)
        .join(editions, editions.c.id == edition_words.c.edition_id)
        .where(editions.c.newsletter == newsletter, edition_words.c.article.in_(ids))
        .distinct()
        .order_by(editions.c.day.desc(), editions.c.slot.desc())
    )
    found: dict[str, list[EditionKey]] = {}
    row: AnyRow
    for row in connection.execute(query):
        found.setdefault(row.article, []).append(EditionKey(newsletter, row.day, row.slot))
    return found
