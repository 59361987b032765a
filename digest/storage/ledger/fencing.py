"""Notes beside deliveries that are with a provider, and what becomes of those nobody is sure of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from sqlalchemy import and_, select, update

from digest.model import DeliveryState, EditionKey
from digest.storage import stretches as runs
from digest.storage.editions import edition_row
from digest.storage.engine import Store
from digest.storage.ledger import leases, settling
from digest.storage.ledger.claiming import IS_SENDING
from digest.storage.ledger.references import parse
from digest.storage.ledger.settling import IS_FENCED, IS_UNCERTAIN, MAX_REASON
from digest.storage.tables import claims, stragglers, stretches


class Fencing:
    """The part of the ledger that keeps notes and settles what is uncertain."""

    _store: Store

    def note(self, references: Sequence[str], note: str) -> int:
        """Commit `note` beside these attempts where they are still sending; return how many were."""
        known = sorted({found for text in references if (found := parse(text))})
        total = 0
        with self._store.writing() as connection:
            for (edition_id, claim_id), of_claim in groupby(known, attrgetter("edition_id", "claim_id")):
                own = list(of_claim)
                for whole, inside in leases.held(connection, edition_id, own):
                    noted = replace(whole, provider_id=note[:MAX_REASON])
                    runs.rewrite(connection, [whole], runs.parts(whole, dict.fromkeys(inside, noted)))
                    total += len(inside)
                # Locked first, as whoever settles or expires does: two orders would be a deadlock.
                connection.execute(select(claims.c.id).where(claims.c.id == claim_id).with_for_update())
                total += connection.execute(
                    update(stragglers)
                    .where(
                        stragglers.c.edition_id == edition_id,
                        stragglers.c.number.in_([one.number for one in own]),
                        stragglers.c.claim_id == claim_id,
                        IS_SENDING,
                    )
                    .values(provider_id=note[:MAX_REASON])
                ).rowcount
        return total

    def noted(self, key: EditionKey) -> dict[str, bool]:
        """Return the notes of uncertain deliveries: whether anything of that request is proved sent.

        A receipt or an event proves it, both leave no reason; an operator's word has one.
        """
        with self._store.reading() as connection:
            edition_id = edition_row(connection, key).id
            own = stragglers.c.edition_id == edition_id
            notes = connection.scalars(
                select(stragglers.c.provider_id).where(own, IS_UNCERTAIN, IS_FENCED).distinct()
            ).all()
            found: set[str] = set()
            for table in (stretches, stragglers) if notes else ():
                is_proof = and_(table.c.state == DeliveryState.SENT, table.c.reason.is_(None))
                query = select(table.c.provider_id).where(
                    table.c.edition_id == edition_id, is_proof, table.c.provider_id.in_(notes)
                )
                found.update(connection.scalars(query.distinct()))
        return {note: note in found for note in sorted(notes)}

    def settle_uncertain(
        self,
        key: EditionKey,
        to: DeliveryState,
        reason: str,
        *,
        max_attempts: int | None = None,
        note: str | None = None,
    ) -> int:
        """Move uncertain deliveries to held, planned or, with a note, sent; return how many."""
        with self._store.writing() as connection:
            return settling.settle_uncertain(
                connection,
                edition_row(connection, key).id,
                to,
                reason,
                max_attempts=max_attempts,
                note=note,
            )
