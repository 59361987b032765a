"""Which articles an edition holds: the memory that keeps a reader from getting one twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, literal, or_, select

from digest.model import (
    AlreadySent,
    ArticleId,
    Decision,
    Edition,
    EditionKey,
    EditionState,
    Identity,
    Item,
    SentArticle,
)
from digest.storage.articles import seen_article
from digest.storage.tables import (
    articles,
    edition_articles,
    edition_identities,
    edition_passed_over,
    editions,
)

WAITS_FOR_ITS_TIME = "after-cutoff"
"""The rule that leaves an article out for now only: the next edition weighs it anew."""

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow


def keep_articles(connection: Connection, edition_id: int, edition: Edition) -> None:
    """Write which articles and identities the edition holds, in place of what it held."""
    for table in (edition_articles, edition_identities):
        connection.execute(delete(table).where(table.c.edition_id == edition_id))
    ids = {article for item in edition.items for article in _articles(item)}
    connection.execute(
        insert(edition_articles).from_select(
            ["edition_id", "article", "content_hash"],
            select(literal(edition_id), articles.c.id, articles.c.content_hash).where(
                articles.c.id.in_(ids)
            ),
        )
    )
    names = sorted({identity for item in edition.items for identity in item.identities})
    if names:
        rows = [{"edition_id": edition_id, "identity": name} for name in names]
        connection.execute(insert(edition_identities), rows)


def keep_passed_over(connection: Connection, edition_id: int, decisions: Sequence[Decision]) -> None:
    """Write which articles were weighed and left out for good, in place of what was written before."""
    table = edition_passed_over
    connection.execute(delete(table).where(table.c.edition_id == edition_id))
    out = {one.article for one in decisions if not one.is_in and one.rule != WAITS_FOR_ITS_TIME}
    if out:
        rows = [{"edition_id": edition_id, "article": article} for article in sorted(out)]
        connection.execute(insert(table), rows)


def already_sent(
    connection: Connection, newsletter: str, *, before: EditionKey, since: datetime
) -> AlreadySent:
    """Return what the newsletter's other editions hold."""
    holds = _holds(newsletter, before)
    recent = and_(holds, editions.c.cutoff >= since)
    identities = connection.execute(
        select(editions.c.newsletter, editions.c.day, editions.c.slot, edition_identities.c.identity)
        .join(edition_identities, edition_identities.c.edition_id == editions.c.id)
        .where(holds)
        .order_by(editions.c.day, editions.c.slot)
    )
    return AlreadySent(
        identities={Identity(row.identity): _key(row) for row in identities},
        recent=_recent(connection, recent),
        last_cutoff=_last_cutoff(connection, holds, before),
        considered=frozenset(
            ArticleId(article)
            for article in connection.scalars(
                select(edition_passed_over.c.article)
                .join(editions, edition_passed_over.c.edition_id == editions.c.id)
                .where(recent)
            )
        ),
    )


def _holds(newsletter: str, before: EditionKey) -> ColumnElement[bool]:
    """Return the condition that an edition keeps its articles from the edition `before`."""
    is_itself = and_(editions.c.day == before.day, editions.c.slot == before.slot)
    may_still_go = or_(editions.c.state != EditionState.DRAFT, editions.c.day >= before.day)
    return and_(
        editions.c.newsletter == newsletter,
        ~is_itself,
        may_still_go,
        editions.c.reached_nobody.is_(False),
    )


def _last_cutoff(connection: Connection, holds: ColumnElement[bool], before: EditionKey) -> datetime | None:
    """Return where the last edition that went out before `before` left off."""
    earlier = or_(
        editions.c.day < before.day,
        and_(editions.c.day == before.day, editions.c.slot < before.slot),
    )
    query = select(func.max(editions.c.cutoff)).where(holds, earlier)
    found: datetime | None = connection.scalar(query.where(editions.c.state != EditionState.DRAFT))
    return found


def _recent(connection: Connection, recent: ColumnElement[bool]) -> tuple[SentArticle, ...]:
    rows = connection.execute(
        select(
            articles,
            editions.c.newsletter,
            editions.c.day,
            editions.c.slot,
            edition_articles.c.content_hash.label("sent_hash"),
        )
        .join(edition_articles, edition_articles.c.article == articles.c.id)
        .join(editions, edition_articles.c.edition_id == editions.c.id)
        .where(recent)
        .order_by(editions.c.day, editions.c.slot, articles.c.id)
    )
    return tuple(SentArticle(seen_article(row), _key(row), row.sent_hash) for row in rows)


def _articles(item: Item) -> tuple[ArticleId, ...]:
    return item.articles or (item.article,)


def _key(row: AnyRow) -> EditionKey:
    return EditionKey(row.newsletter, row.day, row.slot)
