"""What becomes of deliveries that nobody is sure of."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from digest.model import DeliveryState, EditionKey, EventKind, MailEvent, Outcome, Receipt
from digest.ports import Ledger

log = logging.getLogger(__name__)


class UncertainPolicy(StrEnum):
    """What to do where no proof can be had: keep it from the reader, or risk a second copy."""

    HOLD = "hold"
    RESEND = "resend"


def bury(key: EditionKey, *, ledger: Ledger, is_gone: Callable[[str], bool]) -> int:
    """End the leases of processes that are proved gone and return how many deliveries they held."""
    total = 0
    for owner in ledger.owners(key):
        if is_gone(owner):
            count = ledger.expire(key, owner=owner)
            log.warning("%s: %s is gone; %d of its deliveries are uncertain", key, owner, count)
            total += count
    return total


def resolve(
    key: EditionKey,
    *,
    ledger: Ledger,
    repeats_are_safe: bool,
    policy: UncertainPolicy,
    max_attempts: int,
) -> int:
    """Turn what ran out of its lease into uncertain, and uncertain into planned or held.

    Planned only where a repeat can't reach a reader twice, or where the policy takes that risk. What is
    held may still be settled later: by a provider's event or by an operator.

    Returns:
        how many deliveries moved.
    """
    expired = ledger.expire(key)
    if expired:
        log.warning("%s: %d deliveries outlived their lease and are uncertain", key, expired)
    if repeats_are_safe:
        reason, to = "repeated: this transport can't deliver twice", DeliveryState.PLANNED
    elif policy is UncertainPolicy.RESEND:
        reason, to = "sent again without proof, as the policy says", DeliveryState.PLANNED
    else:
        reason, to = "", DeliveryState.HELD
    moved = ledger.settle_uncertain(key, to, reason, max_attempts=max_attempts)
    if moved:
        log.warning("%s: %d uncertain deliveries are now %s", key, moved, to)
    return moved


def late_proofs(receipts: Sequence[Receipt], *, now: datetime) -> list[MailEvent]:
    """Return events for receipts that came after their lease had run out.

    A proof stays a proof: what was accepted must not be sent again by whoever took over.
    """
    return [
        MailEvent(
            event_id=f"receipt-{receipt.reference}",
            kind=EventKind.ACCEPTED,
            reference=receipt.reference,
            at=now,
            reason="the transport's own receipt, after its lease",
        )
        for receipt in receipts
        if receipt.outcome is Outcome.SENT
    ]
