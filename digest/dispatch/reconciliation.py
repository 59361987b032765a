"""What becomes of deliveries that nobody is sure of."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digest.errors import TransportUnavailable
from digest.model import (
    FENCE_NOTE,
    DeliveryState,
    EditionKey,
    EventKind,
    MailEvent,
    Outcome,
    Receipt,
)
from digest.ports import Ledger, Recalling, Transport

log = logging.getLogger(__name__)

NEVER_CALLED = "its process died before the request was made"
CALLED_BACK = "called back by its provider before its time: nothing of it went out"


class UncertainPolicy(StrEnum):
    """What to do where no proof can be had: keep it from the reader, or risk a second copy."""

    HOLD = "hold"
    RESEND = "resend"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of uncertain deliveries.

    Attributes:
        moved: how many are no longer uncertain.
        is_open: some wait for a provider that can't be asked just now, and still may call them back.
    """

    moved: int
    is_open: bool = False


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
    transport: Transport,
    policy: UncertainPolicy,
    max_attempts: int,
) -> Resolution:
    """Turn what ran out of its lease into uncertain, and uncertain into planned or held.

    Planned only where a repeat can't reach a reader twice, where the provider called its request back,
    or where the policy takes the risk. What is held may still be settled later: by a provider's event or
    by an operator.
    """
    expired = ledger.expire(key)
    if expired:
        log.warning("%s: %d deliveries outlived their lease and are uncertain", key, expired)
    if transport.repeats_are_safe:
        reason, to = "repeated: this transport can't deliver twice", DeliveryState.PLANNED
    elif policy is UncertainPolicy.RESEND:
        reason, to = "sent again without proof, as the policy says", DeliveryState.PLANNED
    else:
        reason, to = "", DeliveryState.HELD

    def settle(to: DeliveryState, reason: str, note: str | None) -> int:
        moved = ledger.settle_uncertain(key, to, reason, max_attempts=max_attempts, note=note)
        if moved:
            log.warning("%s: %d uncertain deliveries are now %s", key, moved, to)
        return moved

    if not isinstance(transport, Recalling):
        return Resolution(settle(to, reason, None))
    moved = settle(to, reason, "")
    is_open = False
    for note, is_proved in ledger.noted(key).items():
        why = None if is_proved else _why_not_out(key, note, transport)
        if is_proved:
            moved += settle(DeliveryState.SENT, "", note)
        elif why is None:
            is_open = True
        else:
            end = (DeliveryState.PLANNED, why) if why else (to, reason)
            moved += settle(*end, note)
    return Resolution(moved, is_open)


def _why_not_out(key: EditionKey, note: str, transport: Recalling) -> str | None:
    """Return why nothing of a noted request goes out, empty for no proof, None for asking again."""
    if note == FENCE_NOTE:
        return NEVER_CALLED
    try:
        return CALLED_BACK if transport.call_back(note) else ""
    except TransportUnavailable as problem:
        log.warning("%s: a request can't be called back now: %s", key, problem)
        return None


def late_proofs(receipts: Sequence[Receipt], *, now: datetime) -> list[MailEvent]:
    """Return events for receipts that came after their lease had run out.

    A proof stays a proof: what was accepted must not be sent again by whoever took over. What was
    accepted behind a fence is none: whoever took over may have called it back.
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
        if receipt.outcome is Outcome.SENT and not receipt.provider_id.startswith(FENCE_NOTE)
    ]
