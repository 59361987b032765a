"""What the crawls have seen, with our own clock beside the sources' clocks."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic_core import PydanticSerializationError
from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, update

from digest.model import Article, ArticleId, Problem, SeenArticle, SourceKey, article_id
from digest.ports import Collected, Memory
from digest.storage.engine import Store
from digest.storage.records import restored, stored
from digest.storage.searching.keeping import keep_article_words
from digest.storage.tables import articles, crawls

log = logging.getLogger(__name__)

MOST_PROBLEMS = 200
"""Of one crawl, that are kept."""

_CHUNK = 500
_CRAWL_LOCK = 0x6372_6177_6C

# A date without a time is a day somewhere on Earth: from UTC+14 to UTC-12.
_EARLIEST_MIDNIGHT = timedelta(hours=14)
_LATEST_END = timedelta(hours=36)

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow


class SqlArticleStore:
    """The `ArticleStore` on SQLite and PostgreSQL."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def memory(self, source: SourceKey) -> Memory | None:
        """Return what the source asked us to keep; None before its first good crawl."""
        with self._store.reading() as connection:
            notes = connection.scalar(select(crawls.c.notes).where(crawls.c.source == source))
            if notes is None:
                return None
            memory = restored(Memory, notes, name=f"the memory of source {source}")
            return replace(memory, entries=_still_there(connection, memory.entries))

    def record(
        self,
        source: SourceKey,
        collected: Collected,
        *,
        undated_count_from_first_seen: bool,
        now: datetime,
    ) -> int:
        """Keep one crawl in one transaction and return how many articles are new or changed.

        A failed crawl leaves everything as it was. Of two articles of one name the first is kept.
        """
        if collected.is_failed:
            return 0
        found: dict[ArticleId, Article] = {}
        for article in collected.articles:
            found.setdefault(article.id, article)
        with self._store.writing() as connection:
            if self._store.is_postgresql:
                # Runs that crawl at once would insert the same rows: what is not there can't be locked.
                connection.execute(select(func.pg_advisory_xact_lock(_CRAWL_LOCK)))
            is_first = self._keep_memory(connection, source, collected, now)
            known = _known(connection, found)
            fresh = [article for key, article in found.items() if key not in known]
            _insert(
                connection,
                fresh,
                is_first=is_first,
                undated_are_news=undated_count_from_first_seen,
                now=now,
            )
            changed = _refresh(connection, [found[key] for key in known], known, now)
            _mark_gone(connection, source, collected.gone, now)
        return len(fresh) + changed

    def seen(
        self, sources: Sequence[SourceKey], *, since: datetime, until: datetime, address: str = ""
    ) -> tuple[SeenArticle, ...]:
        """Return articles first seen, changed or published in [since, until), by (first_seen, id).

        Only those in whose URL `address` stands, in whatever case, where it is given.
        One with a date but no time is given where that day touches the span in any zone.
        """
        first_day = (since - _LATEST_END).date() + timedelta(days=1)
        last_day = (until + _EARLIEST_MIDNIGHT - timedelta(microseconds=1)).date()
        spans = [
            and_(column >= since, column < until)
            for column in (articles.c.first_seen, articles.c.changed_at, articles.c.published)
        ]
        spans.append(articles.c.published_on.between(first_day, last_day))
        query = (
            select(articles)
            .where(articles.c.source.in_(sources), or_(*spans))
            .order_by(articles.c.first_seen, articles.c.id)
        )
        if address:
            query = query.where(articles.c.url.icontains(address, autoescape=True))
        with self._store.reading() as connection:
            return tuple(seen_article(row) for row in connection.execute(query))

    def load(self, ids: Sequence[ArticleId]) -> tuple[SeenArticle, ...]:
        """Return the stored articles among `ids`, in that order; `gone_at` tells who left since."""
        by_id = {}
        with self._store.reading() as connection:
            for chunk in _chunks(ids):
                for row in connection.execute(select(articles).where(articles.c.id.in_(chunk))):
                    by_id[row.id] = seen_article(row)
        return tuple(by_id[one] for one in dict.fromkeys(ids) if one in by_id)

    def problems(self, sources: Sequence[SourceKey]) -> dict[SourceKey, tuple[Problem, ...]]:
        """Return what each source's last crawl that gave anything could not use."""
        query = select(crawls.c.source, crawls.c.problems).where(
            crawls.c.source.in_(sources), crawls.c.problems != ""
        )
        with self._store.reading() as connection:
            return {
                SourceKey(row.source): tuple(
                    Problem(where, what) for where, what in json.loads(row.problems)
                )
                for row in connection.execute(query)
            }

    @staticmethod
    def _keep_memory(
        connection: Connection, source: SourceKey, collected: Collected, now: datetime
    ) -> bool:
        """Write the source's memory and tell whether this is its first good crawl."""
        values: dict[str, object] = {"notes": stored(Memory, collected.memory).decode(), "last_at": now}
        if collected.articles or collected.problems:
            values["problems"] = _told(collected.problems)
        known = connection.execute(update(crawls).where(crawls.c.source == source).values(**values))
        if known.rowcount:
            return False
        connection.execute(insert(crawls).values(source=source, first_at=now, **values))
        return True


def seen_article(row: AnyRow) -> SeenArticle:
    """Return the article of a row that has all columns of the table."""
    return SeenArticle(
        article=restored(Article, row.content, name=f"article {row.id}"),
        first_seen=row.first_seen,
        changed_at=row.changed_at,
        is_backlog=row.is_backlog,
        gone_at=row.gone_at,
    )


def _told(problems: Sequence[Problem]) -> str:
    return json.dumps([(one.where, one.what) for one in problems[:MOST_PROBLEMS]]) if problems else ""


def _still_there(connection: Connection, entries: Mapping[ArticleId, str]) -> dict[ArticleId, str]:
    """Return the entries whose articles are stored, and not withdrawn, in their order."""
    there: set[str] = set()
    for chunk in _chunks(list(entries)):
        query = select(articles.c.id).where(articles.c.id.in_(chunk), articles.c.gone_at.is_(None))
        there.update(connection.scalars(query))
    return {article: mark for article, mark in entries.items() if article in there}


def _known(connection: Connection, found: Mapping[ArticleId, Article]) -> dict[ArticleId, AnyRow]:
    columns = (articles.c.id, articles.c.content_hash, articles.c.content, articles.c.gone_at)
    rows: dict[ArticleId, AnyRow] = {}
    for chunk in _chunks(list(found)):
        for row in connection.execute(select(*columns).where(articles.c.id.in_(chunk))):
            rows[row.id] = row
    return rows


def _insert(
    connection: Connection,
    fresh: list[Article],
    *,
    is_first: bool,
    undated_are_news: bool,
    now: datetime,
) -> None:
    rows, said = [], []
    for article, values in _rows(fresh):
        said.append(article)
        is_undated = article.published is None and article.published_on is None
        is_backlog = is_first and not (undated_are_news and is_undated)
        rows.append({**values, "first_seen": now, "changed_at": now, "is_backlog": is_backlog})
    if rows:
        connection.execute(insert(articles), rows)
        keep_article_words(connection, said, now=now)


def _refresh(
    connection: Connection, again: list[Article], known: Mapping[ArticleId, AnyRow], now: datetime
) -> int:
    """Write what differs from the stored rows and return how many articles say something new."""
    touched, changed, said = [], [], []
    for article, values in _rows(again):
        old = known[article.id]
        row = {**{f"new_{name}": value for name, value in values.items()}, "new_changed_at": now}
        if old.content_hash != values["content_hash"]:
            changed.append(row)
            said.append(article)
        elif old.content != values["content"] or old.gone_at is not None:
            touched.append(row)
    names = ("url", "guid", "content_hash", "published", "published_on", "content")
    statement = (
        update(articles)
        .where(articles.c.id == bindparam("new_id"))
        .values({name: bindparam(f"new_{name}") for name in names})
        .values(gone_at=None)
    )
    if touched:
        connection.execute(statement, touched)
    if changed:
        connection.execute(statement.values(changed_at=bindparam("new_changed_at")), changed)
        keep_article_words(connection, said, now=now)
    return len(changed)


def _rows(found: Iterable[Article]) -> Iterator[tuple[Article, dict[str, object]]]:
    """Yield each article that a database can hold, with its own columns."""
    for article in found:
        try:
            content = stored(Article, article).decode()
        except PydanticSerializationError:
            # Half a surrogate pair: no UTF-8 can hold it, so no mail could carry it either.
            log.warning(
                "%s: left out: the text is not valid Unicode: article %s", article.source, article.id
            )
            continue
        yield (
            article,
            {
                "id": article.id,
                "source": article.source,
                # PostgreSQL refuses NUL in text; inside the JSON it is escaped.
                "url": article.url.replace("\0", ""),
                "guid": article.guid.replace("\0", ""),
                "content_hash": article.content_hash,
                "published": article.published,
                "published_on": article.published_on,
                "content": content,
            },
        )


def _mark_gone(connection: Connection, source: SourceKey, names: Sequence[str], now: datetime) -> None:
    for chunk in _chunks(names):
        ids = [article_id(source, name) for name in chunk]
        connection.execute(
            update(articles)
            .where(articles.c.source == source, articles.c.gone_at.is_(None))
            .where(or_(articles.c.id.in_(ids), articles.c.guid.in_(chunk), articles.c.url.in_(chunk)))
            .values(gone_at=now)
        )


def _chunks(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _CHUNK):
        yield names[start : start + _CHUNK]
