"""Who had which stories of an edition before, by other editions, as one column of the audience."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    exists,
    literal,
    select,
    text,
)

from digest.model import (
    ArticleId,
    DeliveryState,
    Edition,
    EditionKey,
    Item,
    RenderedEdition,
    StoryLabel,
    Variant,
)
from digest.model.repeats import MOST_EDITIONS, MOST_STORIES, Repeats, Sharing
from digest.storage.editions import edition_row, restored_edition
from digest.storage.records import restored
from digest.storage.searching import marks
from digest.storage.stretches import state_of
from digest.storage.tables import (
    deliveries,
    dispatches,
    edition_articles,
    edition_identities,
    editions,
    renderings,
)

_NOT_HAD = (DeliveryState.SKIPPED, DeliveryState.FAILED)
_FREEZE_LOCK = 0x64696765_6F6E63


def find(connection: Connection, key: EditionKey, newsletters: Sequence[str], since: datetime) -> Repeats:
    """Return which frozen editions bear stories of this one.

    A story that comes back with new text counts as had only where that edition has the same text.

    Raises:
        UnknownEdition: there is no such edition.
    """
    row = edition_row(connection, key)
    edition = restored_edition(row)
    mine = edition_identities.alias("mine")
    own = select(mine.c.identity).where(mine.c.edition_id == row.id)
    others = connection.execute(
        select(editions)
        .join(dispatches, dispatches.c.edition_id == editions.c.id)
        .where(
            editions.c.id != row.id,
            editions.c.newsletter.in_(list(newsletters)),
            dispatches.c.frozen_at >= since,
            # Of each edition by its key: identities of all editions have no index of their own.
            exists().where(
                edition_identities.c.edition_id == editions.c.id, edition_identities.c.identity.in_(own)
            ),
        )
        .order_by(dispatches.c.frozen_at.desc(), editions.c.id.desc())
        .limit(MOST_EDITIONS)
    ).all()
    texts = _texts(connection, [row.id, *(other.id for other in others)])
    found = [_sharing(connection, edition, row.id, other, texts) for other in others]
    sharing = sorted((one for one in found if any(mask for _, mask in one.had)), key=lambda one: one.number)
    return Repeats(key, tuple(newsletters), since, tuple(sharing))


def confirm(connection: Connection, repeats: Repeats) -> bool:
    """Tell whether no other edition was frozen meanwhile with stories of this one.

    Until the transaction ends, no other freeze that asks the same can come between.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _FREEZE_LOCK})
    return find(connection, repeats.edition, repeats.newsletters, repeats.since) == repeats


def with_had(audience: Select[Any], repeats: Repeats | None) -> Select[Any]:
    """Return the audience with a column `had`: the bits of the stories each reader had before."""
    if repeats is None or not repeats.sharing:
        return audience
    reader = audience.subquery("reader")
    joined: Any = reader
    masks: list[ColumnElement[int]] = []
    for place, one in enumerate(repeats.sharing):
        # Made first, and then joined by its readers: the key would be searched for each of them.
        before = (
            select(deliveries.c.subscriber, deliveries.c.variant, state_of().label("state"))
            .where(deliveries.c.edition_id == one.number)
            .cte(f"before_{place}")
            .prefix_with("MATERIALIZED")
        )
        joined = joined.outerjoin(before, before.c.subscriber == reader.c.subscriber)
        by_variant = case(
            {number: literal(mask, BigInteger()) for number, mask in one.had},
            value=before.c.variant,
            else_=literal(0, BigInteger()),
        )
        is_had = before.c.state.not_in(_NOT_HAD)
        masks.append(case((is_had, by_variant), else_=literal(0, BigInteger())))
    every = reduce(lambda left, right: left.bitwise_or(right), masks)
    return select(*reader.c, every.label("had")).select_from(joined)


def variant_of(
    connection: Connection, key: EditionKey, subscriber: str, canonical: str = ""
) -> Variant | None:
    """Return which rendering of an edition a reader was sent, or will be; None for none.

    Args:
        canonical: their address of today, looked at first: only whoever changed it is searched for.
    """
    query = (
        select(renderings.c.content)
        .join(
            deliveries,
            and_(
                deliveries.c.edition_id == renderings.c.edition_id,
                deliveries.c.variant == renderings.c.variant,
            ),
        )
        .where(
            deliveries.c.edition_id == edition_row(connection, key).id,
            deliveries.c.subscriber == subscriber,
        )
    )
    content = connection.scalar(query.where(marks.is_of(connection, canonical))) if canonical else None
    if content is None:
        content = connection.scalar(query)
    if content is None:
        return None
    return restored(RenderedEdition, content, name=f"a rendering of {key}").variant


def _texts(connection: Connection, ids: Sequence[int]) -> set[tuple[int, str, str]]:
    """Return (edition, article, hash of its text) of what these editions hold."""
    table = edition_articles
    rows = connection.execute(select(table).where(table.c.edition_id.in_(ids)))
    return {(row.edition_id, row.article, row.content_hash) for row in rows}


def _sharing(
    connection: Connection, edition: Edition, number: int, row: Row[Any], texts: set[tuple[int, str, str]]
) -> Sharing:
    other = restored_edition(row)
    hashes = {article: text_hash for at, article, text_hash in texts if at == number}

    def is_had(ours: Item, theirs: Item) -> bool:
        if not set(ours.identities) & set(theirs.identities):
            return False
        is_new = ours.label is StoryLabel.UPDATE
        return not is_new or (row.id, ours.article, hashes.get(ArticleId(ours.article))) in texts

    name = f"a rendering of {other.key}"
    masks = []
    for one in connection.execute(
        select(renderings.c.variant, renderings.c.content)
        .where(renderings.c.edition_id == row.id)
        .order_by(renderings.c.variant)
    ):
        topics = restored(RenderedEdition, one.content, name=name).variant.topics
        theirs = [
            item
            for section in other.sections
            if not topics or section.key in topics
            for item in section.items
        ]
        mask = sum(
            1 << place
            for place, ours in enumerate(edition.items[:MOST_STORIES])
            if any(is_had(ours, item) for item in theirs)
        )
        masks.append((int(one.variant), mask))
    return Sharing(int(row.id), other.key, tuple(masks))
