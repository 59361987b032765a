"""Editions that nobody sends for a while, and the pace that a provider was seen to keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection, Select, and_, delete, exists, insert, select, update

from digest.model import DeliveryState, EditionKey, EventKind
from digest.ports import Suppressed
from digest.storage.columns import now_ms
from digest.storage.editions import edition_row
from digest.storage.engine import Store
from digest.storage.forgetting import IS_NOBODY
from digest.storage.ledger import pacing
from digest.storage.ledger.settling import MAX_REASON, reader, reopen
from digest.storage.tables import deliveries, dispatches, mail_events, paces, pauses, stragglers

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

LEARNED_FOR_MS = 24 * 3600 * 1000
"""A provider may have raised its rate since: after a day it is found out anew."""

_CHUNK = 500

_WAS_TAKEN = exists().where(
    mail_events.c.edition_id == stragglers.c.edition_id,
    mail_events.c.number == stragglers.c.number,
    mail_events.c.kind.in_(
        (
            EventKind.ACCEPTED,
            EventKind.DELIVERED,
            EventKind.COMPLAINED,
            EventKind.UNSUBSCRIBED,
            EventKind.CLICKED,
        )
    ),
)
"""A provider's event says that the mail was taken, whatever we believed."""


class Pausing:
    """The part of the ledger that waits, and that takes the failed up again."""

    _store: Store

    def put_off(self, key: EditionKey, reason: str, *, until: datetime) -> int:
        """Note why and until when nobody sends the edition; return how many such pauses there were."""
        with self._store.writing() as connection:
            edition_id = edition_row(connection, key).id
            # Whoever notes a pause at the same moment waits here: one row, one count.
            connection.execute(
                select(dispatches.c.edition_id)
                .where(dispatches.c.edition_id == edition_id)
                .with_for_update()
            )
            row = pause_of(connection, edition_id)
            times = 1 if row is None else row.times + 1
            values = {"reason": _clean(reason), "until": until, "times": times}
            if row is None:
                connection.execute(insert(pauses).values(edition_id=edition_id, **values))
            else:
                connection.execute(update(pauses).where(pauses.c.edition_id == edition_id).values(values))
            return times

    def go_on(self, key: EditionKey) -> None:
        """Forget the edition's pauses."""
        with self._store.writing() as connection:
            edition_id = edition_row(connection, key).id
            connection.execute(delete(pauses).where(pauses.c.edition_id == edition_id))

    def learn(self, provider: str, per_s: float) -> None:
        """Keep how many mails a second a provider was seen to take."""
        with self._store.writing() as connection:
            pacing.pause(connection, provider, 0)
            connection.execute(
                update(paces)
                .where(paces.c.provider == provider)
                .values(learned_per_1000_s=max(1, int(per_s * 1000)), learned_at_ms=now_ms())
            )

    def learned(self, provider: str) -> float:
        """Return how many mails a second a provider was seen to take in the last day; 0 for not seen."""
        query = select(paces.c.learned_per_1000_s).where(
            paces.c.provider == provider, paces.c.learned_at_ms > now_ms() - LEARNED_FOR_MS
        )
        with self._store.reading() as connection:
            return (connection.scalar(query) or 0) / 1000

    def settle_failed(
        self,
        key: EditionKey,
        reason: str,
        *,
        subscribers: Sequence[str] | None = None,
        suppressed: Suppressed | None = None,
    ) -> int:
        """Plan failed deliveries anew on an operator's word; return how many.

        A closed edition is dispatching again then. Whoever `suppressed` gives stays failed.
        """
        with self._store.writing() as connection:
            edition_id = edition_row(connection, key).id
            own = and_(
                stragglers.c.edition_id == edition_id,
                stragglers.c.state == DeliveryState.FAILED,
                reader(~IS_NOBODY),
                ~_WAS_TAKEN,
            )
            if suppressed is not None:
                theirs = and_(
                    deliveries.c.edition_id == stragglers.c.edition_id,
                    deliveries.c.number == stragglers.c.number,
                )
                asked = select(deliveries.c.canonical).join(stragglers, theirs).where(own)
                gone = cast("Select[Any]", suppressed(asked))
                own = and_(own, reader(deliveries.c.canonical.not_in(gone)))
            chunks: list[Sequence[str] | None] = [None]
            if subscribers is not None:
                chunks = [subscribers[at : at + _CHUNK] for at in range(0, len(subscribers), _CHUNK)]
            moved = 0
            for chunk in chunks:
                these = own if chunk is None else and_(own, reader(deliveries.c.subscriber.in_(chunk)))
                anew = (
                    update(stragglers)
                    .where(these)
                    .values(state=DeliveryState.PLANNED, reason=_clean(reason), not_before_ms=0)
                )
                # Counted by what comes back: an update behind a WITH has no row count on SQLite.
                moved += sum(1 for _ in connection.execute(anew.returning(stragglers.c.number)))
            if moved:
                reopen(connection, edition_id)
                connection.execute(delete(pauses).where(pauses.c.edition_id == edition_id))
        return moved


def pause_of(connection: Connection, edition_id: int) -> AnyRow | None:
    """Return the row of an edition's pause, over or not; None where there is none."""
    return connection.execute(select(pauses).where(pauses.c.edition_id == edition_id)).one_or_none()


def _clean(text: str) -> str:
    return text.replace("\0", "")[:MAX_REASON]
