"""How an edition is sent, whatever its transport."""

from __future__ import annotations

from dataclasses import dataclass, field

from digest.dispatch.attempts import Settling
from digest.dispatch.brake import Brake
from digest.dispatch.reconciliation import UncertainPolicy


@dataclass(frozen=True, slots=True)
class SendingRules:
    """How an edition is sent, whatever its transport.

    Attributes:
        batch: deliveries in one claim, never more than the transport takes.
        lease_s: a claim that is silent for so long is taken for dead; longer than any one answer of
            the transport may take.
        patience_s: how long to sit idle (for a retry, another's lease, a hold window) before leaving
            the rest to the next run.
        workers: threads that claim and send at once.
        per_s: mails a second by this transport, of all processes together; 0 for no bound but the
            provider's own.
    """

    uncertain: UncertainPolicy = UncertainPolicy.HOLD
    batch: int = 500
    lease_s: float = 300.0
    patience_s: float = 900.0
    workers: int = 1
    per_s: float = 0.0
    settling: Settling = field(default_factory=Settling)
    brake: Brake = field(default_factory=Brake)
