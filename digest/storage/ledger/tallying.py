"""The counts within an edition's counts: who waits for their time, who was too late, who is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Label, and_, func, or_

from digest.model import DEADLINE_PASSED, DeliveryState
from digest.storage.columns import now_ms
from digest.storage.forgetting import ERASED
from digest.storage.ledger.claiming import SUPPRESSED
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
