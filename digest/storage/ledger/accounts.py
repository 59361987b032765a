"""What audits show: the counts within an edition's counts, and single deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Label, and_, func, or_

from digest.model import DEADLINE_PASSED, DeliveryRecord, DeliveryState
from digest.storage.columns import now_ms
from digest.storage.forgetting import ERASED
from digest.storage.ledger.claiming import SUPPRESSED
from digest.storage.ledger.references import Reference
from digest.storage.tables import deliveries

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow


def parts(dispatch: AnyRow) -> tuple[Label[int], ...]:
    """Return what `Tally` wants beside the states, as columns of one pass."""
    is_early = deliveries.c.not_before_ms > now_ms()
    if not dispatch.is_canary_passed:
        is_early = or_(is_early, deliveries.c.number > dispatch.canary)
    # Tried before, it waits for a server that was not well: that is no time of its own.
    is_waiting = and_(deliveries.c.state == DeliveryState.PLANNED, deliveries.c.attempt == 0, is_early)
    is_skipped = deliveries.c.state == DeliveryState.SKIPPED
    return (
        func.count().filter(is_waiting).label("waiting"),
        func.count().filter(is_skipped, deliveries.c.reason.startswith(DEADLINE_PASSED)).label("late"),
        func.count().filter(is_skipped, deliveries.c.reason.in_((SUPPRESSED, ERASED))).label("gone"),
    )


def record(row: AnyRow) -> DeliveryRecord:
    """Return a delivery as the audit shows it."""
    claim = row.claim_id
    reference = "" if claim is None else str(Reference(row.edition_id, row.number, row.attempt, claim))
    return DeliveryRecord(
        subscriber=row.subscriber,
        address=row.address or row.canonical,
        state=DeliveryState(row.state),
        reason=row.reason or "",
        attempt=row.attempt,
        reference=reference,
        provider_id=row.provider_id or "",
    )
