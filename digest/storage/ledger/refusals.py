"""What servers refused at our own call: read from the deliveries, which are its only record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select, update

from digest.model import DeliveryState, EditionKey, EditionState, EventKind, MailEvent
from digest.storage.engine import Store
from digest.storage.forgetting import IS_NOBODY
from digest.storage.ledger.references import of_claim
from digest.storage.tables import deliveries, dispatches, editions, mail_events

_PAGE = 1000

_IS_TOLD = exists().where(
    mail_events.c.edition_id == deliveries.c.edition_id,
    mail_events.c.number == deliveries.c.number,
    mail_events.c.kind.in_((EventKind.BOUNCED, EventKind.REJECTED)),
)
"""A provider's own event says what became of it, and whether for good."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """An edition that may hold refusals nobody has taken in.

    Attributes:
        at: when it was frozen; the ledger keeps no time of each refusal.
        closed_at: None while more may be refused.
    """

    edition: EditionKey
    edition_id: int
    at: datetime
    closed_at: datetime | None


class SqlRefusals:
    """The ledger's refusals, edition by edition, until each was taken in."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def unheard(self) -> tuple[Unheard, ...]:
        """Return the editions to look at, the oldest first; those that stand stopped are left out."""
        query = (
            select(editions, dispatches.c.frozen_at)
            .join(dispatches, dispatches.c.edition_id == editions.c.id)
            .where(
                dispatches.c.refusals_heard_at.is_(None),
                dispatches.c.stopped == "",
                editions.c.state.in_((EditionState.DISPATCHING, EditionState.CLOSED)),
            )
            .order_by(editions.c.id)
        )
        with self._store.reading() as connection:
            return tuple(
                Unheard(EditionKey(row.newsletter, row.day, row.slot), row.id, row.frozen_at, row.closed_at)
                for row in connection.execute(query)
            )

    def out(self, edition: Unheard) -> int:
        """Return how many of its mails were attempted and settled."""
        query = select(func.count()).where(
            deliveries.c.edition_id == edition.edition_id,
            deliveries.c.attempt > 0,
            deliveries.c.state.in_((DeliveryState.SENT, DeliveryState.FAILED)),
        )
        with self._store.reading() as connection:
            return connection.execute(query).scalar_one()

    def of(self, edition: Unheard) -> Iterator[MailEvent]:
        """Yield what servers refused for good, for whatever reason, with the canonical address.

        The same refusal has the same event id every time; these events are in no other table.
        """
        last = -1
        while True:
            query = (
                select(deliveries)
                .where(
                    deliveries.c.edition_id == edition.edition_id,
                    deliveries.c.number > last,
                    deliveries.c.state == DeliveryState.FAILED,
                    deliveries.c.claim_id.is_not(None),
                    deliveries.c.reason.like("5%"),
                    ~IS_NOBODY,
                    ~_IS_TOLD,
                )
                .order_by(deliveries.c.number)
                .limit(_PAGE)
            )
            with self._store.reading() as connection:
                rows = connection.execute(query).all()
            for row in rows:
                reference = of_claim(row.edition_id, row.claim_id)(row.number, row.attempt)
                yield MailEvent(
                    event_id=f"refusal-{reference}",
                    kind=EventKind.BOUNCED,
                    reference=reference,
                    at=edition.at,
                    address=row.canonical,
                    reason=row.reason,
                )
            if len(rows) < _PAGE:
                return
            last = rows[-1].number

    def heard(self, edition: Unheard, *, now: datetime) -> None:
        """Note that all was taken in, unless the edition is still open, or was opened again."""
        if edition.closed_at is None:
            return
        is_as_seen = exists().where(
            editions.c.id == edition.edition_id, editions.c.closed_at == edition.closed_at
        )
        with self._store.writing() as connection:
            connection.execute(
                update(dispatches)
                .where(dispatches.c.edition_id == edition.edition_id, is_as_seen)
                .values(refusals_heard_at=now)
            )
