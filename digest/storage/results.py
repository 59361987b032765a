"""What the desk shows of past work: clicks, timelines, crawls; and who got an edition."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from digest.model import DeliveryState, EditionKey, EditionState, Variant
from digest.model.desk import Crawled, Timeline
from digest.ports import Audience
from digest.storage.editions import edition_row
from digest.storage.engine import Store
from digest.storage.ledger import repeats
from digest.storage.stretches import state_of
from digest.storage.tables import crawls, deliveries, editions, paces

_GOT_IT = (DeliveryState.SENT, DeliveryState.HELD, DeliveryState.UNCERTAIN)


class SqlResults:
    """Questions about what happened; nothing is written."""

    def __init__(self, store: Store) -> None:
        """Read through `store`, which its owner closes."""
        self._store = store

    def variant_of(self, key: EditionKey, subscriber: str, canonical: str = "") -> Variant | None:
        """Return which rendering of an edition a reader was sent, or will be; None for none."""
        with self._store.reading() as connection:
            return repeats.variant_of(connection, key, subscriber, canonical)

    def timeline(self, key: EditionKey) -> Timeline:
        """Return when the edition went through its states.

        Raises:
            UnknownEdition: there is none.
        """
        with self._store.reading() as connection:
            row = edition_row(connection, key)
        return Timeline(row.created_at, row.changed_at, row.approved_at, row.approved_by, row.closed_at)

    def crawled(self) -> dict[str, Crawled]:
        """Return when each source was read, by its key."""
        with self._store.reading() as connection:
            rows = connection.execute(select(crawls.c.source, crawls.c.first_at, crawls.c.last_at))
            return {source: Crawled(source, first_at, last_at) for source, first_at, last_at in rows}

    def last_sent_at(self, newsletter: str) -> datetime | None:
        """Return when an edition of a newsletter last closed that reached somebody; None for never."""
        query = select(func.max(editions.c.closed_at)).where(
            editions.c.newsletter == newsletter,
            editions.c.state == EditionState.CLOSED,
            editions.c.reached_nobody.is_(False),
        )
        with self._store.reading() as connection:
            found: datetime | None = connection.scalar(query)
            return found

    def paces(self) -> dict[str, float]:
        """Return how many mails a second each provider was seen to take, where it was seen."""
        query = select(paces.c.provider, paces.c.learned_per_1000_s)
        with self._store.reading() as connection:
            return {
                provider: learned / 1000
                for provider, learned in connection.execute(query)
                if learned is not None
            }

    def recipients(self, key: EditionKey, audience: Audience) -> Audience:
        """Narrow `audience` to those who got the edition, or may have.

        Raises:
            UnknownEdition: there is none.
        """
        if not isinstance(audience, Select):
            raise TypeError("an audience must be a query of the subscribers package")
        with self._store.reading() as connection:
            edition_id = edition_row(connection, key).id
        got_it = select(deliveries.c.subscriber).where(
            deliveries.c.edition_id == edition_id, state_of().in_(_GOT_IT)
        )
        everyone: Select[Any] = audience
        rows = everyone.subquery()
        return select(rows).where(rows.c.subscriber.in_(got_it))
