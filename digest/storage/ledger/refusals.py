"""What servers refused at our own call: read from the deliveries, which are its only record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, distinct, exists, func, select, update

from digest.model import DeliveryState, EditionKey, EditionState, EventKind, MailEvent, Verdict
from digest.storage.engine import Store
from digest.storage.forgetting import IS_NOBODY
from digest.storage.ledger.references import of_claim, parse
from digest.storage.stretches import IS_SENT, SIZE
from digest.storage.tables import (
    IS_DEAD,
    deliveries,
    dispatches,
    editions,
    mail_events,
    stragglers,
    stretches,
)

_PAGE = 1000
_CHUNK = 500

_IS_TOLD = exists().where(
    mail_events.c.edition_id == stragglers.c.edition_id,
    mail_events.c.number == stragglers.c.number,
    mail_events.c.kind.in_((EventKind.BOUNCED, EventKind.REJECTED)),
)
"""A provider's own event says what became of it, and whether for good."""


@dataclass(frozen=True, slots=True)
class SentEdition:
    """An edition that went out, at least to some.

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

    def unheard(self) -> tuple[SentEdition, ...]:
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
            return tuple(_edition(row) for row in connection.execute(query))

    def edition(self, key: EditionKey) -> SentEdition | None:
        """Return one edition; None where it was never frozen."""
        found = self._where(
            editions.c.newsletter == key.newsletter, editions.c.day == key.day, editions.c.slot == key.slot
        )
        return next(iter(found), None)

    def editions_of(self, references: Iterable[str]) -> dict[str, SentEdition]:
        """Return which edition each reference means; those that mean none of ours are left out."""
        meant = {text: found.edition_id for text in references if (found := parse(text))}
        ids = sorted(set(meant.values()))
        known: dict[int, SentEdition] = {}
        for start in range(0, len(ids), _CHUNK):
            of_them = self._where(editions.c.id.in_(ids[start : start + _CHUNK]))
            known |= {one.edition_id: one for one in of_them}
        return {text: known[number] for text, number in meant.items() if number in known}

    def out(self, edition: SentEdition, *, most: int) -> int:
        """Return how many of its mails were attempted and settled; no more than `most` are counted."""
        taken = select(func.sum(SIZE)).where(stretches.c.edition_id == edition.edition_id, IS_SENT)
        counted = (
            select(stragglers.c.number)
            .where(
                stragglers.c.edition_id == edition.edition_id,
                stragglers.c.attempt > 0,
                stragglers.c.state.in_((DeliveryState.SENT, DeliveryState.FAILED)),
            )
            .limit(most)
        )
        with self._store.reading() as connection:
            apart = connection.execute(select(func.count()).select_from(counted.subquery())).scalar_one()
            return min(most, int(connection.scalar(taken) or 0) + apart)

    def dead(self, edition: SentEdition) -> int:
        """Return how many of its readers' mailboxes were called dead in reports that came later."""
        query = select(func.count(distinct(mail_events.c.number))).where(
            mail_events.c.edition_id == edition.edition_id, IS_DEAD
        )
        with self._store.reading() as connection:
            return connection.execute(query).scalar_one()

    def reported_dead(self, edition: SentEdition) -> Iterator[MailEvent]:
        """Yield the reports that came later and call a mailbox dead, each with its own words."""
        last = ""
        while True:
            query = (
                select(mail_events)
                .where(
                    mail_events.c.edition_id == edition.edition_id, IS_DEAD, mail_events.c.event_id > last
                )
                .order_by(mail_events.c.event_id)
                .limit(_PAGE)
            )
            with self._store.reading() as connection:
                rows = connection.execute(query).all()
            for row in rows:
                yield MailEvent(
                    event_id=row.event_id,
                    kind=EventKind(row.kind),
                    reference=row.reference,
                    at=row.at,
                    address=row.address,
                    reason=row.reason,
                    is_permanent=True,
                    verdict=Verdict.DEAD,
                )
            if len(rows) < _PAGE:
                return
            last = rows[-1].event_id

    def of(self, edition: SentEdition) -> Iterator[MailEvent]:
        """Yield what servers refused for good, for whatever reason, with the canonical address.

        The same refusal has the same event id every time; these events are in no other table.
        """
        last = -1
        while True:
            query = (
                select(stragglers, deliveries.c.canonical)
                .join(
                    deliveries,
                    and_(
                        deliveries.c.edition_id == stragglers.c.edition_id,
                        deliveries.c.number == stragglers.c.number,
                    ),
                )
                .where(
                    stragglers.c.edition_id == edition.edition_id,
                    stragglers.c.number > last,
                    stragglers.c.state == DeliveryState.FAILED,
                    stragglers.c.claim_id.is_not(None),
                    stragglers.c.reason.like("5%"),
                    ~IS_NOBODY,
                    ~_IS_TOLD,
                )
                .order_by(stragglers.c.number)
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

    def _where(self, *conditions: ColumnElement[bool]) -> tuple[SentEdition, ...]:
        query = (
            select(editions, dispatches.c.frozen_at)
            .join(dispatches, dispatches.c.edition_id == editions.c.id)
            .where(*conditions)
        )
        with self._store.reading() as connection:
            return tuple(_edition(row) for row in connection.execute(query))

    def heard(self, edition: SentEdition, *, now: datetime) -> None:
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


def _edition(row: Row[Any]) -> SentEdition:
    return SentEdition(EditionKey(row.newsletter, row.day, row.slot), row.id, row.frozen_at, row.closed_at)
